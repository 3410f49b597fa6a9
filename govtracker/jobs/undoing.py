"""An import taken back as a whole, with the list of what was changed since."""

from __future__ import annotations

from govtracker.db.book import Book
from govtracker.db.imports import ImportRun, later_edits, list_imports, undo_import
from govtracker.errors import Refused
from govtracker.forms import loader
from govtracker.jobs.books import setting_of
from govtracker.jobs.naming import Names
from govtracker.review import ImportEntry, NamedDifference


def chosen(book: Book, run: str | None) -> ImportRun:
    """The import of an id, the last one that still stands where none is given; Refused where there is none."""
    standing = [each for each in list_imports(book) if not each.undone and run in (None, each.id)]
    if not standing:
        raise Refused(
            run or book.path.name,
            "되돌릴 가져오기가 없습니다.",
            "가져오기 목록에서 되돌리지 않은 것을 고르세요.",
        )
    return standing[0]


def later(book: Book, run: str) -> list[tuple[str, NamedDifference]]:
    """(pledge, what came in -> what it is now) of every value that was changed after an import brought it."""
    found = []
    for number, (entry, difference) in enumerate(later_edits(book, run)):
        names = Names(loader.find(entry.form), setting_of(book, entry.period))
        pledge = f"{entry.pledge.number} {entry.pledge.title}".strip()
        found.append((pledge, names.row(number, difference)))
    return found


def entries(book: Book) -> tuple[ImportEntry, ...]:
    """Every import that still stands, the last one first, with what was changed since."""
    return tuple(
        ImportEntry(run.id, run.file, run.at.replace("T", " ")[:16], run.cards, tuple(later(book, run.id)))
        for run in list_imports(book)
        if not run.undone
    )


def undo(book: Book, run: str, *, with_edits: bool = False) -> None:
    """Take an import back; what was changed since stays unless it is to go, too."""
    undo_import(book, run, with_edits=with_edits)
