"""What a worker process does: one job after another, until nobody asks."""

from __future__ import annotations

import signal
import traceback
from multiprocessing.connection import Connection
from typing import Any


def work(connection: Connection) -> None:
    """Take jobs from the connection; before each report send `("begin", number)`, after the job `("done", result)` or
    `("failed", why)`. Ends when the other side is gone. An interrupt is for the other side to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def begin(number: int) -> None:
        connection.send(("begin", number))

    while True:
        try:
            job: Any = connection.recv()
        except (EOFError, OSError):
            return
        answer: tuple[str, object]
        try:
            answer = ("done", job.run(begin))
        except BrokenPipeError:
            return
        except Exception as error:
            words = "".join(traceback.format_exception_only(error)).strip()
            answer = ("failed", words)
        try:
            connection.send(answer)
        except OSError:
            return
