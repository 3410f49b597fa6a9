"""Whether a workbook is this book's: where what the file itself says differs from the open book."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from govtracker.forms import loader
from govtracker.importer.assembly.evidence import Evidence, term_of_number, term_of_years
from govtracker.model.dates import Term

_DATED = 3
"""Dates that a workbook must hold for their years to say in which term it was written."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing (`what`: 지자체, 임기, 서식) that the file and the book have differently, as the officer reads it."""

    what: str
    file: str
    book: str

    @property
    def sentence(self) -> str:
        """The difference in words."""
        return f"{self.what}: 파일은 {self.file}, 대장은 {self.book}."


def differences(
    says: Evidence, municipality: str, term: Term, forms: Collection[str]
) -> tuple[Difference, ...]:
    """What the file says otherwise than the book; `forms` are the keys of the book's own form and of its cards.

    Nothing said is no difference, and neither is what fits the book as well as anything else.
    """
    return (
        *_other_municipalities(says, municipality),
        *_other_term(says, term),
        *_other_form(says, forms),
    )


def _other_municipalities(says: Evidence, municipality: str) -> Iterator[Difference]:
    others = [name for name in says.municipalities if not _same_place(name, municipality)]
    if others:
        yield Difference("지자체", ", ".join(others), municipality)


def _same_place(one: str, other: str) -> bool:
    """`한빛특례시` is `한빛시`, `서울특별시 한빛구` is `한빛구`, and a name may stand without its kind of place."""
    first, second = _plain(one), _plain(other)
    return first == second or first == second[:-1] or first[:-1] == second


def _plain(municipality: str) -> str:
    last = (municipality.split() or [""])[-1]
    return re.sub(r"(?:특별자치|특별|광역|특례)(?=[시도]$)", "", last)


def _other_term(says: Evidence, term: Term) -> Iterator[Difference]:
    number = _term_said(says, term)
    if number != term.number:
        yield Difference("임기", _term_label(number), _term_label(term.number))


def _term_said(says: Evidence, term: Term) -> int:
    """Number of the term that the file is of; the book's own where the file doesn't say another one."""
    if says.terms:
        return term.number if term.number in says.terms else says.terms[0]
    best = max(says.columns, key=lambda number: says.columns[number], default=term.number)
    if says.columns.get(best, 0) > says.columns.get(term.number, 0):
        return best
    return term.number if any(says.columns.values()) else _term_of_dates(says, term)


def _term_of_dates(says: Evidence, term: Term) -> int:
    """The term in which most dates lie, if not one lies in the years of the book's."""
    own = term_of_number(term.number)
    if sum(says.years.values()) < _DATED or any(year in own.years for year in says.years):
        return term.number
    return term_of_years(says.years).number


def _term_label(number: int) -> str:
    return f"민선 {number}기"


def _other_form(says: Evidence, forms: Collection[str]) -> Iterator[Difference]:
    best = max(says.fits, key=lambda key: says.fits[key], default="")
    if says.fits.get(best, 0) > max((says.fits.get(key, 0) for key in forms), default=0):
        yield Difference("서식", _form_label(best), ", ".join(map(_form_label, sorted(forms))))


def _form_label(key: str) -> str:
    form = loader.find(key)
    return f"{form.municipality} {form.name}"
