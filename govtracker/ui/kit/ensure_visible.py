"""Keeping what is being edited in sight: editors are as high as their contents, the page around them scrolls."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget


def ensure_visible(widget: QWidget, rect: QRect) -> None:
    """Scroll the page so that this part of a widget is in sight."""
    if not widget.hasFocus():
        return
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    page = parent.widget() if isinstance(parent, QScrollArea) else None
    if isinstance(parent, QScrollArea) and page is not None:
        place = widget.mapTo(page, QPoint(rect.center().x(), rect.center().y()))
        parent.ensureVisible(place.x(), place.y(), 20, rect.height() // 2 + 24)
