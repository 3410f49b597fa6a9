"""Fonts by preference list: files found in the system's folders, or inside Python packages as a last resort.

Offers widths for measuring (units of 1/1000 em) and splits text by the first font that has each character. What is
remembered only ever grows by what the font files say, so threads may share it: two of them at worst look up the
same thing.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from govtracker.errors import FileTrouble
from govtracker.resources import table

Value = TypeVar("Value")
MISSING = ""
"""Font name of a character that no font has: it is painted as a visible box."""


def unseen(char: str) -> bool:
    """Whether a character shows nothing itself: joiners and the selectors of emoji and Hanja variants."""
    code = ord(char)
    return unicodedata.category(char) == "Cf" or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft" / "Windows" / "Fonts"
    else:
        yield from (
            home / ".fonts",
            home / ".local/share/fonts",
            home / "Library/Fonts",
            Path("/Library/Fonts"),
        )
        yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    for package, inside in (("koreanize_matplotlib", "fonts"), ("matplotlib", "mpl-data/fonts/ttf")):
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            yield Path(place) / inside


@cache
def _files() -> dict[str, Path]:
    """Font files by lower-case name, the first folder winning."""
    files: dict[str, Path] = {}
    for folder in _folders():
        if folder.is_dir():
            for path in sorted(folder.rglob("*.tt[fc]")) + sorted(folder.rglob("*.TT[FC]")):
                files.setdefault(path.name.lower(), path)
    return files


@cache
def font_path(family: str, bold: bool) -> Path:
    """File of a family's regular or bold face; FileTrouble saying what to install where there is none."""
    wanted = table("fonts.toml")[family]["bold" if bold else "regular"]
    for name in wanted:
        if name.lower() in _files():
            return _files()[name.lower()]
    raise FileTrouble(
        "글꼴", "한글 글꼴을 찾을 수 없습니다.", f"다음 글꼴 가운데 하나를 설치하세요: {', '.join(wanted)}"
    )


@cache
def _loaded(path: Path) -> tuple[str, dict[int, float]]:
    """(name, width of every character in 1/1000 em) of a font file."""
    from govtracker.export.pdf.canvas import load_font

    return load_font(path)


@cache
def _fallbacks(bold: bool) -> tuple[tuple[str, dict[int, float]], ...]:
    """The fonts for what a face lacks, in the order in which they are asked."""
    wanted = table("fonts.toml")["fallback"]["bold" if bold else "regular"]
    return tuple(_loaded(_files()[name.lower()]) for name in wanted if name.lower() in _files())


class Face:
    """A family in one weight: widths and fallback by character, both remembered."""

    def __init__(self, family: str, bold: bool) -> None:
        self.font, self.own = _loaded(font_path(family, bold))
        self.bold = bold
        self.fonts = _Remembered(lambda char: self._find(ord(char))[0])
        self.widths = _Remembered(lambda char: self._find(ord(char))[1])

    def char(self, char: str) -> tuple[str, float]:
        """(font, width in 1/1000 em) of a character; font MISSING where no font has it."""
        return self.fonts[char], self.widths[char]

    def _find(self, code: int) -> tuple[str, float]:
        if code in self.own:
            return self.font, self.own[code]
        for name, widths in _fallbacks(self.bold):
            if code in widths:
                return name, widths[code]
        return MISSING, 0.0 if unseen(chr(code)) else 1000.0

    def width(self, text: str) -> float:
        """Width of a text in 1/1000 em."""
        return sum(map(self.widths.__getitem__, text))

    def pieces(self, text: str) -> list[tuple[str, str, float]]:
        """(font, text, width in 1/1000 em) stretches, each in one font."""
        fonts = list(map(self.fonts.__getitem__, text))
        if not fonts or fonts.count(fonts[0]) == len(fonts):
            return [(fonts[0], text, self.width(text))] if fonts else []
        stretches: list[tuple[str, str, float]] = []
        start = 0
        for at in range(1, len(text) + 1):
            if at == len(text) or fonts[at] != fonts[start]:
                piece = text[start:at]
                stretches.append((fonts[start], piece, self.width(piece)))
                start = at
        return stretches


class _Remembered(dict[str, Value]):
    """What was found out about each character: a table that fills itself, so that texts are looked up at C speed."""

    def __init__(self, find: Callable[[str], Value]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, char: str) -> Value:
        self[char] = value = self.find(char)
        return value


@cache
def face(family: str, bold: bool) -> Face:
    """The face of a family, loaded once."""
    return Face(family, bold)
