"""The wizard's second page: the sheet in colours beside what its heads are read as; both choose one another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from govtracker.review import (
    LEAVE,
    CellView,
    Decisions,
    HeadView,
    ImportReview,
    in_unit,
    is_money,
    won_of,
)
from govtracker.ui.wizard.files_page import panel
from govtracker.ui.wizard.lazy_combo import LazyCombo
from govtracker.ui.wizard.sheet_view import Legend, SheetTable, letters

_HEADS = ("엑셀 칸", "머리글", "넣을 항목", "보기")
_LEFT = ("칸", "값", "처리")
UNITS = ((0, "시트의 표시대로"), (1, "원"), (1_000, "천원"), (1_000_000, "백만원"), (100_000_000, "억원"))
UNDECIDED, UNKNOWN = "정하지 않음", "알 수 없음 (미배치)"


class MappingPage(QWidget):
    """Heads and left cells with a choice each; `changed(decisions)` is called when a person decides something."""

    def __init__(self, changed: Callable[[Decisions], object]) -> None:
        super().__init__()
        self.review: ImportReview | None = None
        self.changed = changed
        self.heads: list[HeadView] = []
        self.unplaced: list[CellView] = []
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._drawn())
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self._mapping())
        right.addWidget(self._unplaced())
        right.setSizes([320, 220])
        parts.addWidget(right)
        parts.setSizes([700, 640])
        whole.addWidget(parts)

    def _drawn(self) -> QWidget:
        frame, column, heading, row = panel("시트")
        heading.hide()
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("볼 시트")
        self.sheet.currentIndexChanged.connect(lambda _: self._show_sheet())
        self.number = QLabel()
        self.number.setObjectName("muted")
        row.insertWidget(0, self.sheet)
        row.insertWidget(1, self.number)
        hint = QLabel("칸을 고르면 오른쪽 줄이 따라갑니다")
        hint.setObjectName("muted")
        row.addWidget(hint)
        column.addWidget(Legend())
        self.table = SheetTable()
        self.table.selectionModel().currentChanged.connect(lambda *_: self._follow_cell())
        column.addWidget(self.table, 1)
        return frame

    def _mapping(self) -> QWidget:
        frame, column, self.heads_title, row = panel("항목 맞추기")
        self.unit_label = QLabel("금액 단위")
        self.unit = QComboBox()
        self.unit.setAccessibleName("금액 단위")
        for won, word in UNITS:
            self.unit.addItem(word, won)
        self.unit.activated.connect(lambda _: QTimer.singleShot(0, self._set_unit))
        row.addWidget(self.unit_label)
        row.addWidget(self.unit)
        self.head_table = _table(_HEADS, "머리글과 넣을 항목")
        self.head_table.setColumnWidth(0, 70)
        self.head_table.setColumnWidth(1, 170)
        self.head_table.setColumnWidth(2, 220)
        self.head_table.currentCellChanged.connect(lambda row, *_: self._follow_head(row))
        column.addWidget(self.head_table, 1)
        self.no_heads = QLabel("이 시트는 서식의 제목과 이름으로 읽었습니다. 정할 머리글이 없습니다.")
        self.no_heads.setObjectName("muted")
        self.no_heads.setWordWrap(True)
        self.no_heads.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.no_heads, 1)
        self.remember = QCheckBox("고친 항목을 기억해 같은 머리글에 다시 씁니다")
        self.remember.setChecked(True)
        column.addWidget(self.remember)
        return frame

    def _unplaced(self) -> QWidget:
        frame, column, self.left_title, _ = panel("자동 배치하지 못한 칸")
        self.left_table = _table(_LEFT, "자동 배치하지 못한 칸")
        self.left_table.setColumnWidth(0, 70)
        self.left_table.setColumnWidth(1, 260)
        self.left_table.currentCellChanged.connect(lambda row, *_: self._follow_left(row))
        column.addWidget(self.left_table, 1)
        hint = QLabel("정하지 않은 칸은 마지막 단계의 ‘미배치’ 목록에 남고, 저장할 수 있습니다.")
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        column.addWidget(hint)
        return frame

    # ------------------------------------------------------------ what is shown

    def show_review(self, review: ImportReview) -> None:
        """Show how the sheets were read; the sheet and the place that were looked at stay."""
        self.review = review
        names = [sheet.name for sheet in review.sheets if sheet.chosen and review.cells.get(sheet.name)]
        current = self.sheet.currentText()
        self.sheet.blockSignals(True)
        self.sheet.clear()
        self.sheet.addItems(names)
        wanted = current if current in names else next(iter(self._worth_a_look(review, names)), "")
        self.sheet.setCurrentIndex(max(0, self.sheet.findText(wanted)))
        self.sheet.blockSignals(False)
        self._show_sheet()

    def _worth_a_look(self, review: ImportReview, names: list[str]) -> list[str]:
        """The sheets on which something is undecided, then those with heads."""
        open_ = [each.name for each in review.sheets if each.name in names and each.unplaced and each.pledges]
        headed = [head.sheet for head in review.heads if head.sheet in names]
        return [*open_, *headed, *names]

    def _show_sheet(self) -> None:
        review, name = self.review, self.sheet.currentText()
        if review is None:
            return
        at = self.table.currentIndex()
        cells = review.cells.get(name, ())
        self.table.show_cells(cells)
        self.number.setText(f"시트 {self.sheet.currentIndex() + 1} / {self.sheet.count()}")
        self.heads = [head for head in review.heads if head.sheet == name]
        self.unplaced = [cell for cell in cells if cell.role == "unplaced" or self._is_left(cell)]
        self._show_heads(review)
        self._show_left(review)
        if at.isValid():
            self.table.go_to(at.row() + 1, at.column() + 1)

    def _is_left(self, cell: CellView) -> bool:
        return self.review is not None and self._name(cell) in self.review.decisions.left

    def _name(self, cell: CellView) -> str:
        return f"{self.sheet.currentText()}!{cell.place}"

    def _show_heads(self, review: ImportReview) -> None:
        self.head_table.setRowCount(len(self.heads))
        self.no_heads.setVisible(not self.heads)
        self.head_table.setVisible(bool(self.heads))
        self.remember.setVisible(bool(self.heads))
        units = {won_of(head.target) for head in self.heads if is_money(head.target)}
        for widget in (self.unit_label, self.unit):
            widget.setVisible(bool(units))
        only = next(iter(units)) if len(units) == 1 else 0
        self.unit.setCurrentIndex(max(0, self.unit.findData(only)))
        unknown = sum(not head.target for head in self.heads)
        self.heads_title.setText("항목 맞추기" + (f" — 알 수 없는 머리글 {unknown}" if unknown else ""))
        for row, head in enumerate(self.heads):
            first, last = letters(head.first), letters(head.last)
            for at, text in (
                (0, first if first == last else f"{first}-{last}"),
                (1, head.label),
                (3, head.sample),
            ):
                item = QTableWidgetItem(" ".join(text.split())[:120])
                item.setToolTip(text)
                self.head_table.setItem(row, at, item)
            combo = LazyCombo(
                review.targets.get(head.kind, ()),
                (head.target, head.reads),
                UNKNOWN,
                partial(self._map, head),
            )
            combo.setAccessibleName(f"{head.label} 넣을 항목")
            self.head_table.setCellWidget(row, 2, combo)

    def _show_left(self, review: ImportReview) -> None:
        self.left_table.setRowCount(len(self.unplaced))
        self.left_title.setText(f"자동 배치하지 못한 칸 {len(self.unplaced)}")
        labels = [(target, f"항목 이름: {label}") for target, label in review.targets.get("labels", ())]
        choices = [(LEAVE, "제외"), *labels]
        for row, cell in enumerate(self.unplaced):
            for at, text in ((0, cell.place), (1, cell.text)):
                item = QTableWidgetItem(" ".join(text.split())[:160])
                item.setToolTip(f"{text}\n\n{cell.what}")
                self.left_table.setItem(row, at, item)
            current = (LEAVE, "제외") if self._is_left(cell) else ("", "")
            combo = LazyCombo(choices, current, UNDECIDED, partial(self._decide, cell))
            combo.setAccessibleName(f"{cell.place} 처리")
            self.left_table.setCellWidget(row, 2, combo)

    # ------------------------------------------------------------ one chooses the other

    def _follow_cell(self) -> None:
        cell = self.table.chosen()
        if cell is None:
            return
        head = next(
            (
                at
                for at, head in enumerate(self.heads)
                if head.first <= cell.column <= head.last and head.top <= cell.row <= head.bottom
            ),
            -1,
        )
        left = self.unplaced.index(cell) if cell in self.unplaced else -1
        for table, row in ((self.head_table, head), (self.left_table, left)):
            table.blockSignals(True)
            if row >= 0:
                table.selectRow(row)
                table.scrollTo(table.model().index(row, 0))
            else:
                table.clearSelection()
            table.blockSignals(False)

    def _follow_head(self, row: int) -> None:
        if 0 <= row < len(self.heads):
            head = self.heads[row]
            self._show_place(head.top, head.first)

    def _follow_left(self, row: int) -> None:
        if 0 <= row < len(self.unplaced):
            cell = self.unplaced[row]
            self._show_place(cell.row, cell.column)

    def _show_place(self, row: int, column: int) -> None:
        chosen = self.table.selectionModel()
        chosen.blockSignals(True)
        self.table.go_to(row, column)
        chosen.blockSignals(False)
        self.table.viewport().update()

    # ------------------------------------------------------------ what was decided

    def _map(self, head: HeadView, target: str) -> None:
        if self.review is not None and target != head.target:
            self.changed(self.review.decisions.with_head(head.fingerprint, head.key, target))

    def _set_unit(self) -> None:
        """All amounts of the sheet's tables are in the chosen unit; the first choice leaves it to the sheet."""
        if self.review is None:
            return
        decisions, won = self.review.decisions, self.unit.currentData()
        for head in self.heads:
            if is_money(head.target) and won_of(head.target) != won:
                decisions = decisions.with_head(head.fingerprint, head.key, in_unit(head.target, won))
        if decisions != self.review.decisions:
            self.changed(decisions)

    def _decide(self, cell: CellView, target: str) -> None:
        if self.review is None:
            return
        decisions = self.review.decisions.with_left(self._name(cell), left=target == LEAVE)
        label = "" if target == LEAVE else target
        self.changed(decisions.with_label("".join(cell.text.split()), label))


def _table(heads: tuple[str, ...], name: str) -> QTableWidget:
    table = QTableWidget(0, len(heads))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 16)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    return table
