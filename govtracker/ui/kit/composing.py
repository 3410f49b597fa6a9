"""Text that an input method is still composing."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def commit_composing() -> None:
    """Take what is being composed into the field, as if the officer had gone on."""
    method = QGuiApplication.inputMethod()
    if method is not None:
        method.commit()
