"""Icons: glyphs of the Remix set, which QtAwesome ships, painted as they are needed and sharp at any scale.

Only the font file and its list of names are used: importing QtAwesome itself would cost a third of the start.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from govtracker.ui.kit import theme

_FONT, _NAMES = "remixicon-*.ttf", "remixicon-charmap-*.json"


@cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """(family of the icon font, code point in hex by name); ("", {}) where the set isn't there."""
    found = importlib.util.find_spec("qtawesome")
    folder = Path(found.origin).parent / "fonts" if found is not None and found.origin else None
    fonts = sorted(folder.glob(_FONT)) if folder is not None else []
    if folder is None or not fonts:
        return "", {}
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(fonts[0])))
    names = json.loads(next(folder.glob(_NAMES)).read_text(encoding="utf-8"))
    return (families[0] if families else ""), names


def has_icon(name: str) -> bool:
    """Whether the set has an icon of a name."""
    return name in _glyphs()[1]


def icon(name: str, colour: str = theme.TEXT) -> QIcon:
    """The icon of a name, such as `printer-line`, in a colour; greyed by Qt's own rule where it is disabled."""
    return QIcon(_Engine(name, colour))


class _Engine(QIconEngine):
    """Paints a glyph as large as it is asked for."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self.name, self.colour = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        family, names = _glyphs()
        code = names.get(self.name)
        if not family or code is None:
            return
        font = QFont(family)
        font.setPixelSize(rect.height())
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(theme.DISABLED if mode == QIcon.Mode.Disabled else self.colour))
        painter.drawText(
            rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), chr(int(code, 16))
        )
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Engine(self.name, self.colour)
