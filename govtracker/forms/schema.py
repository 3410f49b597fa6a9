"""What a form file may say, as frozen objects. Defaults here are the defaults of the file.

Every key of a TOML table is a field of the class of the same place; `loader` refuses any other.
Measures are millimetres, type sizes points, leadings multiples of the size. A form, its sections, blocks and grid
cells are themselves and no other (`eq=False`): what is computed from one can be kept under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

COST = "cost"
"""Role of the money column whose figures are the card's total cost (총사업비)."""


@dataclass(frozen=True, slots=True)
class Page:
    left: float = 20
    right: float = 20
    top: float = 15
    bottom: float = 15

    @property
    def width(self) -> float:
        """Width of the text area on A4."""
        return 210 - self.left - self.right


@dataclass(frozen=True, slots=True)
class Type:
    """Families are keys of `fonts.toml`; `above` is the space above headings of main parts, mm.

    `shrink` is the size down to which figures are made smaller where their column is too narrow (0 = never).
    """

    body: str = "myeongjo"
    head: str = "gothic"
    size: float = 10.5
    leading: float = 1.6
    cell: float = 10
    cell_leading: float = 1.35
    heading: float = 12
    subheading: float = 11.5
    caption: float = 9.5
    title: float = 16
    number: float = 14
    above: float = 5.2
    shrink: float = 7.0


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: str
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class FactDef:
    """A field of the catalogue as this form prints it; `names` are what else sheets call it.

    `carried` = in a list a blank cell goes on with the one above.
    """

    label: str
    type: str = "text"
    options: tuple[Option, ...] = ()
    names: tuple[str, ...] = ()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class FactChange:
    """What a form prints otherwise than the catalogue: its label, its type, its options' labels (only those named)."""

    label: str = ""
    type: str = ""
    options: Mapping[str, str] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of an outline: `heading` is how its label prints: "□", "○", "【】" (or "【 】") or "" for not at all.

    An `optional` slot prints nothing while it is empty.
    """

    key: str
    label: str = ""
    heading: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A category, or a group of indicators' rows; the rows of a `share` group are shares, no indicators."""

    key: str
    label: str
    share: bool = False


KEEP, CLEAR, SHIFT = ROLLS = ("keep", "clear", "shift")
"""What a section may do in the next period."""


