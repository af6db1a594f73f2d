<?php

declare(strict_types=1);

namespace Polls;

/** What somebody asked for cannot be done; the message tells them why. */
final class Refusal extends \RuntimeException
{
    public function __construct(string $message, public readonly int $status = 422)
    {
        parent::__construct($message);
    }
}
