"""Jobs off the UI thread: one worker thread, jobs in order, results and failures back on the main thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Job = Callable[[], Any]
Then = Callable[[Any], None]
Failed = Callable[[BaseException], None]
Outcome = tuple[Callable[[Any], None] | None, Any, BaseException | None]


class Worker(QObject):
    """A thread that runs jobs one after another. `run(job, then, failed)`: exactly one of the two is called."""

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.Queue[tuple[Job, Then | None, Failed | None] | None] = queue.Queue()
        self._waiting = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether results are still to come."""
        return self._waiting > 0

    def run(self, job: Job, then: Then | None = None, failed: Failed | None = None) -> None:
        """Queue a job."""
        self._waiting += 1
        self._jobs.put((job, then, failed))

    def stop(self) -> None:
        """Let the thread finish what is queued, and end it."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (task := self._jobs.get()) is not None:
            job, then, failed = task
            outcome: Outcome
            try:
                outcome = (then, job(), None)
            except BaseException as error:
                outcome = (failed, None, error)
            self._finished.emit(outcome)

    def _deliver(self, outcome: Outcome) -> None:
        self._waiting -= 1
        callback, result, error = outcome
        if callback is not None:
            callback(result if error is None else error)
        elif error is not None:
            raise error
