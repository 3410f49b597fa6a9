"""What a workbook itself says of its municipality, its term and its form, before anything given overrides it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.forms.template import fill
from govtracker.importer.assembly.timed_heads import head_score, quarter_ends, short_texts
from govtracker.importer.package.workbook import Sheet
from govtracker.importer.structure.labels import fold, pattern
from govtracker.importer.structure.pieces import pieces
from govtracker.importer.structure.segment import Region, regions
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.dates import Term, term_of_year

_NAME = r"(?P<name>[가-힣]{1,6}(?:[시군구]|(?<=[기원남북치])도))"
_BEFORE_TERM = re.compile(rf"(?<![가-힣\d]){_NAME}\s*민선")
_AT_THE_START = re.compile(rf"(?:[가-힣]+[시도]\s+)?{_NAME}\s*(?:민선|공약)")
_TERM = re.compile(r"민선\s*(\d{1,2})\s*기")
_YEAR_CELL = re.compile(
    r"(?:(20\d{2})|['‘’](\d{2}))\.?\s*년?도?(?:\s*\d{1,2}\s*[.월].*|이후|까지)?",
)
_YEAR_OF_DATE = re.compile(r"(?<!\d)(20\d{2})\s*[.년]")
_LAST_TERM = 40
"""Numbers of terms beyond it are taken for misprints."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sheets say; nothing said is an empty value.

    `municipalities` and `terms` (numbers: 8 of 민선8기) are those that page headers, first rows and headings
    name. `columns` counts by term number the column heads that the form would print in that term,
    `years` the years of all dates in the cells. `fits` counts by form key the headings of that form, `headings` how
    many of them there are, however often they stand there.
    """

    municipalities: tuple[str, ...] = ()
    terms: tuple[int, ...] = ()
    columns: Mapping[int, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    fits: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, int] = field(default_factory=dict)


def gather(sheets: Sequence[Sheet], forms: Iterable[Form]) -> Evidence:
    """What the sheets say, read by whichever of the forms fits them best, the first of those that fit alike."""
    by_key: dict[str, Form] = {}
    for form in forms:
        by_key.setdefault(form.key, form)
    found = {
        key: [_headings(piece, form) for sheet in sheets for piece in pieces(sheet, form)]
        for key, form in by_key.items()
    }
    fits = {key: sum(map(len, own)) for key, own in found.items()}
    best = by_key[max(fits, key=lambda key: fits[key])]
    parts = [
        region for s in sheets for piece in pieces(s, best) for region in regions(SheetView(piece), best)
    ]
    terms = tuple(dict.fromkeys(_terms(sheets, parts)))
    return Evidence(
        tuple(dict.fromkeys(_municipalities(sheets, best))),
        terms,
        {} if terms else _column_fits(sheets, best),
        years_of_dates(sheets),
        fits,
        {key: len({heading for each in own for heading in each}) for key, own in found.items()},
    )


def _headings(sheet: Sheet, form: Form) -> list[tuple[int, str]]:
    """The headings of the form that a sheet has: the block's number and the slot of each."""
    found = regions(SheetView(sheet), form)[1:]
    return [(form.block.index(region.blocks[0]), region.slot) for region in found]


def page_headers(sheets: Iterable[Sheet]) -> list[str]:
    """Texts of the sheets' page headers."""
    return [item.text for sheet in sheets for item in sheet.beside if item.what == "page header"]


def names_in_head(template: str, form: Form, heads: Iterable[str]) -> dict[str, str]:
    """Names that the form's own running head catches in the first page header that has its wording."""
    wanted = pattern(fill(template, {"name": form.name}))
    for head in heads:
        caught = wanted.search(fold(head))
        if caught:
            return {name: text for name, text in caught.groupdict().items() if text}
    return {}


def _municipalities(sheets: Sequence[Sheet], form: Form) -> Iterator[str]:
    for head in page_headers(sheets):
        caught = names_in_head(form.running_head, form, [head]).get("municipality", "")
        name = re.search(rf"{_NAME}$", caught) or _AT_THE_START.match(head) or _BEFORE_TERM.search(head)
        if name:
            yield name["name"]
    for text in _first_texts(sheets):
        title = _AT_THE_START.match(text)
        if title and _TERM.search(text):
            yield title["name"]


def _first_texts(sheets: Iterable[Sheet]) -> Iterator[str]:
    """The text of each sheet's first row, where a sheet without a page header names itself."""
    for sheet in sheets:
        written = [cell for cell in sheet.cells if cell.text.strip()]
        top = min((cell.row for cell in written), default=0)
        yield from (cell.text.strip() for cell in written if cell.row == top)


def _terms(sheets: Sequence[Sheet], parts: Iterable[Region]) -> Iterator[int]:
    titles = [text for text in _first_texts(sheets) if _AT_THE_START.match(text)]
    named = [number for text in (*page_headers(sheets), *titles) for number in _TERM.findall(text)]
    named += [part.found["term"] for part in parts if "term" in part.found]
    yield from (number for number in map(int, named) if 2 <= number <= _LAST_TERM)


def years_of_cells(sheets: Iterable[Sheet]) -> Counter[int]:
    """Years that stand alone in cells, as the heads of columns do."""
    matches = (_YEAR_CELL.fullmatch(cell.text.strip()) for sheet in sheets for cell in sheet.cells)
    return Counter(int(year[1]) if year[1] else 2000 + int(year[2]) for year in matches if year)


def years_of_dates(sheets: Iterable[Sheet]) -> Counter[int]:
    """Years of the dates in any text: `2021. 7`, `2021년`."""
    texts = (cell.text for sheet in sheets for cell in sheet.cells)
    return Counter(int(year) for text in texts for year in _YEAR_OF_DATE.findall(text))


def term_of_number(number: int) -> Term:
    """The regular term 민선 N기, from the second on."""
    return term_of_year(1998 + (number - 2) * 4)


def term_of_years(years: Mapping[int, int]) -> Term:
    """The term in which most of some years lie, each counted as often as it is written."""
    terms = [term_of_year(year) for year in years]
    return max(terms, key=lambda term: sum(years.get(year, 0) for year in term.years))


def _column_fits(sheets: Sequence[Sheet], form: Form) -> dict[int, int]:
    """By term number: how many column heads of the form, at the quarter's end that suits best, the sheets have."""
    terms = {term_of_year(year + late) for year in years_of_cells(sheets) for late in (-1, 0)}
    texts = [short_texts(sheet) for sheet in sheets]
    return {
        term.number: max(head_score(texts, form, Setting(term, end)) for end in quarter_ends(term))
        for term in terms
    }
