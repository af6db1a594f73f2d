"""Let whoever stops a script stop the program that the script runs."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


@contextmanager
def passed_on_to(child: subprocess.Popen[str]) -> Iterator[list[int]]:
    """Hand the signals that end a program to the child instead; the list tells which ones came."""
    received: list[int] = []

    def pass_on(number: int, _: FrameType | None) -> None:
        received.append(number)
        child.send_signal(number)

    # Python has signal handlers in its main thread only.
    if threading.current_thread() is not threading.main_thread():
        yield received
        return

    # What is ignored, such as SIGHUP under nohup, stays ignored: the child inherited that.
    heeded = [number for number in _PASSED_ON if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, pass_on) for number in heeded}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
