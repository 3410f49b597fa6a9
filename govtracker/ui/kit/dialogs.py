"""Dialogs: what went wrong (the world's failures and bugs apart), waiting with a bar, a new book."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from govtracker.errors import UNCHANGED, Trouble
from govtracker.forms.schema import Form
from govtracker.model.dates import Term, term_of_year
from govtracker.ui.kit import theme
from govtracker.ui.kit.worker import Worker


class Message(QDialog):
    """Heading, sentences, and technical details that can be unfolded and copied."""

    def __init__(self, parent: QWidget | None, heading: str, sentences: list[str], detail: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("공약 추진실적 관리")
        self.setMinimumWidth(440)
        self.detail = detail
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        title = QLabel(heading)
        title.setFont(theme.heading_font(self.font()))
        title.setWordWrap(True)
        layout.addWidget(title)
        for sentence in sentences:
            label = QLabel(sentence)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        self.text = QPlainTextEdit(detail)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("자세한 내용")
        self.text.setVisible(False)
        layout.addWidget(self.text)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self.detail:
            more = QPushButton("자세히")
            more.clicked.connect(lambda: self.text.setVisible(not self.text.isVisible()))
            copy = QPushButton("복사")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.detail))
            row.addWidget(more)
            row.addWidget(copy)
        row.addStretch(1)
        close = QPushButton("닫기")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row


def show_failure(parent: QWidget | None, error: BaseException) -> None:
    """Tell a failure: a Trouble in its own words, anything else as a bug with its details."""
    if isinstance(error, Trouble):
        Message(parent, error.fault, [error.place, error.remedy, UNCHANGED], error.detail).exec()
        return
    detail = "".join(traceback.format_exception(error))
    sentences = [
        "프로그램의 잘못입니다. 저장한 자료는 그대로입니다.",
        "아래 내용을 복사해 만든 사람에게 알려 주세요.",
    ]
    Message(parent, "예상하지 못한 일이 생겼습니다", sentences, detail).exec()


class Waiting(QDialog):
    """A bar and a cancel button while a job runs on a worker. `run` gives its result, None when cancelled.

    The job gets `go_on(share)`, which says whether it was cancelled.
    """

    def __init__(self, parent: QWidget | None, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("잠시만 기다려 주세요")
        self.setMinimumWidth(380)
        self.cancelled = False
        self.share = 0.0
        self.result_: Any = None
        self.error: BaseException | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(text))
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        layout.addWidget(self.bar)
        cancel = QPushButton("취소")
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
        self.exec()
        if self.error is not None and not self.cancelled:
            show_failure(self.parentWidget(), self.error)
        return None if self.cancelled else self.result_

    def _done(self, result: Any) -> None:
        self.result_ = result
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.error = error
        self.accept()


class Remarks(QDialog):
    """Sentences to be read at leisure, with a button that copies them; it doesn't stand in the way."""

    def __init__(self, parent: QWidget | None, title: str, remarks: list[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(640, 320)
        layout = QVBoxLayout(self)
        self.list = QListWidget()
        self.list.setAccessibleName("살펴볼 곳")
        self.list.setWordWrap(True)
        self.list.addItems(remarks)
        layout.addWidget(self.list)
        buttons = QDialogButtonBox()
        copy = buttons.addButton("복사", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join(remarks)))
        buttons.addButton("닫기", QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        copy.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


class Strip(QWidget):
    """A sentence over the desk with a button, until it is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        self.text = QLabel()
        self.text.setObjectName("problem")
        self.text.setWordWrap(True)
        self.again = QPushButton("다시 저장")
        row.addWidget(self.text, 1)
        row.addWidget(self.again)
        self.setVisible(False)

    def tell(self, text: str) -> None:
        """Show with this sentence."""
        self.text.setText(text)
        self.setVisible(True)


def ask_to_discard(parent: QWidget | None) -> bool:
    """Whether a window with changes that can't be saved is to be closed all the same."""
    box = QMessageBox(parent)
    box.setWindowTitle("공약 추진실적 관리")
    box.setText("저장하지 못한 것이 있습니다.")
    box.setInformativeText("창을 닫으면 저장하지 못한 것은 없어집니다.")
    stay = box.addButton("닫지 않기", QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton("버리고 닫기", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave


class NewBook(QDialog):
    """Municipality, form and term of a new book."""

    def __init__(self, parent: QWidget | None, forms: list[Form]) -> None:
        super().__init__(parent)
        self.setWindowTitle("새 대장")
        self.forms = forms
        layout = QFormLayout(self)
        self.municipality = QLineEdit()
        self.municipality.setPlaceholderText("예: 한빛구")
        self.form = QComboBox()
        for form in forms:
            self.form.addItem(f"{form.municipality} — {form.name}", form.key)
        self.term = QComboBox()
        for year in range(date.today().year + 2, 2009, -1):
            term = term_of_year(year)
            if term.start.year == year:
                self.term.addItem(f"민선 {term.number}기 ({term.start.year}. 7. ~ {term.end.year}. 6.)", term)
        for field, name in (
            (self.municipality, "지자체 이름"),
            (self.form, "공식 서식"),
            (self.term, "임기"),
        ):
            field.setAccessibleName(name)
        layout.addRow("지자체 이름", self.municipality)
        layout.addRow("공식 서식", self.form)
        layout.addRow("임기", self.term)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton("만들기", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        self.ok.setEnabled(False)
        self.municipality.textChanged.connect(lambda text: self.ok.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)

    def values(self) -> tuple[str, Term, str]:
        """(municipality, term, form key)."""
        return self.municipality.text().strip(), self.term.currentData(), self.form.currentData()


class NewPledge(QDialog):
    """Number and title of a new pledge, and its period where the book has none yet."""

    def __init__(self, parent: QWidget | None, *, period: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle("공약 추가")
        layout = QFormLayout(self)
        self.number, self.title = QLineEdit(), QLineEdit()
        for field, name in ((self.number, "관리번호"), (self.title, "공약명")):
            field.setAccessibleName(name)
        layout.addRow("관리번호", self.number)
        layout.addRow("공약명", self.title)
        self.label, self.as_of = QLineEdit(), QDateEdit()
        self.label.setAccessibleName("보고기간 이름")
        self.as_of.setAccessibleName("기준일")
        self.as_of.setDisplayFormat("yyyy. M. d.")
        self.as_of.setDate(QDate.currentDate())
        if period:
            layout.addRow("보고기간 이름", self.label)
            layout.addRow("기준일", self.as_of)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton("추가", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("취소", QDialogButtonBox.ButtonRole.RejectRole)
        self.ok.setEnabled(False)
        for field in (self.title, self.label):
            field.textChanged.connect(
                lambda: self.ok.setEnabled(
                    bool(self.title.text().strip() and (not period or self.label.text().strip()))
                )
            )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)

    def day(self) -> date:
        """The chosen as-of date."""
        day = self.as_of.date()
        return date(day.year(), day.month(), day.day())


def folder_of(path: Path | None) -> str:
    """Where a file dialog begins."""
    return str(path.parent if path else Path.home())
