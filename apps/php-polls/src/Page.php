<?php

declare(strict_types=1);

namespace Polls;

/** HTML. What people wrote goes through text(), and never into a page in another way. */
final class Page
{
    public static function front(array $polls, array $form = [], string $trouble = ''): string
    {
        $list = implode('', array_map(
            fn ($poll) => '<li><a href="/polls/' . $poll['id'] . '">' . self::text($poll['question']) . '</a> <span>' . self::votes((int) $poll['votes']) . '</span></li>',
            $polls
        ));
        return self::frame('Polls', '
            <h1>What would you like to ask?</h1>
            <form method="post" action="/polls">'
            . ($trouble === '' ? '' : '<p class="trouble" role="alert">' . self::text($trouble) . '</p>')
            . '<label for="question">Question</label>
                <input id="question" name="question" required maxlength="120" autocomplete="off" value="' . self::written($form, 'question') . '">
                <label for="answers">Answers, one on each line</label>
                <textarea id="answers" name="answers" required rows="4">' . self::written($form, 'answers') . '</textarea>
                <button>Ask</button>
            </form>'
            . ($list === '' ? '' : "<h2>Asked before</h2><ul class=\"polls\">$list</ul>"));
    }

    public static function poll(array $poll): string
    {
        $total = max(1, array_sum(array_column($poll['answers'], 'votes')));
        $answers = '';
        foreach ($poll['answers'] as $place => ['text' => $text, 'votes' => $votes]) {
            $answers .= '<li><button name="answer" value="' . $place . '">' . self::text($text) . '</button>'
                . '<progress max="' . $total . '" value="' . $votes . '"></progress> <span>' . self::votes((int) $votes) . '</span></li>';
        }
        return self::frame($poll['question'], '
            <p><a href="/">All polls</a></p>
            <h1>' . self::text($poll['question']) . '</h1>
            <form method="post" action="/polls/' . $poll['id'] . '/votes"><ul class="answers">' . $answers . '</ul></form>');
    }

    public static function trouble(string $message): string
    {
        return self::frame($message, '<h1>' . self::text($message) . '</h1><p><a href="/">All polls</a></p>');
    }

    private static function votes(int $count): string
    {
        return $count === 1 ? '1 vote' : "$count votes";
    }

    private static function written(array $form, string $name): string
    {
        return is_string($form[$name] ?? null) ? self::text($form[$name]) : '';
    }

    private static function text(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
    }

    private static function frame(string $title, string $content): string
    {
        return '<!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>' . self::text($title) . '</title>
            <link rel="icon" href="/icon.svg">
            <link rel="stylesheet" href="/polls.css">
            <main>' . $content . '</main>
            </html>';
    }
}
