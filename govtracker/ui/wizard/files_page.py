"""The wizard's first page: which sheets of the file, what they were read as, into which period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from govtracker.forms.schema import Form
from govtracker.review import Decisions, ImportReview, SheetSummary

_COLUMNS = ("", "시트", "인식한 내용", "공약", "값이 있는 칸", "확인할 내용")
_NUMBERS = (3, 4)


class Panel(NamedTuple):
    """A white frame with a heading: the frame, its column, the heading and its row."""

    frame: QFrame
    column: QVBoxLayout
    heading: QLabel
    row: QHBoxLayout


def panel(title: str) -> Panel:
    """A panel with a heading."""
    frame = QFrame()
    frame.setObjectName("panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 12, 12)
    row = QHBoxLayout()
    label = QLabel(title)
    label.setObjectName("panelTitle")
    row.addWidget(label)
    row.addStretch(1)
    column.addLayout(row)
    return Panel(frame, column, label, row)


class FilesPage(QWidget):
    """Sheets with a tick each, the period, and what the chosen sheet was read as."""

    def __init__(self, forms: list[Form], periods: list[str], other_file: Callable[[], None]) -> None:
        super().__init__()
        self.review: ImportReview | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        top = QHBoxLayout()
        top.addWidget(QLabel("엑셀 파일"))
        self.file = QLineEdit()
        self.file.setReadOnly(True)
        self.file.setAccessibleName("엑셀 파일")
        top.addWidget(self.file, 1)
        browse = QPushButton("찾아보기…")
        browse.setAutoDefault(False)
        browse.clicked.connect(other_file)
        top.addWidget(browse)
        whole.addLayout(top)
        self.about = QLabel()
        self.about.setObjectName("muted")
        whole.addWidget(self.about)
        both = QHBoxLayout()
        both.addWidget(self._sheets(), 5)
        right = QVBoxLayout()
        right.addWidget(self._period(forms, periods))
        right.addWidget(self._result(), 1)
        both.addLayout(right, 3)
        whole.addLayout(both, 1)

    def _sheets(self) -> QWidget:
        frame, column, _, row = panel("시트 선택")
        self.count = QLabel()
        self.count.setObjectName("muted")
        row.insertWidget(1, self.count)
        known, none = QPushButton("인식한 것만 선택"), QPushButton("모두 해제")
        for button, wanted in ((known, True), (none, False)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, wanted=wanted: self._tick_all(wanted))
            row.addWidget(button)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("시트 목록")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for at in _NUMBERS:
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setColumnWidth(1, 150)
        self.table.setColumnWidth(2, 190)
        self.table.currentCellChanged.connect(lambda row, *_: self._show_result(row))
        self.table.itemChanged.connect(lambda _: self._count())
        column.addWidget(self.table, 1)
        return frame

    def _period(self, forms: list[Form], periods: list[str]) -> QWidget:
        frame, column, _, _ = panel("어느 기간으로 가져올까요")
        fields = QFormLayout()
        self.period = QComboBox()
        self.period.setEditable(True)
        self.period.addItems(periods)
        self.as_of = QDateEdit()
        self.as_of.setDisplayFormat("yyyy. M. d.")
        self.as_of.setCalendarPopup(True)
        self.form = QComboBox()
        for form in forms:
            self.form.addItem(f"{form.municipality or '기본 서식'} — {form.name}", form.key)
        self.hidden = QCheckBox("숨긴 행과 열의 값도 가져오기")
        for label, field in (("보고기간", self.period), ("기준일", self.as_of), ("서식", self.form)):
            field.setAccessibleName(label)
            fields.addRow(label, field)
        fields.addRow("", self.hidden)
        column.addLayout(fields)
        self.trouble = QLabel()
        self.trouble.setObjectName("problem")
        self.trouble.setWordWrap(True)
        column.addWidget(self.trouble)
        return frame

    def _result(self) -> QWidget:
        frame, column, self.result_title, _ = panel("")
        self.result = QListWidget()
        self.result.setAccessibleName("인식 결과")
        column.addWidget(self.result, 1)
        return frame

    # ------------------------------------------------------------ what is shown

    def show_review(self, review: ImportReview) -> None:
        """Show what the file holds; what was chosen stays chosen."""
        self.review = review
        self.file.setText(review.file)
        self.about.setText(f"{review.about} · {review.title}")
        self.table.blockSignals(True)
        self.table.setRowCount(len(review.sheets))
        for row, sheet in enumerate(review.sheets):
            self._show_sheet(row, sheet)
        self.table.blockSignals(False)
        self.period.setCurrentText(review.period)
        self.as_of.setDate(QDate(review.as_of.year, review.as_of.month, review.as_of.day))
        self.form.setCurrentIndex(max(0, self.form.findData(review.form)))
        self.hidden.setChecked(review.decisions.hidden)
        self.trouble.setText(review.trouble)
        self.trouble.setVisible(bool(review.trouble))
        self._count()
        first = next((at for at, sheet in enumerate(review.sheets) if sheet.chosen), 0)
        self.table.setCurrentCell(first, 1)
        self._show_result(first)

    def _show_sheet(self, row: int, sheet: SheetSummary) -> None:
        tick = QTableWidgetItem()
        tick.setFlags(
            Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        )
        tick.setCheckState(Qt.CheckState.Checked if sheet.chosen else Qt.CheckState.Unchecked)
        tick.setData(Qt.ItemDataRole.AccessibleTextRole, f"{sheet.name} 가져오기")
        self.table.setItem(row, 0, tick)
        look = (
            "숨긴 시트" if sheet.hidden else f"미배치 칸 {sheet.unplaced}" if sheet.unplaced else "모두 인식"
        )
        if not sheet.pledges and not sheet.hidden:
            look = "가져올 것이 없습니다"
        words = (sheet.name, sheet.read_as, str(sheet.pledges or "-"), f"{sheet.cells:,}", look)
        for at, word in enumerate(words, 1):
            item = QTableWidgetItem(word)
            if at in _NUMBERS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, at, item)

    def _show_result(self, row: int) -> None:
        self.result.clear()
        if self.review is None or not 0 <= row < len(self.review.sheets):
            return
        sheet = self.review.sheets[row]
        self.result_title.setText(f"{sheet.name} — 인식 결과")
        self.result.addItems(
            [f"{what}: {count}칸" for what, count in sheet.parts] or ["인식한 값이 없습니다."]
        )
        if sheet.unplaced:
            self.result.addItem(f"미배치: {sheet.unplaced}칸 (다음 단계에서 정합니다)")

    def _tick_all(self, wanted: bool) -> None:
        if self.review is None:
            return
        for row, sheet in enumerate(self.review.sheets):
            on = wanted and bool(sheet.pledges) and not sheet.hidden
            self._tick(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _tick(self, row: int) -> QTableWidgetItem:
        item = self.table.item(row, 0)
        assert item is not None
        return item

    def _count(self) -> None:
        self.count.setText(f"{self.table.rowCount()}개 중 {len(self._ticked())}개 선택")

    def _ticked(self) -> tuple[str, ...]:
        if self.review is None:
            return ()
        rows = range(min(self.table.rowCount(), len(self.review.sheets)))
        on = (row for row in rows if self._tick(row).checkState() == Qt.CheckState.Checked)
        return tuple(self.review.sheets[row].name for row in on)

    # ------------------------------------------------------------ what was decided

    def problem(self) -> str:
        """Why one can't go on, "" where one can."""
        if not self._ticked():
            return "가져올 시트를 하나 이상 고르세요."
        return "" if self.period.currentText().strip() else "보고기간을 적으세요."

    def decided(self) -> Decisions:
        """The decisions with what this page says; what is as the program would have it is left to the program."""
        assert self.review is not None
        review, own = self.review, self.review.decisions
        shown = tuple(sheet.name for sheet in review.sheets if not sheet.hidden)
        ticked = self._ticked()
        chosen, label = self.as_of.date(), self.period.currentText().strip()
        day = date(chosen.year(), chosen.month(), chosen.day())
        return replace(
            own,
            sheets=() if ticked == shown else ticked,
            hidden=self.hidden.isChecked(),
            period=label if label != review.period else own.period,
            as_of=day if day != review.as_of else own.as_of,
            form=self.form.currentData() if self.form.currentData() != review.form else own.form,
        )
