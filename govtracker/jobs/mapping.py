"""What a book remembers of how workbooks were read: loaded for a plan, kept after an import, exchanged as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from govtracker.db import mappings
from govtracker.db.book import Book
from govtracker.errors import Refused
from govtracker.importer.assembly.plan import ImportPlan
from govtracker.importer.assembly.setting import Given
from govtracker.importer.mapping import Choices, from_text, head_key, to_text

LABELS = "labels"
"""Fingerprint under which a book keeps labels that stand beside their values."""


def remembered(book: Book) -> tuple[Choices, tuple[str, ...]]:
    """(everything that a book remembers, names of what of it is damaged: that is passed over)."""
    choices, broken = Choices(), []
    for each in mappings.list_mappings(book):
        try:
            own = from_text(each.body)
            choices = choices.joined(replace(own, names=dict.fromkeys(own.names, each.name)))
        except ValueError:
            broken.append(each.name or each.fingerprint)
    return choices, tuple(broken)


def with_memory(book: Book | None, given: Given) -> tuple[Given, list[str]]:
    """(what is given, with what the book remembers under it; a remark for each damaged mapping)."""
    if book is None:
        return given, []
    kept, broken = remembered(book)
    remarks = [f"기억한 맞춤이 손상되어 쓰지 않았습니다: {name}" for name in broken]
    return replace(given, choices=kept.joined(given.choices)), remarks


def remember(book: Book, choices: Choices) -> None:
    """Keep what was decided: a mapping for each table's heads, and one for the labels."""
    known = {each.fingerprint: each.name for each in mappings.list_mappings(book)}
    for key, heads in choices.heads.items():
        name = known.get(key) or choices.names.get(key, "")
        mappings.remember(book, key, name, to_text(Choices({key: heads}, names={key: name})))
    if choices.labels:
        kept, _ = remembered(book)
        mappings.remember(
            book, LABELS, "항목 이름", to_text(Choices(labels={**kept.labels, **choices.labels}))
        )


def choices_of(plan: ImportPlan) -> Choices:
    """The mapping that a plan was made by, head by head; heads that nobody knows are left out."""
    heads = {
        table.fingerprint: {head_key(column.path): column.target for column in table.columns if column.target}
        for table in plan.tables
    }
    return Choices(heads, names={table.fingerprint: table.sheet for table in plan.tables})


def read_mapping(file: Path) -> Choices:
    """The choices of a mapping's file; Refused where it is none."""
    try:
        return from_text(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise Refused(
            file.name,
            "맞춤 파일이 아니거나 손상되었습니다.",
            "이 프로그램에서 내보낸 맞춤 파일을 고르세요.",
            detail=str(error),
        ) from error


def listed(book: Book) -> list[tuple[str, str, str, int]]:
    """(fingerprint, name, when it was saved, number of heads; 0 = damaged) of every mapping."""
    return [
        (each.fingerprint, each.name, each.at, _count(each.body)) for each in mappings.list_mappings(book)
    ]


def _count(body: str) -> int:
    try:
        choices = from_text(body)
    except ValueError:
        return 0
    return len(choices.labels) + sum(len(heads) for heads in choices.heads.values())


def exported(book: Book) -> str:
    """Everything that a book remembers as a file's text."""
    return to_text(remembered(book)[0])
