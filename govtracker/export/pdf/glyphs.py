"""A font inside one PDF: characters get two-byte codes as they come, and only their glyphs are embedded.

One composite font instead of reportlab's many of 256 characters each: a Korean text is one string, not a
change of font every few syllables. reportlab still reads the font file and cuts the subset.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import pack
from typing import Any

NBSP = "\xa0"
BATCH = 100
"""Most entries that one block of a character map may have."""


class Glyphs(dict[str, str]):
    """Hexadecimal code of each character used so far; asking for a new one gives it the next code."""

    def __init__(self, name: str, font: str) -> None:
        from reportlab.pdfbase import pdfmetrics

        super().__init__()
        self.name = name
        self.face: Any = getattr(pdfmetrics.getFont(font), "face")  # noqa: B009
        self.codes: list[int] = []

    def __missing__(self, char: str) -> str:
        if char == NBSP:
            found = self[" "]
        else:
            self.codes.append(ord(char))
            found = f"{len(self.codes):04X}"
        self[char] = found
        return found

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab calls it when the PDF is saved
        """Put the font into the PDF under its name."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
        from reportlab.pdfbase.ttfonts import SUBSETN

        face = self.face
        base = b"".join((SUBSETN(0), b"+", face.name, face.subfontNameX)).decode("pdfdoc")
        inner = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(base),
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
                ),
                "FontDescriptor": face.addSubsetObjects(doc, base, self.codes),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([face.getCharWidth(code) for code in self.codes])]),
                "CIDToGIDMap": _stream(doc, self._glyph_map(), f"glyphMap:{base}"),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(base),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([doc.Reference(inner, f"cidFont:{base}")]),
                "ToUnicode": _stream(doc, character_map(self.codes).encode("ascii"), f"toUnicode:{base}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.name] = doc.Reference(font, f"font:{base}")

    def _glyph_map(self) -> bytes:
        """The subset's glyph of every code: characters that share a glyph keep codes of their own."""
        places: dict[int, int] = {0: 0}
        glyphs = [self.face.charToGlyph.get(code, 0) for code in self.codes]
        return pack(f">{len(glyphs) + 1}H", 0, *(places.setdefault(glyph, len(places)) for glyph in glyphs))


def _stream(doc: Any, content: bytes, name: str) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress

    return doc.Reference(PDFStream(content=content, filters=[PDFZCompress]), name)


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
