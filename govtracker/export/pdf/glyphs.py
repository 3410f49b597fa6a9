"""The characters of a font inside one PDF: they get two-byte codes as they come, and only their glyphs are embedded.

One composite font instead of reportlab's many of 256 characters each: a Korean text is one string, not a
change of font every few syllables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import pack

NBSP = "\xa0"
BATCH = 100
"""Most entries that one block of a character map may have."""


class Glyphs(dict[str, str]):
    """Hexadecimal code of each character used so far; asking for a new one gives it the next code.

    `name` is what the PDF calls the font, `codes` are the characters in the order of their codes, from 1.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.codes: list[int] = []

    def __missing__(self, char: str) -> str:
        self[char] = self[" "] if char == NBSP else self._next(char)
        return self[char]

    def _next(self, char: str) -> str:
        self.codes.append(ord(char))
        return f"{len(self.codes):04X}"


def glyph_map(glyphs: Sequence[int]) -> bytes:
    """The subset's glyph of every code, given the font's: characters that share a glyph keep codes of their own."""
    places: dict[int, int] = {0: 0}
    return pack(f">{len(glyphs) + 1}H", 0, *(places.setdefault(glyph, len(places)) for glyph in glyphs))


def character_map(codes: list[int]) -> str:
    """The PDF's map from codes (1, 2 ...) to characters, for search and copying."""
    return "\n".join(_map_lines(codes))


def _map_lines(codes: list[int]) -> Iterator[str]:
    yield "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
    yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
    yield "/CMapName /Adobe-Identity-UCS def /CMapType 2 def"
    yield "1 begincodespacerange <0000> <FFFF> endcodespacerange"
    for start in range(0, len(codes), BATCH):
        batch = codes[start : start + BATCH]
        yield f"{len(batch)} beginbfchar"
        for at, code in enumerate(batch, start + 1):
            yield f"<{at:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        yield "endbfchar"
    yield "endcmap CMapName currentdict /CMap defineresource pop end end"