@dataclass(frozen=True, eq=False, slots=True)
class SectionDef:
    """One section of the card: its data, whatever the blocks that print it.

    People's department: read off a role that ends in `department_head`, or that of the fact `department_fact`.
    `planned` = its events lie ahead. `start` are the labels of the parts that a new outline begins with.
    In the next period (roll-forward) a section stays as it is (`roll` = keep), begins anew (clear), or, an outline by
    periods, its first part grows by the second, which begins anew, and its last part is the plan (shift). What is planned
    in a section waits there to be confirmed as a result of the section `becomes`.
    """

    key: str
    kind: str
    label: str
    fields: tuple[str, ...] = ()
    marks: tuple[str, ...] = ("□", "○", "-", "·")
    slots: tuple[Slot, ...] = ()
    free_slots: str = ""
    line: str = "{role}: {name}({phone})"
    department_head: str = ""
    department_fact: str = ""
    unit: int = 1_000_000
    unit_label: str = "백만원"
    sources: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    labels: Mapping[str, str] = made(default_factory=dict)
    items: bool = False
    groups: tuple[Named, ...] = ()
    categories: tuple[Named, ...] = ()
    planned: bool = False
    start: tuple[str, ...] = ()
    roll: str = KEEP
    becomes: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """`style`: boxed (number in a box), major (□ of a main part), square (□ within a part), plain (number and
    label), bracket (【】), circle (○), row (the first row of the table's head).

    A label may name the first and last year of its table's columns (`{first}`, `{last}`), and a fact
    with what stands there without one (`{key|word}`).
    """

    label: str
    style: str = "square"
    number: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column, or a family of them (`each`); heads of several levels are parted by `|`.

    `over` is a range of months (see `columns.RANGES`), `when` keeps only past, current or future ones.
    `measures` maps past/current/future to the measures that a money column then has.
    `head_first`/`head_last` label a year that the range cuts short at its start or end; `width_last` is then
    its width. A column with `least` gives way to its family's columns, down to that width. `role` says what the
    column's figures are to whoever asks the card for them (COST).
    """

    field: str = ""
    key: str = ""
    head: str = ""
    head_first: str = ""
    head_last: str = ""
    width: float = 0
    width_last: float = 0
    least: float = 0
    align: str = "center"
    each: str = ""
    over: str = ""
    when: tuple[str, ...] = ()
    measures: Mapping[str, tuple[str, ...]] = made(default_factory=dict)
    sum: str = ""
    formula: str = ""
    decimals: int = 0
    empty: str = ""
    merge: bool = False
    blank: str = ""
    hidden: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Footer:
    """A closing row: a label up to `column`, the formula's value in it."""

    label: str
    column: str
    formula: str
    decimals: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class GridCell:
    """A cell of a header grid: exactly one of label, fact, total, people or blank.

    `option` prints ○ where that option of the fact is chosen; `total` names a measure of the budget. A fact
    with `sum` (key of a money column) shows that sum until something else is entered, followed by `suffix`.
    `field` of people prints that field of each person, a line per person. `note` is a lighter second line.
    """

    label: str = ""
    note: str = ""
    fact: str = ""
    option: str = ""
    total: str = ""
    source: str = ""
    sum: str = ""
    suffix: str = ""
    people: str = ""
    field: str = ""
    stops: tuple[float, ...] = ()
    span: int = 1
    down: int = 1
    align: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """One printed block. Which keys apply depends on its kind; `validate` says.

    `number_width` 0 in a title: the form has no control numbers; an `attached` one is a row on top of the table under
    it. `filled` shows the records that have a figure in one of the block's columns, `shares` then the rows of these
    names of the group of shares. `item_totals` begins every item with its own total row. An `optional` block is left out
    while its section is empty; `empty` is printed in its place (on the heading's line if `inline`).
    """

    kind: str
    section: str = ""
    heading: Heading | None = None
    caption: str = ""
    note: str = ""
    column: tuple[Column, ...] = ()
    footer: tuple[Footer, ...] = ()
    rows: tuple[tuple[GridCell, ...], ...] = ()
    widths: tuple[float, ...] = ()
    number_width: float = 0
    measure: str = ""
    stack: bool = False
    total: str = ""
    total_first: bool = True
    labels: Mapping[str, str] = made(default_factory=dict)
    groups: tuple[str, ...] = ()
    row_height: float = 7.0
    head_height: tuple[float, ...] = (7.0,)
    divider: int = 0
    optional: bool = False
    empty: str = ""
    inline: bool = False
    attached: bool = False
    filled: bool = False
    shares: tuple[str, ...] = ()
    item_totals: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a list of cards shows of each: the fact that is its status, and its fulfilment rate (이행률): the label of
    a closing row, or a fact.
    """

    status: str = ""
    fulfilment: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Form:
    """A municipality's official form, or a general one without a municipality.

    `fact` holds, after loading, every catalogue field it uses. `running_title` is the running head from the second
    page on; `{head}` in it is `running_head`.
    """

    key: str
    municipality: str
    name: str
    running_head: str = "{municipality} {name}"
    running_date: str = "기준일 : {as_of}"
    running_title: str = "{head} | {number} {title}"
    page: Page = made(default_factory=Page)
    type: Type = made(default_factory=Type)
    fact: Mapping[str, FactDef] = made(default_factory=dict)
    section: tuple[SectionDef, ...] = ()
    block: tuple[Block, ...] = ()
    tab: tuple[Tab, ...] = ()
    overview: Overview = made(default_factory=Overview)

    @property
    def general(self) -> bool:
        """Whether it is no municipality's own, but for those that have no form here yet."""
        return not self.municipality

    @property
    def title(self) -> str:
        """The form as it is chosen: its municipality's name and its own."""
        return f"{self.municipality} {self.name}".strip()

    def section_def(self, key: str) -> SectionDef:
        """The section's definition; KeyError where the form has none."""
        for section in self.section:
            if section.key == key:
                return section
        raise KeyError(key)

    @property
    def numbered(self) -> bool:
        """Whether the form prints control numbers."""
        return any(block.kind == "title" and block.number_width for block in self.block)
