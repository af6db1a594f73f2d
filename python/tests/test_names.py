from __future__ import annotations

from typing import Any

import nua.actions
import nua.exec
import nua.lib.actions
import nua.lib.exec
import nua.lib.shell
import nua.shell
import pytest
from nua.lib.actions import camel_format, kebab_format, snake_format, to_kebab_cases, to_snake_cases


@pytest.mark.parametrize("name", ["git-branch", "git_branch", "gitBranch", "GitBranch", "Git Branch"])
def test_a_name_in_every_custom(name: str) -> None:
    assert [snake_format(name), kebab_format(name), camel_format(name)] == ["git_branch", "git-branch", "gitBranch"]


def test_abbreviations_and_digits_stay_together() -> None:
    assert kebab_format("HTTPServer2Port") == "http-server2-port"
    assert snake_format("") == camel_format("") == ""


def table() -> dict[str, Any]:
    return {"base-image": {"src-url": 1, "low-er": {"a-b": 1}}, "env-vars": {"MY-VAR": 1}, "a-list": [{"x-y": 1}]}


def test_only_the_first_level_by_default() -> None:
    data = table()
    to_snake_cases(data)
    assert list(data) == ["base_image", "env_vars", "a_list"]
    assert data["base_image"] == table()["base-image"]


def test_all_levels_but_those_unchanged() -> None:
    data = table()
    to_snake_cases(data, True, ["env-vars"])
    assert data == {
        "base_image": {"src_url": 1, "low_er": {"a_b": 1}},
        "env-vars": {"MY-VAR": 1},
        "a_list": [{"x_y": 1}],
    }


def test_some_levels_and_back() -> None:
    data = table()
    to_snake_cases(data, recurse=1, unchanged=["env-vars"])
    assert data["base_image"] == {"src_url": 1, "low_er": {"a-b": 1}}
    to_kebab_cases(data, recurse=1, unchanged=["env-vars"])
    assert data == table()


@pytest.mark.parametrize(
    ("short", "long"),
    [(nua.shell, nua.lib.shell), (nua.exec, nua.lib.exec), (nua.actions, nua.lib.actions)],
)
def test_the_short_modules_offer_the_same(short: Any, long: Any) -> None:
    assert short.__all__ == long.__all__
    assert all(getattr(short, name) is getattr(long, name) for name in long.__all__)
