"""The main job on the bundled samples: a new book of them, and the official files from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from govtracker import resources
from govtracker.db.book import Book
from govtracker.files import BOOK, PDF, WORKBOOK, Written
from govtracker.importer.assembly.setting import Given
from govtracker.jobs.books import chosen
from govtracker.jobs.exporting import export, front_matter
from govtracker.jobs.importing import Imported, import_into


@dataclass(frozen=True, slots=True)
class Sample:
    """A bundled last-year workbook and the key of the form that it is kept in."""

    file: Path
    form: str


def sample_workbooks() -> tuple[Sample, ...]:
    """The bundled last-year workbooks, one of each form."""
    listed = resources.table("sample/index.toml")["workbook"]
    return tuple(Sample(resources.root() / "sample" / each["file"], each["form"]) for each in listed)


def import_samples(path: Path) -> tuple[Imported, ...]:
    """Import all bundled workbooks: the first makes the book, the others are of its period and keep their own form."""
    first, *others = sample_workbooks()
    imported = import_into(path, first.file, Given(), first.form)
    period = imported.plan.period
    given = Given(as_of=period.as_of, period=period.label)
    return (imported, *(import_into(path, other.file, given, other.form, anyway=True) for other in others))


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made: a book, and its cards as files of every kind."""

    book: Path
    imported: tuple[Imported, ...]
    files: tuple[Written, ...]


def demo(folder: Path) -> Demo:
    """Import all samples into one new book in the folder, which is made where needed, and export its cards."""
    folder.mkdir(parents=True, exist_ok=True)
    path = free_name(folder / f"보기 대장{BOOK.suffix}")
    imported = import_samples(path)
    with Book.open(path) as book:
        entries = chosen(book)
        outs = [path.with_suffix(kind.suffix) for kind in (PDF, WORKBOOK)]
        written = [export(book, out, entries, front_matter(book, entries)) for out in outs]
    return Demo(path, imported, tuple(file for file in written if file))


def free_name(path: Path) -> Path:
    """The path, or the first like it with a number that is still free."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem} {number}")
    return free
