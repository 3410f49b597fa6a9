"""What an import will do, before it does it: the very plan that is committed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from govtracker.ui.backend import ImportPreview
from govtracker.ui.kit import theme

STATUS = {"imported": "가져옴", "ignored": "제외", "unplaced": "미배치"}


class ImportDialog(QDialog):
    """Pledges, notes and the fate of every cell; accepted = import."""

    def __init__(self, parent: QWidget | None, preview: ImportPreview) -> None:
        super().__init__(parent)
        self.setWindowTitle("가져오기")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.resize(860, 600)
        self.preview = preview
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        title = QLabel(preview.title)
        title.setFont(theme.heading_font(self.font()))
        layout.addWidget(title)
        tabs = QTabWidget()
        pledges = QListWidget()
        pledges.addItems(list(preview.pledges))
        notes = QListWidget()
        notes.addItems(list(preview.notes))
        notes.setWordWrap(True)
        tabs.addTab(pledges, f"공약 {len(preview.pledges)}건")
        tabs.addTab(notes, f"알릴 것 {len(preview.notes)}건")
        tabs.addTab(self._cells(), "칸 목록")
        layout.addWidget(tabs, 1)
        row = QHBoxLayout()
        sums = preview.sums
        row.addWidget(
            QLabel(
                f"값이 있는 칸 {sums['cells']:,} = 가져옴 {sums['imported']:,} + 제외 {sums['ignored']:,} + 미배치 {sums['unplaced']:,}"
            )
        )
        row.addStretch(1)
        cancel, go = QPushButton("취소"), QPushButton("가져오기")
        go.setDefault(True)
        cancel.clicked.connect(self.reject)
        go.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(go)
        layout.addLayout(row)

    def _cells(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self.show_only = QComboBox()
        self.show_only.addItems(["미배치만", "제외만", "모두"])
        self.show_only.currentIndexChanged.connect(self._fill)
        column.addWidget(self.show_only)
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(["칸", "값", "처리", "어디로 / 까닭"])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setColumnWidth(0, 170)
        self.table.setColumnWidth(1, 330)
        column.addWidget(self.table)
        self._fill()
        return page

    def _fill(self) -> None:
        wanted = ("unplaced",), ("ignored",), ("imported", "ignored", "unplaced")
        rows = [row for row in self.preview.rows if row[2] in wanted[self.show_only.currentIndex()]]
        self.table.setRowCount(len(rows))
        for at, (cell, text, status, what) in enumerate(rows):
            for column, word in enumerate((cell, " ".join(text.split())[:200], STATUS[status], what)):
                self.table.setItem(at, column, QTableWidgetItem(word))
