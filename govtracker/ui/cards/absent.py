"""What stands in the place of a card where there is none: why, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from govtracker.session.state import Session


class AbsentPage(QWidget):
    """Says that the period has no card of the pledge that was open, and offers to make one: `wanted`."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint = QLabel()
        self.hint.setObjectName("muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.make = QPushButton("이 보고기간의 카드 만들기")
        self.make.clicked.connect(self.wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(12)
        box.addStretch(1)
        box.addWidget(self.text)
        box.addWidget(self.hint)
        box.addWidget(self.make, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)

    def show_absent(self, session: Session) -> None:
        """Say why no card is shown."""
        pledge, period = session.absent, session.chosen_period
        if pledge is not None and period is not None:
            name = f"{pledge.number} {pledge.title}".strip()
            self.text.setText(f"{period.label}에는 ‘{name}’의 카드가 없습니다.")
            self.hint.setText("왼쪽에서 다른 공약을 고르거나, 빈 카드를 만들어 씁니다.")
        elif session.cards:
            self.text.setText("왼쪽에서 공약을 고르세요.")
            self.hint.setText("")
        else:
            self.text.setText("아직 카드가 없습니다.")
            self.hint.setText("왼쪽 아래 ‘+ 공약 추가’를 누르거나 작년 엑셀을 가져오세요.")
        self.make.setVisible(pledge is not None)

    def offers(self) -> bool:
        """Whether a card can be made here."""
        return not self.make.isHidden()
