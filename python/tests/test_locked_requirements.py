"""The script with which the Python builder reads lock files, run as it is run in an image."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "src/Nua.Engine/Build/Builders/locked_requirements.py"


def read(folder, lock, text, pyproject=""):
    (folder / lock).write_text(text, encoding="utf-8")
    (folder / "pyproject.toml").write_text(pyproject, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCRIPT, folder / lock, folder / "out"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return done.stderr, None
    return tuple((folder / "out" / name).read_text(encoding="utf-8").splitlines() for name in ("hashed.txt", "unhashed.txt"))


POETRY = """
[[package]]
name = "Flask"
version = "3.0.0"
optional = false
python-versions = ">=3.8"
files = [
    {file = "flask-3.0.0-py3-none-any.whl", hash = "sha256:aa"},
    {file = "flask-3.0.0.tar.gz", hash = "sha256:bb"},
]

[package.dependencies]
asgiref = {version = ">=3.2", optional = true, markers = "extra == \\"async\\""}
click = ">=8.1.3"
importlib-metadata = {version = ">=3.6.0", markers = "python_version < \\"3.10\\""}

[package.extras]
async = ["asgiref (>=3.2)"]

[[package]]
name = "click"
version = "8.1.7"
optional = false
python-versions = ">=3.7"
files = [{file = "click-8.1.7-py3-none-any.whl", hash = "sha256:cc"}]

[package.dependencies]
colorama = {version = "*", markers = "platform_system == \\"Windows\\""}

[[package]]
name = "click"
version = "9.0.0"
optional = false
python-versions = ">=99"
files = [{file = "click-9.0.0-py3-none-any.whl", hash = "sha256:ce"}]

[[package]]
name = "asgiref"
version = "3.7.2"
optional = true
python-versions = ">=3.7"
files = [{file = "asgiref-3.7.2-py3-none-any.whl", hash = "sha256:dd"}]

[[package]]
name = "pytest"
version = "7.4.0"
optional = false
python-versions = ">=3.7"
files = [{file = "pytest-7.4.0-py3-none-any.whl", hash = "sha256:ee"}]

[[package]]
name = "shop-core"
version = "1.0"
optional = false
python-versions = "*"
files = []

[package.source]
type = "git"
url = "https://git.example/core.git"
reference = "main"
resolved_reference = "0123abcd"

