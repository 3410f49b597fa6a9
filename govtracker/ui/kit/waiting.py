"""A bar and a cancel button while a worker does a job."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from govtracker.ui.kit.message import show_failure
from govtracker.ui.kit.worker import Worker

UNSEEN = 0.3
"""Seconds that a job may take before there is a window for it."""


class Waiting(QDialog):
    """A bar and a cancel button while a job runs on a worker. `run` gives its result, None when cancelled.

    The job gets `go_on(share)`, which says whether it was cancelled. `keeps` = a job that was cancelled still has a
    result (what it had done by then).
    """

    def __init__(self, parent: QWidget | None, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("잠시만 기다려 주세요")
        self.setMinimumWidth(380)
        self.cancelled = False
        self.keeps = False
        self.share = 0.0
        self.finished_ = False
        self.result_: Any = None
        self.error: BaseException | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(text))
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(text)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout.addWidget(self.bar)
        cancel = QPushButton("취소")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        layout.addLayout(row)
        self.timer = QTimer(self)
        self.timer.timeout.connect(lambda: self.bar.setValue(round(self.share * 100)))
        self.timer.start(60)

    def go_on(self, share: float) -> bool:
        """For the job, from its own thread."""
        self.share = share
        return not self.cancelled

    def reject(self) -> None:
        self.cancelled = True

    def run(self, worker: Worker, job: Callable[[Callable[[float], bool]], Any]) -> Any:
        """Run the job; its result, None when cancelled or failed (the failure is told)."""
        worker.run(lambda: job(self.go_on), self._done, self._failed)
        self._wait_unseen()
        if not self.finished_:
            self.bar.setFocus()
            self.exec()
        if self.error is not None and not self.cancelled:
            show_failure(self.parentWidget(), self.error)
        return None if self.cancelled and not self.keeps else self.result_

    def _wait_unseen(self) -> None:
        """A job that is done in a moment shows no window; what is typed meanwhile comes after it."""
        end = time.monotonic() + UNSEEN
        while not self.finished_ and time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            QApplication.sendPostedEvents()
            time.sleep(0.005)

    def _done(self, result: Any) -> None:
        self.result_ = result
        self._finish()

    def _failed(self, error: BaseException) -> None:
        self.error = error
        self._finish()

    def _finish(self) -> None:
        self.finished_ = True
        self.timer.stop()
        self.accept()
