<?php

declare(strict_types=1);

namespace Polls;

use PDO;

/** The polls, and what was answered: one SQLite file. */
final class Book
{
    private const SCHEMA = <<<'SQL'
        CREATE TABLE IF NOT EXISTS poll (
            id TEXT PRIMARY KEY, question TEXT NOT NULL, listed INTEGER NOT NULL, key_hash TEXT NOT NULL, made_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS answer (
            poll TEXT NOT NULL REFERENCES poll ON DELETE CASCADE, place INTEGER NOT NULL, text TEXT NOT NULL,
            votes INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (poll, place));
        SQL;

    private PDO $database;

    public function __construct(string $file)
    {
        $this->database = new PDO("sqlite:$file");
        $this->database->exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON');
        $this->database->exec(self::SCHEMA);
    }

    /** @return list<array{id: string, question: string, votes: int}> the newest first */
    public function listed(): array
    {
        return $this->rows(
            'SELECT id, question, (SELECT sum(votes) FROM answer WHERE poll = poll.id) AS votes
             FROM poll WHERE listed ORDER BY made_at DESC, id LIMIT 30'
        );
    }

    /** @return array{id: string, question: string, answers: list<array{text: string, votes: int}>}|null */
    public function find(string $id): ?array
    {
        $poll = $this->rows('SELECT id, question FROM poll WHERE id = ?', $id)[0] ?? null;
        return $poll === null ? null : $poll + ['answers' => $this->rows('SELECT text, votes FROM answer WHERE poll = ? ORDER BY place', $id)];
    }

    /** @return array{id: string, key: string} the key is told this once: it is what removes the poll again */
    public function add(Question $question): array
    {
        [$id, $key] = [bin2hex(random_bytes(5)), bin2hex(random_bytes(16))];
        $this->database->beginTransaction();
        $this->change('INSERT INTO poll VALUES (?, ?, ?, ?, ?)', $id, $question->text, (int) $question->listed, hash('sha256', $key), time());
        foreach ($question->answers as $place => $text) {
            $this->change('INSERT INTO answer (poll, place, text) VALUES (?, ?, ?)', $id, $place, $text);
        }
        $this->database->commit();
        return ['id' => $id, 'key' => $key];
    }

    /** Whether there was such an answer. */
    public function vote(string $id, int $place): bool
    {
        return $this->change('UPDATE answer SET votes = votes + 1 WHERE poll = ? AND place = ?', $id, $place) === 1;
    }

    /** Whether it was there, and the key was its own. */
    public function remove(string $id, string $key): bool
    {
        return $this->change('DELETE FROM poll WHERE id = ? AND key_hash = ?', $id, hash('sha256', $key)) === 1;
    }

    private function rows(string $sql, string|int ...$values): array
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($values);
        return $statement->fetchAll(PDO::FETCH_ASSOC);
    }

    private function change(string $sql, string|int ...$values): int
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($values);
        return $statement->rowCount();
    }
}
