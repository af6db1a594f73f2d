"""Let whoever stops a script stop the program that the script runs."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


class Signals:
    """The signals that came meanwhile. They wait for the program, for they may come before it has begun."""

    def __init__(self) -> None:
        self.received: list[int] = []
        self._waiting: list[int] = []
        self._child: subprocess.Popen[str] | None = None

    def go_to(self, child: subprocess.Popen[str]) -> None:
        """Hand them to that program, those that came before too."""
        self._child = child
        self._pass_on()

    def take(self, number: int, _: FrameType | None) -> None:
        """Pass one on; what Python calls when it comes."""
        self.received.append(number)
        self._waiting.append(number)
        self._pass_on()

    def _pass_on(self) -> None:
        while self._child is not None and self._waiting:
            self._child.send_signal(self._waiting.pop(0))


@contextmanager
def passed_on() -> Iterator[Signals]:
    """Take the signals that end a program, to hand them to another one instead."""
    signals = Signals()

    # Python has signal handlers in its main thread only.
    if threading.current_thread() is not threading.main_thread():
        yield signals
        return

    # What is ignored, such as SIGHUP under nohup, stays ignored: the child inherits that.
    heeded = [number for number in _PASSED_ON if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, signals.take) for number in heeded}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
