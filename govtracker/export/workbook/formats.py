"""The looks of cells as XlsxWriter's formats: each once per workbook, known by a number."""

from __future__ import annotations

from typing import Any

from govtracker.export.document import Style
from govtracker.export.workbook.values import Put

FONTS = {"myeongjo": "바탕", "gothic": "맑은 고딕"}
_SIDES = (("l", "left"), ("r", "right"), ("t", "top"), ("b", "bottom"))


def font_of(style: Style) -> str:
    """Name of the font that spreadsheets have for a style."""
    return FONTS.get(style.family, FONTS["gothic"])


class Looks:
    """Numbers from 1 in order of first use, as XlsxWriter numbers formats that are used in that order."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: list[Any] = []
        self.known: dict[tuple[Any, ...], int] = {}
        self.made: dict[tuple[Any, ...], int] = {}

    def of(self, put: Put, style: Style) -> int:
        """Number of a cell's look."""
        key = (
            style, put.align, put.valign, put.fill, put.borders, put.indent, put.format, put.bold,
            put.whole,
        )  # fmt: skip
        found = self.known.get(key)
        if found is None:
            look = properties(put, style)
            found = self.known[key] = self.made.setdefault(tuple(look.items()), len(self.formats) + 1)
            if found > len(self.formats):
                self.formats.append(self.book.add_format(look))
        return found


def properties(put: Put, style: Style) -> dict[str, Any]:
    """A cell's look in XlsxWriter's words. A number shrinks where it would show as hashes."""
    look: dict[str, Any] = {
        "font_name": font_of(style), "font_size": style.size, "bold": style.bold or put.bold,
        "align": put.align, "valign": "vcenter" if put.valign == "middle" else "top",
    }  # fmt: skip
    look["shrink" if put.whole else "text_wrap"] = True
    if put.indent:
        look |= {"indent": put.indent, "align": "left"}
    if put.fill:
        look |= {"bg_color": put.fill}
    if put.align == "right" and "b" in put.borders:
        look |= {"num_format": _spaced(put.format or "General")}
    elif put.format:
        look |= {"num_format": put.format}
    return look | {name: 1 for side, name in _SIDES if side in put.borders}


def _spaced(number_format: str) -> str:
    """The format with the width of a bracket free behind it, for numbers and for dashes."""
    if number_format.endswith('")"'):  # a figure in brackets stands under such a one
        return number_format
    if ";" in number_format:
        return "".join(f"{part}_);" for part in number_format.split(";")) + "@_)"
    return f"{number_format}_);-{number_format}_);{number_format}_);@_)"
