"""The saved versions of a section: looked at, and one of them made the present one as a step that can be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout

from govtracker.model.content import one_line
from govtracker.session.draft import Change
from govtracker.ui.host import Host


class History(QDialog):
    """Versions of the sections of a tab (key and label); `chosen` (section, version) is to be the present one."""

    def __init__(self, host: Host, card: str, sections: list[tuple[str, str]]) -> None:
        super().__init__(host.widget)
        self.host, self.card, self.sections = host, card, sections
        self.numbers: list[int] = []
        self.lines: list[list[str]] = []
        self.setWindowTitle("지난 판")
        self.resize(680, 520)
        layout = QVBoxLayout(self)
        self.section = QComboBox()
        self.section.setAccessibleName("카드의 부분")
        self.section.addItems([label for _, label in sections])
        layout.addWidget(self.section)
        layout.addWidget(QLabel("저장한 때"))
        self.list, self.differences = QListWidget(), QListWidget()
        self.list.setAccessibleName("저장한 때")
        self.differences.setAccessibleName("지금과 다른 곳 (그때 → 지금)")
        layout.addWidget(self.list, 2)
        layout.addWidget(QLabel("지금과 다른 곳 (그때 → 지금)"))
        layout.addWidget(self.differences, 3)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("이 판으로 되돌리기", QDialogButtonBox.ButtonRole.AcceptRole)
        stay = buttons.addButton("닫기", QDialogButtonBox.ButtonRole.RejectRole)
        self.go.setAutoDefault(False)
        stay.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.section.currentIndexChanged.connect(lambda _: self._show_section())
        self.list.currentRowChanged.connect(self._show_version)
        self._show_section()
        self.list.setFocus()

    @property
    def chosen(self) -> tuple[str, int]:
        """Key of the section and number of the version."""
        return self.sections[self.section.currentIndex()][0], self.numbers[self.list.currentRow()]

    def _show_section(self) -> None:
        found = self.host.backend.versions(self.card, self.sections[self.section.currentIndex()][0])
        self.numbers = [number for number, _, _ in found]
        self.lines = [lines for _, _, lines in found]
        self.list.clear()
        for _, when, lines in found:
            self.list.addItem(f"{when} — {f'다른 곳 {len(lines)}' if lines else '지금과 같음'}")
        self.list.setCurrentRow(0)
        self._show_version(self.list.currentRow())

    def _show_version(self, row: int) -> None:
        lines = self.lines[row] if 0 <= row < len(self.lines) else []
        self.differences.clear()
        self.differences.addItems(lines or ["지금과 같습니다."])
        self.go.setEnabled(bool(lines))


def show_history(host: Host) -> None:
    """The versions of the shown tab's sections; the chosen one becomes the present one."""
    opened = host.session.opened
    if opened is None or not host.flush():
        return
    form = host.backend.form(opened.draft.card.form)
    sections = [(key, one_line(form.section_def(key).label)) for key in host.tab_sections()]
    dialog = History(host, opened.id, sections)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        key, number = dialog.chosen
        section = host.backend.version(opened.id, key, number)
        host.edited(opened.id, Change(key, section))
        host.say(f"{form.section_def(key).label}: 지난 판으로 되돌렸습니다. Ctrl+Z로 다시 돌립니다.")
