"""Every icon that the window names is in the set, and is painted: also large, for a screen at 150 percent."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon

import govtracker.ui
from govtracker.ui.commands import COMMANDS
from govtracker.ui.kit.icons import has_icon, icon

UI = Path(govtracker.ui.__file__).parent


def named() -> set[str]:
    """Names that stand in the window's code as icons do: words joined by hyphens that the set may know."""
    texts = {
        node.value
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {
        text
        for text in texts
        if text.endswith("-line") or text.startswith(("insert-", "merge-", "split-", "indent-"))
    }


def test_every_icon_is_in_the_set(qapp):
    assert len(named()) > 10
    assert [name for name in sorted(named()) if not has_icon(name)] == []
    assert [command.key for command in COMMANDS if command.icon and not has_icon(command.icon)] == []


@pytest.mark.parametrize("side", [16, 24, 48])
def test_an_icon_fills_its_square(qapp, side):
    image = icon("printer-line").pixmap(side, side).toImage()
    ink = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 80
    ]
    assert max(y for _, y in ink) - min(y for _, y in ink) > image.height() * 0.6


def test_a_disabled_icon_is_grey(qapp):
    on, off = (
        icon("printer-line").pixmap(32, 32, mode).toImage()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert on != off
