"""Printed pages beside approved pictures: what moved, vanished or changed its weight is seen. `make approve` approves anew.

The pictures hang on the font files: where others are installed the comparison is skipped, with the reason.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from govtracker.arithmetic.summary import summarise
from govtracker.db.book import Book
from govtracker.export.fonts import font_path
from govtracker.export.pdf.writer import pdf_bytes
from govtracker.export.summary import documents
from govtracker.forms.summary import summary_form
from govtracker.jobs import books, demo, exporting
from tests.support.expected import ROOT
from tests.support.summaries import SETTING, reference

FOLDER = Path(__file__).parent
MADE = ROOT / "build" / "golden"
FONTS = FOLDER / "fonts.json"
APPROVE = os.environ.get("GOVTRACKER_APPROVE") == "1"
DPI, GREYS = 64, 16
SHADE, STRAY = 96, 30
"""Pixels of a page that may differ by more than a shade; a line of text that moves by one pixel changes hundreds."""
CARDS = (
    "6-2", "1-2-1", "3-2-2", "온종일 돌봄도시 조성", "걷고 싶은 골목상권 만들기", "돌봄복지-2", "안전교통-5",
)  # fmt: skip
"""Cards of the bundled sample, of every form; 1-2-1 has the period that runs over ten pages."""


def fonts() -> dict[str, str]:
    """The fonts' files by face, as digests."""
    found = {}
    for family in ("myeongjo", "gothic"):
        for bold in (False, True):
            data = font_path(family, bold).read_bytes()
            found[f"{family}{' bold' if bold else ''}"] = hashlib.sha256(data).hexdigest()
    return found


def pictures(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF in a few greys."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            page.render(scale=DPI / 72, grayscale=True).to_pil().quantize(GREYS).convert("L")
            for page in document
        ]


def book(folder: Path) -> bytes:
    """Some cards of every form of the bundled sample, with cover and contents."""
    made = demo.demo(folder)
    with Book.open(made.book) as opened:
        entries = books.chosen(opened, CARDS)
        exporting.export(opened, folder / "a.pdf", entries, exporting.front_matter(opened, entries))
    return (folder / "a.pdf").read_bytes()


def summary(_: Path) -> bytes:
    """The summary forms of the reference's 24 pledges."""
    made = documents(summary_form(), summarise(reference(changes=False)), SETTING, "한빛시")
    return pdf_bytes(made)[0]


@pytest.mark.parametrize("make", [book, summary], ids=lambda make: make.__name__)
def test_the_pages_are_as_approved(make: object, tmp_path: Path) -> None:
    assert callable(make)
    name = make.__name__
    if not APPROVE and json.loads(FONTS.read_text(encoding="utf-8")) != fonts():
        pytest.skip("the pictures were approved with other font files (tests/golden/fonts.json)")
    shown = {f"{name}-{at:02}.png": page for at, page in enumerate(pictures(make(tmp_path)), 1)}
    if APPROVE:
        approve(name, shown)
    approved = {path.name: path for path in sorted(FOLDER.glob(f"{name}-*.png"))}
    assert list(shown) == list(approved), "another number of pages"
    wrong = [kept for kept, page in shown.items() if strays(page, approved[kept]) > STRAY]
    for kept in wrong:
        show(kept, shown[kept], approved[kept])
    assert not wrong, f"look at {MADE} (approved, made, difference); `make approve` approves them"


def strays(page: Image.Image, approved: Path) -> int:
    """How many pixels differ by more than a shade."""
    with Image.open(approved) as picture:
        if picture.size != page.size:
            return page.width * page.height
        histogram = ImageChops.difference(page, picture.convert("L")).histogram()
    return sum(histogram[SHADE:])


def approve(name: str, shown: dict[str, Image.Image]) -> None:
    """Take the pages as they are for right."""
    for path in FOLDER.glob(f"{name}-*.png"):
        path.unlink()
    for kept, page in shown.items():
        page.quantize(GREYS).save(FOLDER / kept, optimize=True)
    FONTS.write_text(json.dumps(fonts(), indent=1) + "\n", encoding="utf-8")


def show(name: str, page: Image.Image, approved: Path) -> None:
    """Approved, made and their difference side by side, for a person to look at."""
    MADE.mkdir(parents=True, exist_ok=True)
    with Image.open(approved) as picture:
        before = picture.convert("L")
    both = Image.new("L", (page.width * 3, page.height), 255)
    after = page if before.size == page.size else page.resize(before.size)
    for at, each in enumerate((before, page, ImageChops.difference(before, after))):
        both.paste(each, (at * page.width, 0))
    both.save(MADE / name)


def test_a_line_that_moves_by_a_pixel_is_seen(tmp_path: Path) -> None:
    path = FOLDER / "book-03.png"
    with Image.open(path) as picture:
        page = picture.convert("L")
    assert strays(page, path) == 0
    moved = page.copy()
    top = next(y for y in range(300, 400) if page.crop((50, y, 480, y + 12)).getextrema()[0] < SHADE)
    moved.paste(page.crop((50, top, 480, top + 12)), (50, top + 1))
    assert strays(moved, path) > STRAY
    lighter = page.point(lambda grey: min(255, grey + 20))
    assert strays(lighter, path) <= STRAY, "shades of a smoothed edge are no difference"
