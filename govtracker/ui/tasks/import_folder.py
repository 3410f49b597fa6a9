"""A folder of workbooks into the open book, and the list of what became of each file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from govtracker.files import WORKBOOK
from govtracker.review import FileOutcome
from govtracker.session.events import BookChanged
from govtracker.ui.host import Host
from govtracker.ui.kit import theme
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.books import folder_of

_COLUMNS = ("파일", "결과", "공약", "가져온 칸", "미배치 칸")


def choose_folder(host: Host) -> None:
    """Ask for a folder and import its workbooks."""
    book = host.session.book
    name = QFileDialog.getExistingDirectory(
        host.widget, "가져올 폴더", folder_of(book.path if book else None)
    )
    if name:
        import_folder(host, Path(name))


def import_folder(host: Host, folder: Path) -> None:
    """Import every workbook of a folder, one transaction each; then say what became of them."""
    if not host.flush():
        return
    waiting = Waiting(host.widget, f"{folder.name}의 파일을 하나씩 가져오고 있습니다.")
    waiting.keeps = True
    outcomes: tuple[FileOutcome, ...] | None = waiting.run(
        host.worker, lambda go_on: host.backend.import_folder(folder, go_on)
    )
    info = host.backend.info()
    period = host.session.chosen_period
    host.leave(
        BookChanged(info, next((p.id for p in info.periods if period and p.label == period.label), ""))
    )
    host.settle()
    if outcomes is not None:
        FolderResult(host.widget, outcomes, lambda: _save(host, folder, outcomes)).exec()


def _save(host: Host, folder: Path, outcomes: tuple[FileOutcome, ...]) -> None:
    start = f"{folder.name} 가져오기 결과{WORKBOOK.suffix}"
    name, _ = QFileDialog.getSaveFileName(host.widget, "결과 저장", start, WORKBOOK.pattern)
    if name:
        out = WORKBOOK.named(Path(name))
        host.attempt(lambda: host.backend.save_folder_report(outcomes, out))


class FolderResult(QDialog):
    """A row for each file, and what its officer should look at."""

    def __init__(
        self, parent: QWidget | None, outcomes: Sequence[FileOutcome], save: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("폴더 가져오기")
        self.resize(900, 560)
        self.outcomes = outcomes
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        failed = sum(bool(each.trouble) for each in outcomes)
        words = (
            f"파일 {len(outcomes)}개 가운데 {len(outcomes) - failed}개를 읽고 {failed}개는 읽지 못했습니다."
        )
        title = QLabel(words if outcomes else "폴더에 가져올 파일이 없습니다.")
        title.setFont(theme.heading_font(self.font()))
        layout.addWidget(title)
        self.table = QTableWidget(len(outcomes), len(_COLUMNS))
        self.table.setAccessibleName("파일마다의 결과")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setColumnWidth(0, 260)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.currentCellChanged.connect(lambda row, *_: self._show_notes(row))
        layout.addWidget(self.table, 2)
        self.notes = QListWidget()
        self.notes.setAccessibleName("알릴 것")
        self.notes.setWordWrap(True)
        layout.addWidget(self.notes, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        keep, close = QPushButton("결과 저장…"), QPushButton("닫기")
        keep.setAutoDefault(False)
        keep.clicked.connect(save)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(keep)
        row.addWidget(close)
        layout.addLayout(row)
        for at, each in enumerate(outcomes):
            self._show(at, each)
        self.table.setCurrentCell(0, 0)

    def _show(self, at: int, each: FileOutcome) -> None:
        counts = (each.cards, each.sums.get("imported", 0), each.sums.get("unplaced", 0))
        for column, text in enumerate((each.file, each.words, *(f"{count:,}" for count in counts))):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if column > 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(at, column, item)

    def _show_notes(self, row: int) -> None:
        self.notes.clear()
        if 0 <= row < len(self.outcomes):
            each = self.outcomes[row]
            self.notes.addItems([each.trouble] if each.trouble else list(each.notes))
