"""reportlab, fenced in: fonts as files, and one PDF as pages of operators, fonts, pictures, outline and links.

No other file imports reportlab. `PRIVATES` names whatever is touched here that it doesn't document, so that a test
says which of it an upgrade has moved.
"""

from __future__ import annotations

import io
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from govtracker.export.pages.items import PAGE_HEIGHT, PAGE_WIDTH, Image
from govtracker.export.pdf.glyphs import Glyphs, character_map, glyph_map

PRIVATES: Mapping[str, tuple[str, ...]] = {
    "canvas": ("_doc",),
    "document": ("info", "Pages", "delayedFonts", "idToObject", "Reference"),
    "pages": ("pages",),
    "page": ("stream", "Contents", "Resources"),
    "face": (
        "name", "subfontNameX", "charToGlyph", "charWidths", "defaultWidth", "getCharWidth", "addSubsetObjects",
        "_pos",
    ),
    "info": ("title", "subject", "author", "creator", "format"),
}  # fmt: skip
"""By object: the canvas, its document, that one's list of pages, a closed page, the face of a font, the titles."""
LEVEL = 2
"""How hard page contents are compressed: six would make a book a twelfth smaller in three times the time."""
_loading = threading.RLock()


def load_font(path: Path) -> tuple[str, dict[int, float]]:
    """Register a font file: its name, and the width of every character that it has (1/1000 em)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"gt-{path.stem}"
    with _loading:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(path), subfontIndex=0))
    face = _face(name)
    return name, {code: face.charWidths.get(code, face.defaultWidth) for code in face.charToGlyph}


def _face(name: str) -> Any:
    """A registered font's face: the parsed file."""
    from reportlab.pdfbase import pdfmetrics

    return getattr(pdfmetrics.getFont(name), "face")  # noqa: B009


class Canvas:
    """One PDF of A4 pages in Korean, without anything that depends on when or where it is written."""

    def __init__(self, font: str) -> None:
        """`font` is any registered one: reportlab would embed one of its own otherwise."""
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas as ReportlabCanvas

        rl_config.useA85 = 0
        self.target = io.BytesIO()
        make: Any = ReportlabCanvas
        self.canvas = make(
            self.target,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            lang="ko",
            initialFontName=font,
            pdfVersion=(1, 7),
        )
        self.document = self.canvas._doc
        self.document.info = _undated()
        self.canvas.setCreator("GovTracker")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self.fonts: dict[str, Glyphs] = {}
        self.pictures: dict[str, Any] = {}
        self.plain: Any = None

    def titled(self, title: str, subject: str) -> None:
        """What the PDF's properties say of it."""
        self.canvas.setTitle(title)
        self.canvas.setSubject(subject)

    def authored(self, author: str) -> None:
        """Whose PDF it is, in its properties."""
        self.canvas.setAuthor(author)

    def bookmark(self, key: str) -> None:
        """Name the page that is being written."""
        self.canvas.bookmarkPage(key)

    def bookmark_at(self, key: str, y: float) -> None:
        """Name a place of the page that is being written, `y` points from its top."""
        self.canvas.bookmarkPage(key, fit="XYZ", left=0, top=round(PAGE_HEIGHT - y, 2))

    def outline(self, text: str, key: str, level: int = 0, *, closed: bool = False) -> None:
        """An entry of the outline; the place that the key names may come later."""
        self.canvas.addOutlineEntry(text, key, level, closed)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """A rectangle of the page that leads to a named place (points, y downwards)."""
        bottom = PAGE_HEIGHT - y - height
        self.canvas.linkAbsolute("", key, (x, bottom, x + width, bottom + height), Border="[0 0 0]")

    def font(self, name: str) -> Glyphs:
        """A registered font as this PDF knows it, entered the first time."""
        if name not in self.fonts:
            self.fonts[name] = Glyphs(f"G{len(self.fonts) + 1}")
            self.document.delayedFonts.append(_Embedded(self.fonts[name], copy(_face(name))))
        return self.fonts[name]

    def page(self, operators: str, images: Sequence[Image], pictures: Callable[[str], bytes]) -> None:
        """Close the page; its content is packed at once, so that a long book stays small in memory."""
        from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

        for image in images:
            self._image(image, pictures)
        self.canvas.addLiteral(operators)
        self.canvas.showPage()
        page = self.document.Pages.pages[-1]
        packed = zlib.compress(page.stream.encode("ascii"), LEVEL)
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed, [])
        page.stream = None
        if not images:
            page.Resources = self._resources()

    def to_front(self, count: int) -> None:
        """Move the last pages before all others."""
        pages = self.document.Pages.pages
        pages[:] = [*pages[-count:], *pages[:-count]]

    def saved(self) -> bytes:
        """The finished PDF."""
        self.canvas.save()
        return self.target.getvalue()

    def _image(self, image: Image, pictures: Callable[[str], bytes]) -> None:
        """A picture with its lower left corner at x and y, counted from the page's lower left one."""
        from reportlab.lib.utils import ImageReader

        if image.sha not in self.pictures:
            self.pictures[image.sha] = ImageReader(io.BytesIO(pictures(image.sha)))
        self.canvas.drawImage(
            self.pictures[image.sha], image.x, image.y, image.width, image.height, mask="auto"
        )

    def _resources(self) -> Any:
        """What pages without pictures use, named once for all of them."""
        from reportlab.pdfbase.pdfdoc import PDFResourceDictionary

        if self.plain is None:
            resources = PDFResourceDictionary()
            resources.basicFonts()
            resources.basicProcs()
            self.plain = self.document.Reference(resources, "plainResources")
        return self.plain


