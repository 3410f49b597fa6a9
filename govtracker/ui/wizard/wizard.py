"""The import's window: three steps, back and cancel at every one; nothing is written before the last button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from govtracker.files import WORKBOOK
from govtracker.review import Decisions, ImportReview
from govtracker.ui.host import Host
from govtracker.ui.kit.message import consent
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.wizard.changes_page import ChangesPage
from govtracker.ui.wizard.files_page import FilesPage
from govtracker.ui.wizard.mapping_page import MappingPage
from govtracker.ui.wizard.steps import Steps

STEPS = ("파일과 시트", "항목 맞추기", "비교하고 가져오기")
FILES, MAPPING, CHANGES = range(3)


class ImportWizard(QDialog):
    """Accepted = `review` is to be committed; `another` asks for another file and gives its review."""

    def __init__(self, host: Host, review: ImportReview, another: Callable[[], ImportReview | None]) -> None:
        super().__init__(host.widget)
        self.host, self.review, self.another = host, review, another
        book = host.session.book
        self.setWindowTitle(f"가져오기 — {book.path.stem}" if book else "가져오기 — 새 대장")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self._fit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.steps = Steps(STEPS, "취소하면 대장은 그대로입니다.")
        layout.addWidget(self.steps)
        periods = [period.label for period in book.periods] if book else []
        self.files = FilesPage(host.backend.forms(), periods, self._other_file)
        self.mapping = MappingPage(self._again)
        self.changes = ChangesPage(self._decided, self._save_report)
        self.pages = QStackedWidget()
        for page in (self.files, self.mapping, self.changes):
            self.pages.addWidget(page)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self._foot(with_book=book is not None))
        self._show(review)
        self._go(FILES)

    def _fit(self) -> None:
        """As large as there is room for, up to what the tables need."""
        screen = self.screen().availableGeometry()
        self.resize(min(1400, screen.width() - 40), min(860, screen.height() - 80))

    def _foot(self, *, with_book: bool) -> QWidget:
        foot = QWidget()
        foot.setObjectName("wizardFoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 12)
        self.state = QLabel()
        self.backup = QCheckBox("가져오기 전에 대장 백업 만들기")
        self.backup.setVisible(with_book)
        self.with_book = with_book
        row.addWidget(self.state)
        row.addWidget(self.backup)
        row.addStretch(1)
        self.back, self.forward, cancel = QPushButton("‹ 뒤로"), QPushButton("다음 ›"), QPushButton("취소")
        self.back.clicked.connect(lambda: self._go(self.pages.currentIndex() - 1))
        self.forward.clicked.connect(self._forward)
        cancel.clicked.connect(self.reject)
        for button in (self.back, self.forward, cancel):
            button.setMinimumWidth(96)
            button.setAutoDefault(button is self.forward)
            row.addWidget(button)
        self.forward.setDefault(True)
        return foot

    # ------------------------------------------------------------ steps

    def _go(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        self.steps.show_step(number)
        self.back.setEnabled(number > FILES)
        last = number == CHANGES
        self.backup.setVisible(last and self.with_book)
        self.state.setVisible(not last)
        self._tell()
        self.forward.setFocus()
        self.forward.setDefault(True)

    def _tell(self) -> None:
        """The button's name and the sums, which are always there."""
        sums = self.review.sums
        text = f"값이 있는 칸 {sums['cells']:,} · 가져옴 {sums['imported']:,} · 제외 {sums['ignored']:,} · 미배치 {sums['unplaced']:,}"
        self.state.setText(text)
        last = self.pages.currentIndex() == CHANGES
        self.forward.setText(f"{self.review.written}건 가져오기" if last else "다음 ›")

    def _forward(self) -> None:
        at = self.pages.currentIndex()
        if at == FILES and not self._leave_files():
            return
        if at == CHANGES:
            self._finish()
        else:
            self._go(at + 1)

    def _leave_files(self) -> bool:
        """Read anew where something was chosen otherwise; whether one can go on."""
        problem = self.files.problem()
        if problem:
            QMessageBox.information(self, "가져오기", problem)
            return False
        decided = self.files.decided()
        if decided != self.review.decisions and not self._again(decided):
            return False
        return not self.review.trouble

    def _finish(self) -> None:
        decisions = replace(
            self.review.decisions,
            remember=self.mapping.remember.isChecked(),
            backup=self.with_book and self.backup.isChecked(),
        )
        self.review = replace(self.review, decisions=decisions)
        if not self.review.differences or self._is_wanted():
            self.accept()

    def _is_wanted(self) -> bool:
        """Whether a file that isn't this book's is to be imported all the same; not doing so is the default."""
        return consent(
            self,
            "가져오기",
            "이 파일은 열려 있는 대장의 것이 아닌 것 같습니다.",
            "\n".join(self.review.differences),
            go="그래도 이 대장에 가져오기",
            stay="가져오지 않기",
            warning=True,
        )

    # ------------------------------------------------------------ what is decided

    def _show(self, review: ImportReview) -> None:
        self.review = review
        for page in (self.files, self.mapping, self.changes):
            page.show_review(review)
        self._tell()

    def _again(self, decisions: Decisions) -> bool:
        """Read the file's sheets anew, as it is decided; whether that could be done."""
        found: ImportReview | None = Waiting(self, "정한 대로 다시 읽고 있습니다.").run(
            self.host.worker, lambda go_on: self.host.backend.plan_again(self.review, decisions)
        )
        if found is not None:
            self._show(found)
        return found is not None

    def _decided(self, decisions: Decisions) -> None:
        """A difference was decided: nothing is read anew."""
        self.review = replace(self.review, decisions=decisions)
        self.changes.review = self.review
        self.files.review = self.mapping.review = self.review
        self._tell()

    def _other_file(self) -> None:
        found = self.another()
        if found is not None:
            self._show(found)

    def _save_report(self) -> None:
        start = f"{Path(self.review.file).stem} 가져오기 결과{WORKBOOK.suffix}"
        name, _ = QFileDialog.getSaveFileName(self, "칸 목록 저장", start, WORKBOOK.pattern)
        if name:
            out = WORKBOOK.named(Path(name))
            self.host.attempt(lambda: self.host.backend.save_report(self.review, out))
