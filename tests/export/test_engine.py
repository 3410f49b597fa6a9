"""The engine's seams: two threads at once, where a page shows a place of the card, what is touched of reportlab."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import govtracker
from govtracker.export.document import Grid
from govtracker.export.encoded import no_picture
from govtracker.export.fonts import face
from govtracker.export.pages.engine import pages
from govtracker.export.pdf import canvas as fence
from govtracker.export.pdf.canvas import Canvas
from govtracker.export.pdf.writer import pdf_bytes
from tests.export.conftest import Sample

ROUNDS = 24


def test_two_threads_render_at_once_what_one_renders_alone(sample: Sample) -> None:
    """Cards with pictures, side by side many times, without a lock around them."""
    documents = list(sample.documents.values())
    alone = [pdf_bytes([document], sample.picture).data for document in documents]

    def render(at: int) -> bytes:
        return pdf_bytes([documents[at % len(documents)]], sample.picture)[0]

    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(render, range(ROUNDS)))
    assert [at for at, data in enumerate(together) if data != alone[at % len(documents)]] == []


def many_glyphs(first: int) -> bytes:
    """A PDF that has some thousand syllables of a font."""
    drawn = Canvas(face("gothic", bold=False).font)
    glyphs = drawn.font(face("myeongjo", bold=False).font)
    for code in range(first, first + 2500):
        assert glyphs[chr(code)]
    drawn.page("", (), no_picture)
    return drawn.saved()


def test_two_threads_cut_subsets_of_one_font_at_once() -> None:
    """A subset is cut by seeking in the font's file: where both threads seek in one, bytes differ or it fails."""
    firsts = (0xAC00, 0xB000)
    alone = [many_glyphs(first) for first in firsts]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as pool:
            together = list(pool.map(many_glyphs, firsts * 4))
    finally:
        sys.setswitchinterval(before)
    assert [data == alone[at % 2] for at, data in enumerate(together)] == [True] * 8


def words_of(pdf: bytes, folder: Path) -> list[list[tuple[str, float, float, float, float]]]:
    """(word, left, top, right, bottom) on every page, as poppler sees it."""
    (folder / "a.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-bbox", str(folder / "a.pdf"), "-"], capture_output=True, check=True)
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')
    return [
        [(text, *map(float, box)) for *box, text in word.findall(page)]  # type: ignore[misc]
        for page in done.stdout.decode().split("<page ")[1:]
    ]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_box_of_a_money_figure_is_where_its_digits_are_printed(sample: Sample, tmp_path: Path) -> None:
    document = sample.documents["6-2"]
    figures = {
        cell.place: cell.content[0].text  # type: ignore[union-attr]
        for item in document.items
        if isinstance(item, Grid) and item.role == "money"
        for row in item.rows
        for cell in row.cells
        if cell.place and cell.figure is not None and cell.figure.value and cell.lower is None
    }
    assert len(figures) > 3
    printed = words_of(pdf_bytes([document], sample.picture).data, tmp_path)
    seen = set()
    for page, words in zip(pages(document), printed, strict=True):
        for source, x, y, width, height in page.boxes():
            text = figures.get(source)
            if text is None:
                continue
            inside = [
                word
                for word, left, top, right, bottom in words
                if x - 1 <= left and right <= x + width + 1 and y - 2 <= (top + bottom) / 2 <= y + height + 2
            ]
            assert inside == [text], (source, inside)
            seen.add(source)
    assert seen == set(figures)


def test_no_other_file_knows_reportlab() -> None:
    root = Path(govtracker.__file__).parent
    knowing = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if re.search(r"^\s*(from|import) reportlab", path.read_text(encoding="utf-8"), re.M)
    }
    assert knowing == {"export/pdf/canvas.py"}


def test_reportlab_still_has_what_is_touched_of_it() -> None:
    """Fails with the name of what an upgrade has moved."""
    drawn = Canvas(face("gothic", bold=False).font)
    document = drawn.canvas._doc
    drawn.canvas.addLiteral("")
    drawn.canvas.showPage()
    objects = {
        "canvas": drawn.canvas,
        "document": document,
        "pages": document.Pages,
        "page": document.Pages.pages[-1],
        "face": fence._face(face("gothic", bold=False).font),
        "info": document.info,
    }
    assert objects.keys() == fence.PRIVATES.keys()
    gone = [
        f"{name}.{private}"
        for name, privates in fence.PRIVATES.items()
        for private in privates
        if not hasattr(objects[name], private)
    ]
    assert gone == []
    assert isinstance(document.Pages.pages, list)
    assert isinstance(document.delayedFonts, list)
    assert isinstance(document.Pages.pages[-1].stream, str)


def test_what_the_fence_touches_with_an_underscore_is_named() -> None:
    tree = ast.parse(Path(fence.__file__).read_text(encoding="utf-8"))
    touched = {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr.startswith("_")
    }
    own = {name for kind in (Canvas, fence._Embedded) for name in vars(kind)}
    named = {private for privates in fence.PRIVATES.values() for private in privates}
    assert "_doc" in touched
    assert touched - own - named == set()
