"""Backups: looked at beside the book, and put back; a damaged book is opened from its newest good one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from govtracker.errors import BookDamaged, BookTrouble
from govtracker.session.state import BookInfo
from govtracker.ui.host import Host
from govtracker.ui.kit.message import Message

TOLD = 8
"""Damaged places that a message lists."""


class Backups(QDialog):
    """A book's backups, each with what differs from the book; `chosen` is to be put back."""

    def __init__(self, host: Host, found: tuple[tuple[Path, str], ...]) -> None:
        super().__init__(host.widget)
        self.host, self.found = host, found
        self.setWindowTitle("백업에서 되살리기")
        self.resize(640, 480)
        layout = QVBoxLayout(self)
        about = QLabel(
            "되살리면 지금 대장은 백업으로도, 옆 파일로도 남습니다. 아래는 지금 대장과 다른 곳입니다."
        )
        about.setWordWrap(True)
        layout.addWidget(about)
        self.list, self.differences = QListWidget(), QListWidget()
        self.list.setAccessibleName("백업")
        self.differences.setAccessibleName("지금 대장과 다른 곳")
        self.list.addItems([text for _, text in found])
        layout.addWidget(self.list, 2)
        layout.addWidget(self.differences, 3)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("이 백업으로 되살리기", QDialogButtonBox.ButtonRole.AcceptRole)
        stay = buttons.addButton("닫기", QDialogButtonBox.ButtonRole.RejectRole)
        self.go.setAutoDefault(False)
        stay.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    @property
    def chosen(self) -> Path:
        """The backup that is to be put back."""
        return self.found[self.list.currentRow()][0]

    def _show(self, row: int) -> None:
        self.differences.clear()
        readable = False
        if 0 <= row < len(self.found):
            try:
                lines = self.host.backend.differing(self.found[row][0])
                readable = True
            except BookTrouble as trouble:
                lines = (f"{trouble.fault} 되살릴 수 없습니다.",)
            self.differences.addItems(list(lines) or ["지금 대장과 같습니다."])
        self.go.setEnabled(readable)


def restore(host: Host) -> None:
    """Show the open book's backups and put one back on consent."""
    book = host.session.book
    if book is None or not host.flush():
        return
    found = host.backend.backups(book.path)
    if not found:
        host.say("아직 백업이 없습니다. 하루에 한 번, 가져오기 전, 새 판으로 바꾸기 전에 만듭니다.")
        return
    dialog = Backups(host, found)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        chosen = dialog.chosen
        host.change_book(lambda: host.backend.put_back(book.path, chosen))


def open_damaged(host: Host, path: Path, trouble: BookDamaged) -> BookInfo | None:
    """What is opened in place of a damaged book: its newest good backup, if there is one and somebody wants it."""
    found = host.backend.good_backup(path)
    if found is None or not _is_wanted(host.widget, trouble, found[1]):
        raise trouble
    return host.backend.put_back(path, found[0])


def tell_damage(parent: QWidget, told: tuple[str, ...]) -> None:
    """What was damaged in the open book and how it was mended."""
    if told:
        sentences = [
            "디스크나 복사 중의 오류로 대장의 값이 바뀌어 있었습니다. 마지막으로 저장한 값을 씁니다.",
            "대장을 다른 디스크에 한 부 더 두고, 디스크를 점검하세요.",
            *told[:TOLD],
        ]
        if len(told) > TOLD:
            sentences.append(f"그 밖에 {len(told) - TOLD}곳 (‘자세히’에 모두 있습니다)")
        Message(parent, "손상된 곳을 바로잡았습니다", sentences, "\n".join(told)).exec()


def _is_wanted(parent: QWidget, trouble: BookDamaged, backup: str) -> bool:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("대장 열기")
    box.setText(f"{trouble.place}\n{trouble.fault}")
    box.setInformativeText(f"가장 최근 백업({backup})으로 열 수 있습니다. 손상된 파일은 옆에 그대로 둡니다.")
    go = box.addButton("백업으로 열기", QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton("열지 않기", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is go
