from __future__ import annotations

import re

import pytest
from nua.lib.dates import backup_date
from nua.lib.elapsed import elapsed
from nua.lib.gen_password import gen_password, gen_randint


def test_a_password_has_24_letters_and_digits() -> None:
    password = gen_password()
    assert len(password) == 24
    assert re.fullmatch("[A-Za-z][A-Za-z0-9]*", password)


@pytest.mark.parametrize("length", [5, 8, 48])
def test_every_password_has_signs_of_each_kind(length: int) -> None:
    for _ in range(20):
        password = gen_password(length)
        assert len(password) == length
        assert password[0].isalpha()
        assert re.search("[a-z]", password)
        assert re.search("[A-Z]", password)
        assert len(re.findall("[0-9]", password)) >= 3


def test_two_passwords_differ() -> None:
    assert gen_password() != gen_password()


def test_a_password_that_cannot_be_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="too short"):
        gen_password(4)


def test_a_random_number_has_64_bits() -> None:
    numbers = [gen_randint() for _ in range(200)]
    assert all(isinstance(number, int) and 0 <= number < 1 << 64 for number in numbers)
    assert max(numbers) > 1 << 60


def test_the_date_of_a_backup() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-\d{6}", backup_date())


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.00s"),
        (23.456, "23.46s"),
        (59.994, "59.99s"),
        (59.999, "1min 0s"),
        (60, "1min 0s"),
        (123, "2min 3s"),
        (3723, "1h 2min 3s"),
        (93780, "1d 2h 3min"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert elapsed(seconds) == text
