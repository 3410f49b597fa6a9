"""The row of steps at the top of a wizard: which one it is, which are done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from govtracker.ui.kit import theme


class Steps(QWidget):
    """Numbered steps, told by words and by shape: a filled number is where one is, a tick is done."""

    def __init__(self, names: tuple[str, ...], right: str) -> None:
        super().__init__()
        self.setObjectName("steps")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        self.names = names
        self.marks: list[QLabel] = []
        self.labels: list[QLabel] = []
        for at, name in enumerate(names):
            if at:
                line = QFrame()
                line.setFrameShape(QFrame.Shape.HLine)
                line.setFixedWidth(40)
                line.setStyleSheet(f"color: {theme.BORDER};")
                row.addWidget(line)
            mark, label = QLabel(), QLabel(name)
            side = mark.fontMetrics().height() + 8
            mark.setFixedSize(side, side)
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(mark)
            row.addWidget(label)
            self.marks.append(mark)
            self.labels.append(label)
        row.addStretch(1)
        promise = QLabel(right)
        promise.setObjectName("muted")
        row.addWidget(promise)
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Show where one is, from 0."""
        for at, (mark, label) in enumerate(zip(self.marks, self.labels, strict=True)):
            radius = mark.width() // 2
            here, done = at == number, at < number
            colour, ground = (
                ("white", theme.ACCENT) if here else (theme.ACCENT if done else theme.MUTED, "white")
            )
            border = theme.BORDER if at > number else theme.ACCENT
            mark.setText("✓" if done else str(at + 1))
            mark.setStyleSheet(
                f"color: {colour}; background: {ground}; border: 1px solid {border}; border-radius: {radius}px; font-weight: bold;"
            )
            label.setStyleSheet(f"color: {theme.ACCENT}; font-weight: bold;" if here else "")
            state = "지금 단계" if here else "끝난 단계" if done else "다음 단계"
            label.setAccessibleName(f"{at + 1} {self.names[at]}, {state}")
