"""Pictures are kept once, as fine as print needs, upright; the original, too, where the book wants it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import random
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from govtracker import pictures
from govtracker.app import Program
from govtracker.db import schema
from govtracker.db.book import Book
from govtracker.db.merge import add_cards
from govtracker.db.pictures import keeps_originals, read_original, read_picture
from govtracker.errors import FileTrouble, Refused
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books, dumping, exporting, importing
from govtracker.model.card import Card, Outline, Part, Period, Pledge
from govtracker.model.content import Line, Picture, Run
from govtracker.model.dates import Term, parse_term
from tests.support.expected import SAMPLE

TERM: Term = parse_term("2022-07-01..2026-06-30")


def drawn(width: int, height: int, kind: str = "PNG", mode: str = "RGB", turned: int = 0) -> bytes:
    """A picture with fine detail, so that no file of it is small."""
    noise = Image.effect_noise((width, height), 90).convert(mode)
    out, exif = io.BytesIO(), Image.Exif()
    if turned:
        exif[pictures.ORIENTATION] = turned
    noise.save(out, kind, exif=exif) if turned else noise.save(out, kind)
    return out.getvalue()


def pixels(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_fine_picture_is_made_as_fine_as_200_dpi_need(kind: str) -> None:
    data = drawn(1600, 1200, kind)
    kept = pictures.fitted(data, 80, 60)
    assert pixels(kept) == (630, 472)
    assert len(kept) < len(data) / 3
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == kind


def test_what_is_kept_stays_as_it_is_the_next_time() -> None:
    kept = pictures.fitted(drawn(1600, 1200), 80, 60)
    assert pictures.fitted(kept, 80, 60) is kept
    assert pictures.fitted(kept, 79.9, 59.8) is kept


def test_a_coarse_picture_is_left_alone() -> None:
    data = drawn(400, 300)
    assert pictures.fitted(data, 120, 90) is data


@pytest.mark.parametrize("mode", ["P", "1", "L", "RGBA"])
def test_palettes_and_greys_stay_readable(mode: str) -> None:
    kept = pictures.fitted(drawn(1600, 1200, mode=mode), 40, 30)
    assert pixels(kept)[0] <= 1600


def test_a_photograph_that_the_camera_turned_stands_upright() -> None:
    data = drawn(300, 200, "JPEG", turned=6)
    assert pictures.size(data, "사진.jpg") == (200, 300)
    assert pixels(pictures.upright(data)) == (200, 300)
    assert pictures.fitted(data, 120, 180) is data, "a workbook's box is that of the pixels as they lie"


def test_a_scan_in_sixteen_bits_stays_as_it_is() -> None:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("I;16").save(out, "PNG")
    assert pictures.fitted(out.getvalue(), 80, 60) == out.getvalue()


def test_damaged_notes_of_a_camera_cost_nothing_but_themselves() -> None:
    data, rng = drawn(300, 200, "JPEG", turned=6), random.Random(7)
    for _ in range(300):
        broken = bytearray(data)
        for _ in range(3):
            broken[rng.randrange(4, 120)] = rng.randrange(256)
        kept = bytes(broken)
        pictures.fitted(pictures.upright(kept), 10, 10)
        with contextlib.suppress(FileTrouble):
            pictures.size(kept, "사진.jpg")


def test_a_photograph_keeps_its_colours_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(out, "JPEG", icc_profile=profile)
    with Image.open(io.BytesIO(pictures.fitted(out.getvalue(), 80, 60))) as image:
        assert (image.format, image.info["icc_profile"]) == ("JPEG", profile)


def test_what_is_no_picture_is_refused_by_size_and_left_alone_by_fitted() -> None:
    with pytest.raises(FileTrouble, match="그림으로 읽을 수 없는"):
        pictures.size(b"no picture", "글.png")
    assert pictures.fitted(b"no picture", 10, 10) == b"no picture"
    cut = drawn(1600, 1200)[:5000]
    assert pictures.fitted(cut, 10, 10) is cut


def test_a_book_keeps_originals_only_where_it_wants_them(book_path: Path) -> None:
    program = Program()
    program.create(book_path, "한빛구", TERM, "gwanak")
    first, second = drawn(1600, 1200), drawn(1600, 1200, "JPEG")
    plain = program.add_picture(first, 80, 60)
    assert program.original(plain) == program.picture(plain)
    program.keep_originals(True)
    kept = program.add_picture(second, 80, 60)
    assert program.original(kept) == second
    assert pixels(program.picture(kept)) == (630, 472)
    again = program.add_picture(first, 80, 60)
    assert (again, program.original(again)) == (plain, first), "one picture, its original now beside it"
    program.close()
    with Book.open(book_path) as book:
        assert book.conn.execute("select count(*) from picture").fetchone()[0] == 2
        assert keeps_originals(book)


def card_with(sha: str) -> Card:
    items = (Line(0, "○", (Run("마을 잔치"),)), Picture(sha, 120.0, 90.0, "< 잔치 >"))
    part = Part("situation", "현 황", items)
    return Card(
        Pledge("마을 잔치", "1-1"),
        Period("2023년 하반기", date(2023, 12, 31)),
        "gwanak",
        (("situation", Outline((part,))),),
    )


def test_an_imported_picture_is_made_smaller_and_comes_back_the_same(tmp_path: Path) -> None:
    data = drawn(2400, 1800)
    sha = hashlib.sha256(data).hexdigest()
    book_path = tmp_path / "a.govtracker"
    with books.new_book(book_path, "한빛구", TERM, "gwanak") as book:
        add_cards(book, [card_with(sha)], {sha: data})
        exporting.export(book, tmp_path / "fine.xlsx", books.chosen(book), None)
    importing.import_into(tmp_path / "b.govtracker", tmp_path / "fine.xlsx", Given(), originals=True)
    with Book.open(tmp_path / "b.govtracker") as book:
        rows = book.conn.execute("select sha, data, original from picture").fetchall()
        assert len(rows) == 1
        assert pixels(rows[0]["data"])[0] == pytest.approx(120 / 25.4 * 200, abs=4)
        assert rows[0]["original"] == data
        first = exporting.Documents(book, books.chosen(book))[0]
        exporting.export(book, tmp_path / "b.xlsx", books.chosen(book), None)
    importing.import_into(tmp_path / "c.govtracker", tmp_path / "b.xlsx", Given())
    with Book.open(tmp_path / "c.govtracker") as book:
        assert exporting.Documents(book, books.chosen(book))[0] == first


def test_a_book_of_the_first_version_opens_and_gets_the_place_for_originals(book_path: Path) -> None:
    importing.import_into(book_path, SAMPLE, Given())
    with Book.open(book_path) as book:
        before = dumping.dump_whole(book)
        with book.writing() as conn:
            conn.execute("alter table picture drop column original")
            conn.execute("delete from _sqlite_migrations where name = 'm004_originals'")
            conn.execute("pragma user_version = 1")
    with Book.open(book_path) as book:
        assert book.conn.execute("pragma user_version").fetchone()[0] == schema.VERSION
        assert dumping.dump_whole(book) == before
        sha = book.conn.execute("select sha from picture").fetchone()[0]
        assert read_original(book, sha) == read_picture(book, sha)


def test_a_refused_import_leaves_the_books_choice_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.govtracker"
    importing.import_into(path, SAMPLE, Given())
    with pytest.raises(Refused):
        importing.import_into(
            path, SAMPLE, Given(None, None, date(2023, 6, 30), "2023년 하반기"), originals=True
        )
    with Book.open(path) as book:
        assert not keeps_originals(book)
    importing.import_into(path, SAMPLE, Given(), originals=True)
    with Book.open(path) as book:
        assert keeps_originals(book)
