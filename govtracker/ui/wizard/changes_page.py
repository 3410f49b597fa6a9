"""The wizard's last page: what changes in the book, value by value, with a choice for each; the sums of the cells."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from govtracker.review import CardChange, Decisions, ImportReview, NamedDifference
from govtracker.ui.kit import theme
from govtracker.ui.kit.remarks import Remarks
from govtracker.ui.wizard.files_page import panel

_COLUMNS = ("항목", "지금 대장", "엑셀", "파일의 값으로")
_WORDS = {"new": "채움", "changed": "변경", "conflict": "충돌", "blank": "빈칸"}
_ALL, _CONFLICTS, _CHANGES = range(3)
_MOST = 300
"""Rows that are shown of one card at first."""


class ChangesPage(QWidget):
    """Cards at the left, their differences beside them."""

    def __init__(self, changed: Callable[[Decisions], None], save_report: Callable[[], None]) -> None:
        super().__init__()
        self.review: ImportReview | None = None
        self.changed = changed
        self.cards: list[CardChange] = []
        self.rows: list[NamedDifference | None] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        both = QHBoxLayout()
        both.addWidget(self._list(), 2)
        both.addWidget(self._differences(), 7)
        whole.addLayout(both, 1)
        whole.addWidget(self._sums(save_report))
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setStyleSheet(
            f"background: #FFF3D9; border: 1px solid {theme.WARNING}; border-left: 4px solid {theme.WARNING}; padding: 8px 12px;"
        )
        whole.addWidget(self.warning)

    def _list(self) -> QWidget:
        frame, column, self.list_title, _ = panel("바뀌는 공약")
        self.list = QListWidget()
        self.list.setAccessibleName("바뀌는 공약")
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(lambda _: self._show_card())
        column.addWidget(self.list, 1)
        self.hide_same = QCheckBox("바뀌지 않은 공약 숨김")
        self.hide_same.setChecked(True)
        self.hide_same.toggled.connect(lambda _: self._show_cards())
        column.addWidget(self.hide_same)
        return frame

    def _differences(self) -> QWidget:
        frame, column, self.card_title, row = panel("")
        self.filters = QButtonGroup(self)
        for number in (_ALL, _CONFLICTS, _CHANGES):
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoDefault(False)
            self.filters.addButton(button, number)
            row.addWidget(button)
        first = self.filters.button(_ALL)
        assert first is not None
        first.setChecked(True)
        self.filters.idClicked.connect(lambda _: self._show_card())
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("바뀌는 값")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        for at in range(len(_COLUMNS) - 1):
            self.table.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.setColumnWidth(
            len(_COLUMNS) - 1, self.fontMetrics().horizontalAdvance("파일의 값으로") + 40
        )
        self.table.itemChanged.connect(self._ticked)
        column.addWidget(self.table, 1)
        self.whole_new = QLabel()
        self.whole_new.setWordWrap(True)
        self.whole_new.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.whole_new, 1)
        return frame

    def _sums(self, save_report: Callable[[], None]) -> QWidget:
        frame = QFrame()
        frame.setObjectName("panel")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 10, 12, 10)
        self.sums = QLabel()
        row.addWidget(self.sums)
        row.addStretch(1)
        for text, job in (("알릴 것 보기…", self._show_notes), ("칸 목록 저장…", save_report)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(job)
            row.addWidget(button)
        return frame

    def _show_notes(self) -> None:
        if self.review is not None:
            Remarks(self, f"{self.review.file} — 알릴 것", list(self.review.notes)).exec()

    # ------------------------------------------------------------ what is shown

    def show_review(self, review: ImportReview) -> None:
        """Show what changes."""
        self.review = review
        sums = review.sums
        self.sums.setText(
            f"값이 있는 칸 <b>{sums['cells']:,}</b>  =  <b>{sums['imported']:,}</b> 가져옴  +  "
            f"<b>{sums['ignored']:,}</b> 제외  +  <b>{sums['unplaced']:,}</b> 미배치"
        )
        self._warn(review)
        self._show_cards()

    def _warn(self, review: ImportReview) -> None:
        conflicts = sum(card.count("conflict") for card in review.cards)
        said = list(review.differences)
        if said:
            said.insert(0, "이 파일은 열려 있는 대장의 것이 아닌 것 같습니다.")
        if conflicts:
            said.append(f"충돌 {conflicts}건은 고르지 않으면 대장의 값을 그대로 둡니다.")
        said += [card.warning for card in review.cards if card.warning]
        said += [f"{card.pledge}: 파일 안에 되풀이된 공약입니다." for card in review.cards if card.again]
        foreign = [f"{card.pledge}({', '.join(card.foreign)})" for card in review.cards if card.foreign]
        if foreign:
            said.append(f"대장의 서식에 없어 담지 않는 부분: {', '.join(foreign)}")
        said.append("가져온 뒤에도 편집 › 가져오기 되돌리기로 한 번에 되돌립니다.")
        self.warning.setText("\n".join(said))

    def _show_cards(self) -> None:
        review = self.review
        if review is None:
            return
        self.cards = [
            card for card in review.cards if not self.hide_same.isChecked() or card.is_new or card.rows
        ]
        same = len(review.cards) - sum(card.is_new or bool(card.rows) for card in review.cards)
        self.hide_same.setText(f"바뀌지 않은 공약 {same}건 숨김")
        self.hide_same.setVisible(bool(same))
        self.list_title.setText(f"바뀌는 공약 {review.written}건")
        row = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for card in self.cards:
            item = QListWidgetItem(f"{card.pledge}\n{_about(card)}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{card.pledge}, {_about(card)}")
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(0, row), len(self.cards) - 1))
        self.list.blockSignals(False)
        self._show_card()

    def _show_card(self) -> None:
        at = self.list.currentRow()
        card = self.cards[at] if 0 <= at < len(self.cards) else None
        self.card_title.setText(card.pledge if card else "바뀌는 것이 없습니다")
        rows = card.rows if card else ()
        conflicts = [row for row in rows if row.kind == "conflict"]
        changes = [row for row in rows if row.kind != "conflict"]
        texts = (f"모두 {len(rows)}", f"충돌 {len(conflicts)}", f"변경 {len(changes)}")
        for number, text in enumerate(texts):
            button = self.filters.button(number)
            assert button is not None
            button.setText(text)
            button.setVisible(bool(rows))
        shown = {_ALL: rows, _CONFLICTS: conflicts, _CHANGES: changes}[max(0, self.filters.checkedId())]
        self._fill(list(shown))
        self.table.setVisible(bool(rows))
        self.whole_new.setVisible(not rows)
        self.whole_new.setText(_in_words(card))

    def _fill(self, shown: list[NamedDifference]) -> None:
        self.table.blockSignals(True)
        self.table.clearSpans()
        self.rows = []
        for section, own in groupby(shown[:_MOST], key=lambda row: row.section):
            self.rows += [None, *own]
            del section
        self.table.setRowCount(len(self.rows) + (len(shown) > _MOST))
        following = [row for row in self.rows if row is not None]
        at_next = iter(following)
        for at, row in enumerate(self.rows):
            if row is None:
                section = self.rows[at + 1]
                assert section is not None
                heading = QTableWidgetItem(section.section)
                heading.setBackground(QColor(theme.HEAD))
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = heading.font()
                font.setBold(True)
                heading.setFont(font)
                self.table.setItem(at, 0, heading)
                self.table.setSpan(at, 0, 1, len(_COLUMNS))
            else:
                self._show_row(at, next(at_next))
        if len(shown) > _MOST:
            more = QTableWidgetItem(f"⋮ {len(shown) - _MOST}건 더 있습니다. ‘칸 목록 저장…’에 모두 있습니다.")
            self.table.setItem(len(self.rows), 0, more)
            self.table.setSpan(len(self.rows), 0, 1, len(_COLUMNS))
        self.table.blockSignals(False)

    def _show_row(self, at: int, row: NamedDifference) -> None:
        review = self.review
        assert review is not None
        conflict = row.kind == "conflict"
        texts = (f"○ {row.label}" if conflict else row.label, row.mine or "(빈칸)", row.theirs or "(빈칸)")
        for column, text in enumerate(texts):
            item = QTableWidgetItem(" / ".join(line.strip() for line in text.splitlines() if line.strip()))
            item.setToolTip(text)
            if conflict:
                item.setBackground(QColor("#FFF3D9"))
            self.table.setItem(at, column, item)
        tick = QTableWidgetItem(_WORDS[row.kind])
        tick.setFlags(
            Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        )
        tick.setCheckState(Qt.CheckState.Checked if review.is_taken(row) else Qt.CheckState.Unchecked)
        tick.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.label}, {_WORDS[row.kind]}, 파일의 값으로")
        self.table.setItem(at, len(_COLUMNS) - 1, tick)

    def _ticked(self, item: QTableWidgetItem) -> None:
        row = self.rows[item.row()] if item.row() < len(self.rows) else None
        if self.review is None or row is None or item.column() != len(_COLUMNS) - 1:
            return
        taken = item.checkState() == Qt.CheckState.Checked
        self.changed(self.review.decisions.with_taken(row.key, taken=taken))


def _about(card: CardChange) -> str:
    if card.is_new:
        return "새 공약"
    words = []
    if card.changes:
        words.append(f"변경 {card.changes}")
    if card.count("conflict"):
        words.append(f"충돌 {card.count('conflict')}")
    if card.count("blank"):
        words.append(f"빈칸 {card.count('blank')}")
    return " · ".join(words) or "바뀌지 않음"


def _in_words(card: CardChange | None) -> str:
    if card is None:
        return "파일과 대장이 같습니다. 가져와도 아무것도 쓰지 않습니다."
    if card.is_new:
        return "대장에 없는 공약입니다. 파일의 값을 모두 담습니다."
    return "파일과 대장의 값이 같습니다."
