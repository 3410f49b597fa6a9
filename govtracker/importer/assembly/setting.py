"""What the sheets don't say outright: municipality, term, as-of date, the period's name.

SheetView headers are tried first, by the form's own running head, then by the usual wording; then the heads of
the columns and the dates of the events.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from govtracker.forms.columns import Setting
from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import Form, SectionDef
from govtracker.importer.assembly.evidence import (
    Evidence,
    names_in_head,
    page_headers,
    term_of_number,
    term_of_years,
    years_of_cells,
)
from govtracker.importer.assembly.timed_heads import head_score, quarter_ends, short_texts
from govtracker.importer.mapping import Choices
from govtracker.importer.meaning import recognise
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.workbook import Sheet
from govtracker.importer.structure.segment import Region, regions
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.card import Events, Outline
from govtracker.model.dates import Term, month_of, parse_when, term_of_year

UNNAMED = "(지자체 미정)"
"""Where neither the file nor the form names a municipality."""
_AS_OF = re.compile(r"기준일?\s*[:：]?\s*(20\d{2})\s*[.년-]\s*(\d{1,2})\s*[.월-]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known before: from the book, or from the command's options. None = to be derived.

    `sheets` are the only ones to be read (none = all that are shown), `form` is the book's own, `hidden` = cells in
    hidden rows and columns come in, too, `choices` are what somebody decided about the heads, `pledge` is the number and
    title of the one that sheets are of which name none (a table that was copied out of a card).
    """

    municipality: str | None = None
    term: Term | None = None
    as_of: date | None = None
    period: str | None = None
    sheets: tuple[str, ...] = ()
    form: str | None = None
    hidden: bool = False
    choices: Choices = field(default_factory=Choices)
    pledge: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """The setting of an import; `notes` say what was derived and from what."""

    municipality: str
    term: Term
    as_of: date
    period: str
    notes: tuple[str, ...]


def derive(sheets: list[Sheet], form: Form, given: Given, says: Evidence) -> Derived:
    """What is given, and for the rest what the sheets tell."""
    notes: list[str] = []
    heads = page_headers(sheets)
    municipality = given.municipality or _municipality(form, heads, says)
    if given.municipality is None:
        read = any(municipality in text for text in (*heads, *(c.text for s in sheets for c in s.cells)))
        if municipality == UNNAMED:
            notes.append("지자체: 파일에 이름이 없습니다. 이름을 정한 새 대장으로 가져오면 그 이름을 씁니다.")
        else:
            notes.append(f"지자체: {municipality} " + ("(파일에서 읽음)" if read else "(서식의 지자체)"))
    term = given.term or _term(sheets, says)
    if given.term is None:
        notes.append(f"임기: 민선 {term.number}기 {term.label()} (파일의 연도에서 정함)")
    as_of = given.as_of or _as_of(sheets, heads, form, term)
    if given.as_of is None:
        notes.append(f"기준일: {as_of.isoformat()} (파일에서 정함)")
    return Derived(municipality, term, as_of, given.period or period_label(as_of), tuple(notes))


def _municipality(form: Form, heads: list[str], says: Evidence) -> str:
    """As the form's own running head has it, else the first that the file names, else the form's."""
    own = names_in_head(form.running_head, form, heads).get("municipality")
    return own or next(iter(says.municipalities), form.municipality) or UNNAMED


def _term(sheets: list[Sheet], says: Evidence) -> Term:
    """The first term that the file names (민선8기), else the one in which most years of the heads lie."""
    if says.terms:
        return term_of_number(says.terms[0])
    years = years_of_cells(sheets) or says.years
    return term_of_years(years) if years else term_of_year(date.today().year)


def period_label(as_of: date) -> str:
    """`2023년 하반기` for the end of a half-year, else `2023년 3분기`."""
    if as_of.month in (6, 12):
        return f"{as_of.year}년 {'상' if as_of.month == 6 else '하'}반기"
    return f"{as_of.year}년 {(as_of.month + 2) // 3}분기"


def _as_of(sheets: list[Sheet], heads: list[str], form: Form, term: Term) -> date:
    """The as-of date: named in a page header; else the year that the headings name (`2023년 분기별 목표`);
    among the quarter ends that fit the column heads best, the first not before the last event.
    """
    own = parse_when(names_in_head(form.running_date, form, heads).get("as_of", ""))
    for head in (*heads, *_short_cells(sheets)):
        day = _AS_OF.search(head)
        if day:
            with suppress(ValueError):
                return date(int(day[1]), int(day[2]), int(day[3]))
    if own and own.last:
        return _month_end(int(own.last[:4]), int(own.last[5:7]))
    caught = [r.found for sheet in sheets for r in regions(SheetView(sheet), form)]
    for names in caught:
        day = re.fullmatch(
            r"(\d{4})\s*[.년]\s*(\d{1,2})\s*[.월]\s*(\d{1,2})\s*[.일]?", names.get("as_of", "")
        )
        if day:
            return date(int(day[1]), int(day[2]), int(day[3]))
    named = {int(names["as_of_year"]) for names in caught if names.get("as_of_year")}
    ends = [day for day in quarter_ends(term) if not named or day.year in named] or [term.end]
    texts = [short_texts(sheet) for sheet in sheets]
    scores = {end: head_score(texts, form, Setting(term, end)) for end in ends}
    top = max(scores.values())
    best = [end for end in ends if scores[end] == top]
    last = max((m for sheet in sheets for m in _months(sheet, form, Setting(term, best[0]))), default="")
    return next((end for end in best if month_of(end) >= last), best[-1])


def _short_cells(sheets: list[Sheet]) -> Iterator[str]:
    """Texts of cells that may name the as-of date and nothing else."""
    yield from (
        cell.text for sheet in sheets for cell in sheet.cells if "기준" in cell.text and len(cell.text) < 60
    )


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months(sheet: Sheet, form: Form, setting: Setting) -> list[str]:
    """Last months of the sheet's dated events."""
    partial = PartialCard(form, setting, SheetView(sheet))
    wanted: list[Region] = [
        Region(
            [b for b in region.blocks if b.section and _dated(form.section_def(b.section))],
            region.slot,
            region.top,
            region.bottom,
        )
        for region in regions(partial.page, form)
    ]
    recognise(partial, wanted)
    months = []
    for section in partial.sections.values():
        if isinstance(section, Events):
            for event in section.entries:
                span = parse_when(event.when)
                if span and span.last:
                    months.append(span.last)
        elif isinstance(section, Outline):
            months += [label for part in section.parts if (label := _label_month(part.label))]
    return months


def _dated(definition: SectionDef) -> bool:
    """Whether a section says what was done by when: events that don't lie ahead, parts by period."""
    return (definition.kind == "events" and not definition.planned) or bool(definition.start)


def _label_month(label: str) -> str:
    """Last month of a period's label (`(2018. ~ 2020.)`, `(21. 7월~12월 실적)`), "" for a plan or no date."""
    if any(word in label for word in vocabulary("words")["ahead"]):
        return ""
    inside = re.search(r"\(([^()]*)\)", label)
    text = re.sub(r"[^\d.~∼～년월일' ]", "", inside[1] if inside else label).strip()
    span = parse_when(text) or parse_when(f"'{text}")
    return span.last or "" if span else ""
