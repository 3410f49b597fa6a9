"""A folder of workbooks into a book: one file after another, a transaction each, with what became of every one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from govtracker.db.book import Book
from govtracker.errors import Trouble
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.child import GoOn
from govtracker.jobs.importing import Imported, commit, differences_of, files_in, plan_file
from govtracker.review import FileOutcome


def import_folder(book: Book, folder: Path, go_on: GoOn) -> tuple[FileOutcome, ...]:
    """Import every file of a folder; cancelled between two files it leaves what is in."""
    return tuple(_outcomes(book, files_in(folder), go_on))


def _outcomes(book: Book, files: list[Path], go_on: GoOn) -> Iterator[FileOutcome]:
    for at, file in enumerate(files):
        if not go_on(at / len(files)):
            yield from (FileOutcome(each.name, "취소하여 읽지 않았습니다.") for each in files[at:])
            return
        yield _outcome(book, file, partial(_share, go_on, at, len(files)))


def _share(go_on: GoOn, at: int, count: int, share: float) -> bool:
    """Go on, where a share of the file at a position is done."""
    return go_on((at + share * _READING) / count)


_READING = 0.9
"""How much of a file's time is reading."""


def _outcome(book: Book, file: Path, go_on: GoOn) -> FileOutcome:
    """A file that isn't this book's, or that can't be read, leaves the book as it is."""
    try:
        plan = plan_file(book, file, Given(), None, go_on)
        others = differences_of(book, plan)
        if others:
            return FileOutcome(file.name, " ".join(each.sentence for each in others))
        return _told(file, commit(book, plan, file))
    except Trouble as trouble:
        return FileOutcome(file.name, f"{trouble.fault} {trouble.remedy}")


def _told(file: Path, imported: Imported) -> FileOutcome:
    changes = imported.changes
    rows = [row for change in changes for row in change.rows]
    return FileOutcome(
        file.name,
        "",
        len(changes),
        sum(change.is_new for change in changes),
        sum(row.by_default for row in rows),
        sum(not row.by_default for row in rows),
        imported.plan.ledger.sums(),
        tuple(imported.plan.ledger.notes),
    )
