<?php

// Every address that is not a file of this folder comes here.

declare(strict_types=1);

use Polls\Book;
use Polls\Page;
use Polls\Question;
use Polls\Refusal;

require __DIR__ . '/../vendor/autoload.php';

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/';
$isApi = str_starts_with($path, '/api/');

header("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
header('X-Content-Type-Options: nosniff');
header('Referrer-Policy: same-origin');
header('Cache-Control: no-cache');

try {
    if (($_SERVER['HTTP_SEC_FETCH_SITE'] ?? '') === 'cross-site' && $_SERVER['REQUEST_METHOD'] !== 'GET') {
        throw new Refusal('Pages of other sites cannot do this in your name.', 403);
    }
    answer(new Book(getenv('POLLS_FILE') ?: '/tmp/polls.sqlite'), $path);
} catch (Refusal $refusal) {
    http_response_code($refusal->status);
    if ($isApi) {
        json(['problem' => $refusal->getMessage()], $refusal->status);
    } else {
        echo Page::trouble($refusal->getMessage());
    }
}

function answer(Book $book, string $path): void
{
    $request = $_SERVER['REQUEST_METHOD'] . ' ' . preg_replace('~/polls/[0-9a-f]+~', '/polls/ID', $path);
    $id = preg_match('~/polls/([0-9a-f]+)~', $path, $match) ? $match[1] : '';
    match ($request) {
        'GET /' => print Page::front($book->listed()),
        'GET /health' => json(['status' => 'ok', 'polls' => count($book->listed())]),
        'POST /polls' => ask($book),
        'GET /polls/ID' => print Page::poll(found($book, $id)),
        'POST /polls/ID/votes' => redirect('/polls/' . vote($book, $id)),
        'POST /api/polls' => json($book->add(Question::fromForm($_POST)), 201),
        'GET /api/polls/ID' => json(found($book, $id)),
        'POST /api/polls/ID/votes' => json(found($book, vote($book, $id)), 201),
        'DELETE /api/polls/ID' => remove($book, $id),
        default => throw new Refusal('There is nothing here.', 404),
    };
}

function ask(Book $book): void
{
    try {
        redirect('/polls/' . $book->add(Question::fromForm($_POST))['id']);
    } catch (Refusal $refusal) {
        http_response_code($refusal->status);
        echo Page::front($book->listed(), $_POST, $refusal->getMessage());
    }
}

function found(Book $book, string $id): array
{
    return $book->find($id) ?? throw new Refusal('There is no such poll.', 404);
}

function vote(Book $book, string $id): string
{
    $answer = filter_var($_POST['answer'] ?? '', FILTER_VALIDATE_INT);
    return $answer !== false && $book->vote($id, $answer) ? $id : throw new Refusal('There is no such answer.', 404);
}

function remove(Book $book, string $id): void
{
    $key = preg_replace('/^Bearer /', '', $_SERVER['HTTP_AUTHORIZATION'] ?? '');
    $book->remove($id, $key) ? http_response_code(204) : throw new Refusal('There is no such poll, or the key is not its own.', 404);
}

function redirect(string $path): void
{
    header("Location: $path", true, 303);
}

function json(array $value, int $status = 200): void
{
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
}
