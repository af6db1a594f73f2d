from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from nua.lib import exec as execution
from nua.lib import paths
from nua.lib.panic import Abort

ME = pwd.getpwuid(os.geteuid()).pw_name
SOURCE = Path(__file__).parent.parent

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def app_user_is_me(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "USER", ME)


def script(*lines: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)], cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.usefixtures("app_user_is_me")
def test_the_same_user_needs_no_switch(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    execution.exec_as_nua("pwd && echo ${WHO}", cwd=tmp_path, env={"WHO": "me"})
    execution.mp_exec_as_nua(["echo a", "echo b"])
    assert capfd.readouterr().out.splitlines()[1:] == [str(tmp_path), "me", "$ echo a", "a", "$ echo b", "b"]


@pytest.mark.usefixtures("app_user_is_me")
def test_the_first_failure_of_a_list_ends_it(tmp_path: Path) -> None:
    with pytest.raises(Abort, match="false: exit code 1"):
        execution.exec_as_nua(["false", f"touch {tmp_path}/done"])
    assert not (tmp_path / "done").exists()


@pytest.mark.usefixtures("app_user_is_me")
def test_a_time_limit() -> None:
    with pytest.raises(Abort, match="stopped after"):
        execution.exec_as_nua("sleep 30", timeout=0.1)


def test_a_user_that_does_not_exist() -> None:
    for run in (execution.mp_exec_as_user, execution.sudo_cmd_as_user):
        with pytest.raises(ValueError, match="no user 'nobody-of-that-name'"):
            run("true", "nobody-of-that-name")
    assert not execution.is_current_user("nobody-of-that-name")


def test_only_root_can_become_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    monkeypatch.setattr(paths, "USER", "daemon")
    for refused in (
        lambda: execution.exec_as_root("true"),
        lambda: execution.exec_as_root_daemon("true"),
        lambda: execution.exec_as_nua("true"),
        execution.set_nua_user,
    ):
        with pytest.raises(ValueError, match="Only root can become"):
            refused()


def test_the_current_user() -> None:
    assert execution.is_current_user(ME)
    assert not execution.is_current_user("daemon" if ME != "daemon" else "bin")


@as_root
def test_root_becomes_another_user_with_that_home(capfd: pytest.CaptureFixture[str]) -> None:
    execution.mp_exec_as_user("id -un; id -G; echo $HOME $USER; false || echo still $(id -u)", "daemon", show_cmd=False)
    daemon = pwd.getpwnam("daemon")
    groups = " ".join(map(str, os.getgrouplist("daemon", daemon.pw_gid)))
    assert capfd.readouterr().out.splitlines() == [
        "daemon",
        groups,
        f"{daemon.pw_dir} daemon",
        f"still {daemon.pw_uid}",
    ]


@as_root
def test_the_database_has_a_user_of_its_own(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(pwd, "getpwnam", lambda name: pwd.getpwuid(1 if name == "postgres" else 0))
    monkeypatch.setattr(os, "getgrouplist", lambda name, gid: [gid])
    execution.mp_exec_as_postgres("id -u")
    execution.exec_as_root("id -u", show_cmd=False)
    assert capfd.readouterr().out.splitlines() == ["$ id -u", "1", "0"]


@as_root
def test_a_daemon_is_not_waited_for() -> None:
    daemon = execution.exec_as_root_daemon('exec sleep "$LONG"', env={"LONG": "30"})
    assert daemon.poll() is None
    daemon.terminate()
    assert daemon.wait() == -signal.SIGTERM


@as_root
def test_becoming_the_app_user_is_for_good() -> None:
    become = script(
        "import os",
        "from nua.lib import paths",
        "from nua.lib.exec import is_current_user, set_nua_user",
        "paths.USER = 'daemon'",
        "set_nua_user(); set_nua_user()",
        "print(is_current_user('daemon'), os.getuid(), os.getgid(), os.environ['USER'])",
        "os.setuid(0)",
    )
    out, err = become.communicate()
    daemon = pwd.getpwnam("daemon")
    assert out == f"True {daemon.pw_uid} {daemon.pw_gid} daemon\n"
    assert "PermissionError" in err


def test_who_stops_the_script_stops_what_it_runs() -> None:
    server = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done"
    running = script(
        "from nua.lib.process import run",
        f"run(['bash', '-c', {server!r}], visible=False)",
        "print('never reached')",
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    running.terminate()
    out, _ = running.communicate()
    assert (out, running.returncode) == ("bye\n", 0)


def test_a_stop_that_comes_before_the_program_has_begun_reaches_it() -> None:
    running = script(
        "import os, signal",
        "from nua.lib import process",
        "begin = process.start",
        "def slow(*words, **options):",
        "    os.kill(os.getpid(), signal.SIGTERM)",
        "    return begin(*words, **options)",
        "process.start = slow",
        "process.run(['sleep', '60'], visible=False)",
    )
    running.communicate(timeout=30)
    assert running.returncode == 128 + 15
