"""The neutral document: what a card prints, whatever the output. Lengths in mm, type sizes in pt.

Two documents are equal when they print the same: `place` (where in the card a value stands) is not part of
equality.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from functools import cache, lru_cache

from govtracker.model.content import Run
from govtracker.model.figure import Figure
from govtracker.model.place import Place

HEAD, NESTED_HEAD, TOTAL, SHADE = "#E7E6E6", "#F2F2F2", "#F4F4F4", "#C8C8C8"
A4 = (210, 297)
"""Width and height of a page, mm."""
OUTER, INNER, DIVIDER = 0.247, 0.12, 0.25
"""Rules in mm: 0.7 pt outside, hairline inside, Gantt year divider."""


@dataclass(frozen=True, slots=True)
class Style:
    """Type of a paragraph: family is a key of `fonts.toml`, leading a multiple of the size.

    Texts that stay whole are made smaller where they don't fit, down to `least` pt (0 = never).
    In a style with `plain`, only its bold runs are of its family, the others of that one, regular.
    """

    family: str
    size: float
    leading: float
    bold: bool = False
    plain: str = ""
    least: float = 0


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: the mark at `mark_x`, the text hanging at `text_x` (em of the text).

    `number` is drawn in a box before it (section headings); `right` stands at the right edge of the same
    line, joined by a leader of dots if `leader`. `keep` = not parted from what follows. `whole` = not broken, made smaller
    instead (`Style.least`); `balanced` = lines of about equal length.
    `date` stands before the text, joined by a colon at a stop of its own (dated lines).
    `spread` prints a label such as `구 분` with wider gaps in place of its spaces. `clear` (em) stays free at
    the right of right-aligned text, so that digits over a bracket stand in one column.
    """

    runs: tuple[Run, ...]
    style: str = "body"
    align: str = "left"
    mark: str = ""
    level: int = 0
    mark_x: float = 0
    text_x: float = 0
    role: str = "text"
    number: str = ""
    right: str = ""
    leader: bool = False
    date: str = ""
    spread: bool = False
    clear: float = 0
    whole: bool = False
    balanced: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False
    place: Place | None = made(default=None, compare=False)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Choice:
    """A check box and its label; `inside` are the boxes in brackets behind it."""

    label: str
    ticked: bool
    inside: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    options: tuple[Choice, ...]
    style: str = "check"
    place: Place | None = made(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Tabbed:
    """Lines of texts at tab stops (mm from the cell's text edge)."""

    lines: tuple[tuple[tuple[float, str], ...], ...]
    style: str = "check"
    place: Place | None = made(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Pic:
    """A picture, its bytes under `sha`; the caption is a paragraph of its own."""

    sha: str
    width: float
    height: float
    place: Place | None = made(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula over cells: `{}` in the template stands for the cell of each place in turn.

    A place that stands in the same table is meant there, else wherever in the document it stands.
    """

    template: str
    places: tuple[Place, ...] = made(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Lower:
    """The second figure of a pair, printed under the first, and what stands before and behind it."""

    figure: Figure
    formula: Formula | None = None
    around: tuple[str, str] = ("", "")
    place: Place | None = made(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid. `place` is where what it shows stands in the card, each place once in a table.

    `figure` is the typed value (in the printed unit), `decimals` how many places print, `around` what stands
    before and behind it, `zero` how a zero prints ("" = 0); `lower` is the second figure of a pair.
    `repeat` = printed again where the row goes on on another page (row labels). `digits` moves figures of
    narrow columns in so that they stand under the head.
    """

    content: tuple[Flow, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    role: str = "text"
    align: str = "left"
    valign: str = "middle"
    fill: str = ""
    pad: tuple[float, float] = (1.2, 0.8)
    figure: Figure | None = None
    decimals: int = 0
    zero: str = ""
    formula: Formula | None = None
    around: tuple[str, str] = ("", "")
    lower: Lower | None = None
    repeat: bool = False
    divider: bool = False
    place: Place | None = made(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """`splits` = may break over pages though it would fit on one."""

    cells: tuple[Cell, ...]
    height: float = 7.0
    splits: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its first `head` rows are repeated on every page it goes on to. `x` = offset from the left."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    head: int = 0
    x: float = 0
    outer: float = OUTER
    before: float = 0
    after: float = 0
    keep: bool = False
    role: str = "table"


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of segment of a chart: its label, its grey, its hatch ("/", "x" or "")."""

    label: str
    fill: str
    hatch: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: a count per series; `cells` are the places of the cells that show them, `place` its label's."""

    label: str
    counts: tuple[int, ...]
    cells: tuple[Place, ...] = made(default=(), compare=False)
    place: Place | None = made(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of stacked bars that begin `left` from the text's edge, the longest `width` long."""

    bars: tuple[Bar, ...]
    series: tuple[Series, ...]
    left: float = 32
    width: float = 114
    style: str = "chart"


Flow = Para | Choices | Tabbed | Pic | Grid | Bars


@dataclass(frozen=True, slots=True)
class Document:
    """One card, ready to be printed. `running_title` is the running head from the second page on ("": the same)."""

    title: str
    name: str
    items: tuple[Flow, ...]
    styles: Mapping[str, Style]
    margins: tuple[float, float, float, float] = (20, 20, 15, 15)
    running_head: str = ""
    running_date: str = ""
    running_title: str = ""

    @property
    def width(self) -> float:
        """Width of the text area, mm (A4)."""
        return A4[0] - self.margins[0] - self.margins[1]


def places(figure: Figure) -> int:
    """Decimal places of a figure as entered."""
    exponent = figure.value.as_tuple().exponent if figure.value is not None else 0
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


@lru_cache(maxsize=2048)
def plain(
    text: str,
    style: str = "cell",
    align: str = "center",
    place: Place | None = None,
    *,
    role: str = "text",
    clear: float = 0,
    whole: bool = False,
) -> Para:
    """A paragraph of plain text; a label spelled with gaps (구 분) is spread."""
    runs = (Run(text),) if text else ()
    return Para(runs, style, align, role=role, clear=clear, whole=whole, spread=is_spread(text), place=place)


def added(places: Iterable[Place]) -> Formula | None:
    """The sum of the cells of some places, None of none."""
    summands = tuple(places)
    return Formula(_sum_of(len(summands)), summands) if summands else None


@cache
def _sum_of(count: int) -> str:
    return f"SUM({','.join(['{}'] * count)})"


def is_spread(text: str) -> bool:
    """Whether every syllable of a label is parted from the next by one blank: 구 분, 세 부 내 용."""
    parts = text.split(" ")
    return len(parts) > 1 and all(len(part) == 1 and "가" <= part <= "힣" for part in parts)
