"""What the summary forms print: `summary.toml` as frozen objects. Strict: an unknown key names file and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from dataclasses import field as made
from functools import cache
from pathlib import Path

from govtracker import resources
from govtracker.errors import FormTrouble
from govtracker.forms.loader import REMEDY, build, catalogue
from govtracker.forms.schema import Page, Type

FILE = "summary.toml"
UNSORTED = "unsorted"
"""Key of what has no status, in the tables of the chart."""
HATCHES = ("/", "x")
_COLOR = re.compile("#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class StatusForm:
    """Counts by status; `widths` are those of count and ratio, `total_widths` of the first pair."""

    heading: str
    label: str
    heads: tuple[str, ...]
    label_width: float
    total_widths: tuple[float, ...]
    widths: tuple[float, ...]
    caption: str = ""
    row_height: float = 7.2
    head_height: tuple[float, ...] = (7.2, 7.2)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindLabels:
    nature: str
    completion: str
    finance: str


@dataclass(frozen=True, slots=True)
class KindOptions:
    new: str
    continuing: str
    within: str
    after: str
    money: str
    no_money: str


@dataclass(frozen=True, slots=True)
class KindsForm:
    """Counts by kind; the options share what the first column leaves."""

    heading: str
    labels: KindLabels
    options: KindOptions
    label_width: float
    caption: str = ""
    row_height: float = 7.0


@dataclass(frozen=True, slots=True)
class MoneyLabels:
    """Labels of the money table's rows: the total cost, then the roles of measures that are summed up."""

    cost: str
    funding: str
    spending: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Columns of the money table; `group` of a source in the catalogue is one of these."""

    national: str
    regional: str
    local: str
    private: str
    other: str


GROUPS = tuple(each.name for each in fields(Sources))


@dataclass(frozen=True, slots=True)
class FinanceForm:
    """Money by source, in `unit` won.

    `rate_note` says what the execution rate divides, `left_out_note` that cards were left out of it, if any were.
    """

    heading: str
    label: str
    labels: MoneyLabels
    sources: Sources
    execution_rate: str
    rate_note: str
    left_out_note: str
    label_width: float
    unit: int = 1_000_000
    caption: str = ""
    row_height: float = 7.0


@dataclass(frozen=True, slots=True)
class ChartForm:
    """Bars begin `left` mm from the text's edge and are at most `width` mm long.

    `fills` and `hatches` by status; "unsorted" stands for cards without one.
    """

    heading: str
    fills: Mapping[str, str]
    hatches: Mapping[str, str]
    left: float
    width: float
    caption: str = ""


@dataclass(frozen=True, slots=True)
class OverallForm:
    title: str
    fields: StatusForm
    departments: StatusForm
    kinds: KindsForm
    finance: FinanceForm
    chart: ChartForm


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """`count` is how a field's cards are counted, `part` how those of one status; `counts` are widths of name and count.

    `words_note` lists the forms' own words for a status that differ from the common one, each as `word`.
    """

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    counts: tuple[float, ...]
    count: str
    part: str
    words_note: str
    word: str
    caption: str = ""
    row_height: float = 7.0


@dataclass(frozen=True, slots=True)
class ChangesForm:
    """`empty` stands where nothing was changed."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    before: str
    after: str
    empty: str
    row_height: float = 7.0


@dataclass(frozen=True, slots=True)
class SummaryForm:
    """`title` names the forms together."""

    overall: OverallForm
    details: DetailsForm
    changes: ChangesForm
    title: str
    unsorted: str
    none: str
    total: str
    running_head: str = ""
    running_date: str = ""
    page: Page = made(default_factory=Page)
    type: Type = made(default_factory=Type)
    status: Mapping[str, str] = made(default_factory=dict)


@cache
def summary_form() -> SummaryForm:
    """The bundled summary forms."""
    return load(resources.root() / FILE)


def load(path: Path) -> SummaryForm:
    """Summary forms of a file; FormTrouble naming the file, the place and the key for anything that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FormTrouble(path.name, f"서식 파일을 읽을 수 없습니다: {error}", REMEDY) from error
    form = build(SummaryForm, data, path.name)
    for place, fault in _faults(form):
        raise FormTrouble(f"{path.name}: {place}", fault, REMEDY)
    return form


def _faults(form: SummaryForm) -> Iterator[tuple[str, str]]:
    """(place, fault) of what does not hold together."""
    for place, found, count in _lengths(form):
        if len(found) != count:
            yield place, f"값이 {count}개여야 합니다: {len(found)}개"
    statuses = [option.key for option in catalogue()["status"].options]
    chart = form.overall.chart
    places = {
        "status": form.status,
        "overall.chart.fills": chart.fills,
        "overall.chart.hatches": chart.hatches,
    }
    for place, table in places.items():
        for key in table:
            if key not in (*statuses, UNSORTED):
                yield place, f"모르는 항목입니다: {key!r}"
    for key in (*statuses, UNSORTED):
        if not _COLOR.fullmatch(chart.fills.get(key, "")):
            yield f"overall.chart.fills.{key}", f"#RRGGBB 색이어야 합니다: {chart.fills.get(key)!r}"
    for key, hatch in chart.hatches.items():
        if hatch not in HATCHES:
            yield f"overall.chart.hatches.{key}", f"{', '.join(HATCHES)} 가운데 하나여야 합니다: {hatch!r}"


def _lengths(form: SummaryForm) -> Iterator[tuple[str, tuple[object, ...], int]]:
    """Lists that have one value per column, with their lengths."""
    for name, part in (("fields", form.overall.fields), ("departments", form.overall.departments)):
        for key, found in (
            ("heads", part.heads),
            ("widths", part.widths),
            ("total_widths", part.total_widths),
        ):
            yield f"overall.{name}.{key}", found, 2
        yield f"overall.{name}.head_height", part.head_height, 2
    yield "details.heads", form.details.heads, 5
    yield "details.widths", form.details.widths, 5
    yield "details.counts", form.details.counts, 2
    yield "changes.heads", form.changes.heads, 6
    yield "changes.widths", form.changes.widths, 6