def _undated() -> Any:
    """Title, subject, author and creator, without the time stamps that reportlab always writes."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString

    class Undated(PDFInfo):
        author = subject = ""

        def format(self, document: Any) -> Any:
            texts = {
                "Title": self.title, "Subject": self.subject, "Author": self.author, "Creator": self.creator,
            }  # fmt: skip
            return PDFDictionary({key: PDFString(text) for key, text in texts.items() if text}).format(
                document
            )

    return Undated()


class _Embedded:
    """A font to be put into a PDF when that is saved: one composite font of the characters that it has shown.

    The face is a copy of the registered one: cutting a subset moves the place where the file is read.
    """

    def __init__(self, glyphs: Glyphs, face: Any) -> None:
        self.glyphs, self.face = glyphs, face

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls it when the PDF is saved
        """Put the font into the PDF under its name."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        name, inner = self._inner(document)
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(name),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(inner, f"cidFont:{name}")]),
                "ToUnicode": _stream(
                    document, character_map(self.glyphs.codes).encode("ascii"), f"toUnicode:{name}"
                ),
            }
        )
        document.idToObject["BasicFonts"].dict[self.glyphs.name] = document.Reference(font, f"font:{name}")

    def _inner(self, document: Any) -> tuple[str, Any]:
        """(name, the font that the composite one is composed of)."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
        from reportlab.pdfbase.ttfonts import SUBSETN

        face, codes = self.face, self.glyphs.codes
        name = b"".join((SUBSETN(0), b"+", face.name, face.subfontNameX)).decode("pdfdoc")
        glyphs = [face.charToGlyph.get(code, 0) for code in codes]
        registry = {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
        return name, PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(name),
                "CIDSystemInfo": PDFDictionary(registry),
                "FontDescriptor": face.addSubsetObjects(document, name, codes),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([face.getCharWidth(code) for code in codes])]),
                "CIDToGIDMap": _stream(document, glyph_map(glyphs), f"glyphMap:{name}"),
            }
        )


def _stream(document: Any, content: bytes, name: str) -> Any:
    """A compressed stream of the PDF, known by a name."""
    from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress

    return document.Reference(PDFStream(content=content, filters=[PDFZCompress]), name)
