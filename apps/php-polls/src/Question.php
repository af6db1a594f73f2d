<?php

declare(strict_types=1);

namespace Polls;

/** What somebody wants to ask, as it came from a form. */
final class Question
{
    private const LONGEST = 120;
    private const MOST_ANSWERS = 8;

    /** @param list<string> $answers */
    private function __construct(public readonly string $text, public readonly array $answers, public readonly bool $listed)
    {
    }

    /** @throws Refusal when it cannot be asked like that */
    public static function fromForm(array $form): self
    {
        $text = self::line($form['question'] ?? '');
        $lines = preg_split('/\R/u', self::text($form['answers'] ?? '')) ?: [];
        $answers = array_values(array_unique(array_filter(array_map(self::line(...), $lines), fn ($line) => $line !== '')));
        if ($text === '') {
            throw new Refusal('Write a question.');
        }
        if (count($answers) < 2 || count($answers) > self::MOST_ANSWERS) {
            throw new Refusal('Offer two to eight different answers, one on each line.');
        }
        return new self($text, $answers, ($form['listed'] ?? '') !== 'no');
    }

    private static function line(mixed $value): string
    {
        return mb_substr(trim(preg_replace('/\s+/u', ' ', self::text($value)) ?? ''), 0, self::LONGEST);
    }

    private static function text(mixed $value): string
    {
        return is_string($value) && mb_check_encoding($value, 'UTF-8') ? $value : '';
    }
}