[metadata]
lock-version = "2.0"
"""


def test_poetry_takes_what_the_main_group_needs_here(tmp_path):
    pyproject = """
    [tool.poetry.dependencies]
    python = "^3.9"
    flask = "^3.0"
    shop-core = {git = "https://git.example/core.git"}
    tomli = {version = "*", python = "<3.9"}
    pywin32 = {version = "*", platform = "win32"}
    [tool.poetry.group.dev.dependencies]
    pytest = "*"
    """
    hashed, unhashed = read(tmp_path, "poetry.lock", POETRY, pyproject)

    assert hashed == ["click==8.1.7 --hash=sha256:cc", "flask==3.0.0 --hash=sha256:aa --hash=sha256:bb"]
    assert unhashed == ["shop-core @ git+https://git.example/core.git@0123abcd"]


@pytest.mark.parametrize(
    "pyproject",
    [
        '[tool.poetry.dependencies]\nflask = {version = "^3.0", extras = ["async"]}\n',
        '[project]\nname = "shop"\ndependencies = ["flask[async]>=3"]\n',
    ],
)
def test_poetry_takes_the_extras_that_are_asked_for(tmp_path, pyproject):
    hashed, _ = read(tmp_path, "poetry.lock", POETRY, pyproject)

    assert [line.split("==")[0] for line in hashed] == ["asgiref", "click", "flask"]


def test_poetry_2_says_itself_which_packages_are_the_main_groups(tmp_path):
    lock = """
    package = [
        {name = "flask", version = "3.0", python-versions = "*", optional = false, groups = ["main", "dev"], files = [{hash = "sha256:aa"}]},
        {name = "pytest", version = "7", python-versions = "*", optional = false, groups = ["dev"], files = [{hash = "sha256:bb"}]},
        {name = "pywin32", version = "3", python-versions = "*", optional = false, groups = ["main"], markers = "sys_platform == 'win32'", files = [{hash = "sha256:cc"}]},
        {name = "idna", version = "3", python-versions = "*", optional = false, groups = ["main", "dev"], markers = {main = "sys_platform == 'linux'", dev = "sys_platform == 'win32'"}, files = [{hash = "sha256:dd"}]},
        {name = "extra", version = "3", python-versions = "*", optional = true, groups = ["main"], files = [{hash = "sha256:ee"}]},
    ]
    """
    hashed, unhashed = read(tmp_path, "poetry.lock", lock)

    assert hashed == ["flask==3.0 --hash=sha256:aa", "idna==3 --hash=sha256:dd"]
    assert unhashed == []


def test_a_lock_that_does_not_fit_the_interpreter_says_so(tmp_path):
    error, _ = read(tmp_path, "poetry.lock", POETRY, "[tool.poetry.dependencies]\nmissing = '*'\n")

    assert "has no 'missing' for Python 3." in error


def test_uv_takes_what_the_project_needs(tmp_path):
    lock = """
    version = 1

    [[package]]
    name = "shop"
    version = "0.1.0"
    source = { virtual = "." }
    dependencies = [
        { name = "httpx", extra = ["http2"] },
        { name = "colorama", marker = "sys_platform == 'win32'" },
        { name = "core" },
    ]

    [package.dev-dependencies]
    dev = [{ name = "pytest" }]

    [[package]]
    name = "httpx"
    version = "0.27.0"
    source = { registry = "https://index.example/simple" }
    dependencies = [{ name = "idna" }]
    sdist = { url = "https://files.example/httpx.tar.gz", hash = "sha256:aa" }
    wheels = [{ url = "https://files.example/httpx.whl", hash = "sha256:bb" }]

    [package.optional-dependencies]
    http2 = [{ name = "h2" }]

    [[package]]
    name = "idna"
    version = "3.7"
    source = { registry = "https://index.example/simple" }
    wheels = [{ url = "https://files.example/idna.whl", hash = "sha256:cc" }]

    [[package]]
    name = "h2"
    version = "4.1.0"
    source = { registry = "https://index.example/simple" }
    wheels = [{ url = "https://files.example/h2.whl", hash = "sha256:dd" }]

    [[package]]
    name = "core"
    version = "1.0"
    source = { git = "https://git.example/core?rev=main#0123abcd" }

    [[package]]
    name = "pytest"
    version = "8.0"
    source = { registry = "https://index.example/simple" }
    wheels = [{ url = "https://files.example/pytest.whl", hash = "sha256:ee" }]
    """
    hashed, unhashed = read(tmp_path, "uv.lock", lock)

    assert hashed == [
        "h2==4.1.0 --hash=sha256:dd",
        "httpx==0.27.0 --hash=sha256:aa --hash=sha256:bb",
        "idna==3.7 --hash=sha256:cc",
    ]
    assert unhashed == ["core @ git+https://git.example/core@0123abcd"]


def test_pipenv_takes_the_default_section(tmp_path):
    lock = {
        "_meta": {"sources": [{"name": "own", "url": "https://index.example/simple"}]},
        "default": {
            "flask": {"version": "==3.0.0", "hashes": ["sha256:bb", "sha256:aa"]},
            "colorama": {"version": "==0.4", "hashes": ["sha256:cc"], "markers": "sys_platform == 'win32'"},
            "secret-sauce": {"version": "==1.0", "hashes": ["sha256:dd"], "index": "own"},
            "core": {"git": "https://git.example/core.git", "ref": "0123abcd"},
        },
        "develop": {"pytest": {"version": "==8.0", "hashes": ["sha256:ee"]}},
    }
    hashed, unhashed = read(tmp_path, "Pipfile.lock", json.dumps(lock))

    assert hashed == [
        "--extra-index-url https://index.example/simple",
        "flask==3.0.0 --hash=sha256:aa --hash=sha256:bb",
        "secret-sauce==1.0 --hash=sha256:dd",
    ]
    assert unhashed == ["core @ git+https://git.example/core.git@0123abcd"]
