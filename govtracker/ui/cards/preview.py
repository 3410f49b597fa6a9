"""The pages of the card beside its editors: rendered by a worker, the old ones stay until the new are ready."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from govtracker.model.card import Card
from govtracker.model.place import Place
from govtracker.ui.backend import PageImage
from govtracker.ui.kit import theme
from govtracker.ui.kit.worker import Worker

DELAY = 400
"""Milliseconds after the last change until the pages are made anew."""


class Rail(QToolButton):
    """What is left of the preview when it is folded: a narrow button with its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setText("‹\n\n미\n리\n보\n기")
        self.setAccessibleName("미리보기 펼치기")
        self.setToolTip("미리보기 펼치기 (F9)")
        self.setFixedWidth(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setVisible(False)


class PageLabel(QLabel):
    """A page; `framed` is drawn around (in pixels), `clicked_twice(x, y)` in shares of the page."""

    clicked_twice = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.framed: QRectF | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def paper(self) -> QRectF:
        """Where the page stands in the label."""
        size = self.pixmap().deviceIndependentSize()
        return QRectF((self.width() - size.width()) / 2, 0.0, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.framed is not None:
            paper = self.paper()
            box = self.framed
            painter = QPainter(self)
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(
                QRectF(
                    paper.left() + box.left() * paper.width() - 3,
                    paper.top() + box.top() * paper.height() - 2,
                    box.width() * paper.width() + 6,
                    box.height() * paper.height() + 4,
                )
            )
            painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        paper = self.paper()
        if paper.width() and paper.height():
            at = event.position()
            self.clicked_twice.emit(
                (at.x() - paper.left()) / paper.width(), (at.y() - paper.top()) / paper.height()
            )


class Preview(QWidget):
    """Pages of the card that `show_card` was told last. `failed(error)`, `folded` when it is to be hidden.

    `follow(place)` frames what is being edited; `place_wanted(place)` when somebody clicks a place twice.
    """

    failed = Signal(object)
    folded = Signal()
    place_wanted = Signal(object)

    def __init__(
        self, render: Callable[[Card, float], list[PageImage]], worker: Worker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(320)
        self.render_pages, self.worker = render, worker
        self.card: Card | None = None
        self.rendered: Card | None = None
        self.running: Card | None = None
        self.images: list[PageImage] = []
        self.zoom = 1.0
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(DELAY)
        self.timer.timeout.connect(self._start)
        self.count = QLabel("0쪽")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance("88 / 88쪽") + 4)
        head = QWidget()
        head.setObjectName("previewHead")
        row = QHBoxLayout(head)
        title = QLabel("미리보기")
        title.setObjectName("title")
        row.addWidget(title)
        row.addStretch(1)
        for text, by, tip in (("‹", -1, "앞쪽"), ("›", 1, "뒤쪽")):
            button = QToolButton()
            button.setObjectName("small")
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _=False, by=by: self._turn(by))
            row.addWidget(button)
            if by < 0:
                row.addWidget(self.count)
        fold = QToolButton()
        fold.setObjectName("small")
        fold.setText("접기")
        fold.setToolTip("미리보기 접기 (F9)")
        fold.setAccessibleName("미리보기 접기")
        fold.clicked.connect(lambda: self.folded.emit())
        row.addWidget(fold)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setObjectName("previewPages")
        self.area.setAccessibleName("미리보기 쪽")
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.sheets = QWidget()
        self.column = QVBoxLayout(self.sheets)
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(14)
        self.column.addStretch(1)
        self.area.setWidget(self.sheets)
        self.area.verticalScrollBar().valueChanged.connect(self._tell_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.area, 1)
        self.labels: list[PageLabel] = []
        self.place: Place | None = None

    def show_card(self, card: Card | None) -> None:
        """Show this card's pages: another card's at once, the same one's a moment after its last change."""
        before, self.card = self.card, card
        if card is before:
            return
        same = _same(before, card)
        if not same and self.images:
            self.images, self.rendered = [], None
            self._show()
        if card is not None:
            self.timer.start(DELAY if same else 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.timer.start(0)

    def _start(self) -> None:
        """Render what isn't rendered yet, one card at a time; nothing while nobody looks."""
        if (
            self.card is None
            or self.running is not None
            or self.card is self.rendered
            or not self.isVisible()
        ):
            return
        card = self.running = self.card
        self.worker.run(
            lambda: self.render_pages(card, 2.0),
            lambda images: self._done(card, images),
            lambda error: self._failed(card, error),
        )

    def _done(self, card: Card, images: list[PageImage]) -> None:
        """Pages that came; those of a card that isn't shown any more are dropped."""
        self.running = None
        if _same(card, self.card):
            self.images, self.rendered = images, card
            self._show()
        self._start()

    def _failed(self, card: Card, error: BaseException) -> None:
        """A card that can't be rendered isn't tried again before it changes."""
        self.running = None
        if card is self.card:
            self.rendered = card
            self.failed.emit(error)
        self._start()

    def _show(self) -> None:
        while len(self.labels) < len(self.images):
            label = PageLabel()
            at = len(self.labels)
            label.clicked_twice.connect(lambda x, y, at=at: self._clicked(at, x, y))
            self.labels.append(label)
            self.column.insertWidget(len(self.labels) - 1, label)
        while len(self.labels) > len(self.images):
            self.labels.pop().deleteLater()
        width = max(200, round((self.area.viewport().width() - 40) * self.zoom))
        ratio = self.devicePixelRatioF()
        for label, image in zip(self.labels, self.images, strict=True):
            picture = QImage(
                image.data, image.width, image.height, image.width * 4, QImage.Format.Format_RGBX8888
            )
            scaled = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            label.setPixmap(QPixmap.fromImage(scaled))
            label.setStyleSheet("border: 1px solid #C4CAD1; background: white;")
        self._tell_page()
        self._frame()

    # ------------------------------------------------------------ what is being edited

    def follow(self, place: Place | None) -> None:
        """Frame the block of a place and bring the place into sight."""
        if place != self.place:
            self.place = place
            self._frame(scroll=True)

    def _frame(self, *, scroll: bool = False) -> None:
        """Frame what belongs to the place's section, on the page where the place itself stands."""
        found = self._page_of(self.place) if self.place is not None else None
        for at, label in enumerate(self.labels):
            framed = found[1] if found is not None and found[0] == at else None
            if framed != label.framed:
                label.framed = framed
                label.update()
        if scroll and found is not None:
            at, _, exact = found
            label = self.labels[at]
            paper = label.paper()
            y = label.y() + round(paper.top() + exact.center().y() * paper.height())
            self.area.ensureVisible(0, y, 0, self.area.viewport().height() // 3)

    def _page_of(self, place: Place) -> tuple[int, QRectF, QRectF] | None:
        """(page, box of the section there, box of the place): the place itself, else its record, else its section."""
        tests: tuple[Callable[[Place], bool], ...] = (
            lambda other: other == place,
            lambda other: other.section == place.section and bool(place.id) and other.id == place.id,
            lambda other: other.section == place.section,
        )
        for is_it in tests:
            found = [
                [QRectF(*box) for other, *box in image.boxes if is_it(other)]
                for image in self.images[: len(self.labels)]
            ]
            at = max(
                range(len(found)), key=lambda at: len(found[at]), default=-1
            )  # a header may show a sum of it
            if at >= 0 and found[at]:
                whole = [
                    QRectF(*box) for other, *box in self.images[at].boxes if other.section == place.section
                ]
                return at, _around(whole), found[at][0]
        return None

    def _clicked(self, at: int, x: float, y: float) -> None:
        """A place was clicked twice: the smallest box there."""
        boxes = self.images[at].boxes if at < len(self.images) else ()
        hit = [
            (w * h, place)
            for place, left, top, w, h in boxes
            if left <= x <= left + w and top <= y <= top + h
        ]
        if hit:
            self.place_wanted.emit(min(hit, key=lambda pair: pair[0])[1])

    def _page(self) -> int:
        at = self.area.verticalScrollBar().value() + self.area.viewport().height() // 3
        return next(
            (i for i, label in enumerate(self.labels) if label.y() + label.height() > at),
            len(self.labels) - 1,
        )

    def _tell_page(self) -> None:
        self.count.setText(f"{self._page() + 1} / {len(self.images)}쪽" if self.images else "0쪽")

    def _turn(self, by: int) -> None:
        at = self._page() + by
        if 0 <= at < len(self.labels):
            self.area.verticalScrollBar().setValue(self.labels[at].y() - 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl+wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom = max(0.5, min(4.0, self.zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1)))
            self._show()
            event.accept()
            return
        super().wheelEvent(event)


def _around(boxes: list[QRectF]) -> QRectF:
    whole = QRectF(boxes[0])
    for box in boxes[1:]:
        whole = whole.united(box)
    return whole


def _same(one: Card | None, other: Card | None) -> bool:
    """Whether two values are of one card: the same pledge in the same period."""
    if one is None or other is None:
        return False
    return (one.pledge.id, one.period.id) == (other.pledge.id, other.period.id)
