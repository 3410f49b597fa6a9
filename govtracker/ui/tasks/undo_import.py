"""The dialog that takes an import back: which one, and what was changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from govtracker.review import ImportEntry
from govtracker.ui.kit import theme


class UndoImport(QDialog):
    """Accepted = `chosen` is to be taken back; what was changed since stays unless `with_edits` is ticked."""

    def __init__(self, parent: QWidget | None, imports: Sequence[ImportEntry]) -> None:
        super().__init__(parent)
        self.setWindowTitle("가져오기 되돌리기")
        self.resize(760, 520)
        self.imports = imports
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        title = QLabel("되돌릴 가져오기" if imports else "되돌릴 가져오기가 없습니다.")
        title.setFont(theme.heading_font(self.font()))
        layout.addWidget(title)
        self.list = QListWidget()
        self.list.setAccessibleName("되돌릴 가져오기")
        self.list.addItems([f"{each.at}  {each.file}  — 카드 {each.cards}장" for each in imports])
        self.list.currentRowChanged.connect(self._show)
        layout.addWidget(self.list, 1)
        self.about = QLabel()
        self.about.setWordWrap(True)
        layout.addWidget(self.about)
        self.later = QListWidget()
        self.later.setAccessibleName("가져온 뒤에 고친 값")
        self.later.setWordWrap(True)
        layout.addWidget(self.later, 1)
        self.with_edits = QCheckBox("가져온 뒤에 고친 값도 함께 되돌립니다")
        layout.addWidget(self.with_edits)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel, self.go = QPushButton("취소"), QPushButton("되돌리기")
        cancel.setDefault(True)
        self.go.setAutoDefault(False)
        self.go.setEnabled(bool(imports))
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(self.go)
        layout.addLayout(row)
        self.list.setCurrentRow(0 if imports else -1)
        self._show(self.list.currentRow())

    @property
    def chosen(self) -> ImportEntry | None:
        """The import that is to be taken back."""
        row = self.list.currentRow()
        return self.imports[row] if 0 <= row < len(self.imports) else None

    def _show(self, row: int) -> None:
        entry = self.imports[row] if 0 <= row < len(self.imports) else None
        later = entry.later if entry else ()
        self.later.clear()
        self.later.addItems([f"{pledge} · {each.sentence}" for pledge, each in later])
        for widget in (self.later, self.with_edits):
            widget.setVisible(bool(later))
        words = (
            f"가져온 뒤에 고친 값 {len(later)}개는 그대로 둡니다."
            if later
            else "가져온 뒤에 고친 값은 없습니다."
        )
        self.about.setText(words if entry else "")
