"""Lists with a row per pledge: each row, or the rows of one pledge, becomes a card."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from govtracker.forms.columns import Setting
from govtracker.forms.empty import empty_section
from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import FactDef, Form, SectionDef
from govtracker.importer.meaning.facts import MARKED, UNMARKED, choice
from govtracker.importer.meaning.heads import UNKNOWN, HeadReader, Reading, measure_named, planned_measure
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.grids import Grid, GridColumn, grid_at, unit_above
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.importer.structure.units import amount, caption
from govtracker.model.card import Amount, Budget, BudgetItem, Card, Fact, Facts, Period, Pledge, Section
from govtracker.model.content import one_line
from govtracker.model.dates import Months
from govtracker.model.figure import Figure, parse_figure, total

LEAST = 3
"""Columns of a list whose heads must be known, its title among them."""
Key = tuple[str, Months, str]
"""Source, interval and measure of an amount."""


PLEDGE, MORE, TOTAL_ROW, HEAD_ROW, CAPTION_ROW, OTHER_ROW, BLANK_ROW = (
    "pledge", "more", "total", "head", "caption", "other", "blank",
)  # fmt: skip
"""What a row of a list is: a pledge begins, goes on; sums, a head again, a unit, something else, nothing."""
_SUM = re.compile(r"(?:.*\s)?(?:총|소|합|누)?\s?계(?:\s*[(\[].*[)\]])?")
_NOTES = ("※", "*", "주)", "주:", "＊")


@dataclass(slots=True)
class Listed:
    """A pledge of a list as it is gathered from its rows."""

    number: str
    title: str
    row: int
    facts: dict[str, Fact] = field(default_factory=dict)
    amounts: dict[Key, Figure] = field(default_factory=dict)
    totals: list[tuple[SheetCell, Reading, Figure]] = field(default_factory=list)


@dataclass(slots=True)
class PledgeList:
    """A list on a sheet: its table, what its columns hold, won per unit of its money where only a caption says it."""

    view: SheetView
    grid: Grid
    readings: tuple[Reading, ...]
    won: int | None
    reader: HeadReader
    notes: list[str] = field(default_factory=list)

    def note(self, place: str, text: str) -> None:
        """A remark with sheet and cell."""
        self.notes.append(f"{self.view.sheet.name}!{place}: {text}")

    def rows(self) -> list[tuple[int, str]]:
        """(row, what it is) of the rows under the head, blank ones aside."""
        made: list[tuple[int, str]] = []
        began: tuple[str, str] | None = None
        numbered = _is_numbered(self)
        for row in range(self.grid.head_bottom + 1, self.grid.bottom + 1):
            kind = _kind_of(self, row, began, numbered=numbered)
            if kind == PLEDGE:
                title = self.column("title")
                assert title is not None
                cell = self.view.covering(row, title.left)
                began = _number(self, row), one_line(cell.text) if cell is not None else ""
            elif kind != MORE:
                began = None
            if kind == CAPTION_ROW and self._another_unit(row):
                break
            if kind != BLANK_ROW:
                made.append((row, kind))
        return made

    def _another_unit(self, row: int) -> bool:
        """Whether a caption in a row names another unit than the list's."""
        units = {own.won for cell in self.view.texts(row) if (own := caption(cell.text)) is not None}
        return bool(units - {None, self.won})

    def column(self, kind: str) -> GridColumn | None:
        """The first column of a kind."""
        found = (
            c for c, reading in zip(self.grid.columns, self.readings, strict=True) if reading.kind == kind
        )
        return next(found, None)


def _is_numbered(found: PledgeList) -> bool:
    """Whether the list's pledges have numbers: most rows with a title of their own have one."""
    column = found.column("title")
    if column is None or found.column("number") is None:
        return False
    rows = range(found.grid.head_bottom + 1, found.grid.bottom + 1)
    titled = [
        row
        for row in rows
        if (c := found.view.covering(row, column.left)) is not None and c.row == row and c.text.strip()
    ]
    return sum(bool(_number(found, row)) for row in titled) * 2 > len(titled)


def find_lists(view: SheetView, form: Form, setting: Setting) -> list[PledgeList]:
    """The sheet's lists with a row per pledge, from top to bottom.

    A list has a column of titles under a head that says so, other columns that are known, and two pledges in all the
    lists of the sheet. It ends where another head begins, or another unit of the same columns; a unit holds until
    another one is named.
    """
    made: list[PledgeList] = []
    for row in sorted(view.rows):
        if made and row <= made[-1].grid.head_bottom:
            continue
        found = _list_at(view, form, setting, row)
        if found is None:
            continue
        if made and _is_again(made[-1], found):
            continue
        if made:
            found.won = found.won or made[-1].won
            made[-1].grid = replace(made[-1].grid, bottom=row - 1)
        made.append(found)
    for each in made:
        columns = zip(each.grid.columns, each.readings, strict=True)
        each.readings = tuple(_by_values(each, column, reading) for column, reading in columns)
    begun = sum(kind == PLEDGE for each in made for _, kind in each.rows())
    return made if begun > 1 else []


def _list_at(view: SheetView, form: Form, setting: Setting, row: int) -> PledgeList | None:
    """The list whose head begins in a row."""
    grid = grid_at(view, row)
    if grid is None:
        return None
    reader = HeadReader(form, setting, [label for column in grid.columns for label in column.path])
    readings = tuple(reader.read(column.path) for column in grid.columns)
    known = sum(reading != UNKNOWN for reading in readings)
    titles = sum(reading.kind == "title" for reading in readings)
    if titles != 1 or known < LEAST or known * 2 < len(readings):
        return None
    return PledgeList(view, grid, readings, unit_above(view, grid), reader)


def _is_again(before: PledgeList, found: PledgeList) -> bool:
    """Whether a head only stands again, as at the top of a page: the same columns in the same unit."""
    places = [(column.left, column.right) for column in found.grid.columns]
    same = places == [(column.left, column.right) for column in before.grid.columns]
    return same and found.readings == before.readings and found.won in (None, before.won)


def _by_values(found: PledgeList, column: GridColumn, reading: Reading) -> Reading:
    """What a column holds by its head; one whose cells are all sources or all measures says whose money a row is."""
    if reading.kind in ("number", "title", "fact") or reading.key:
        return reading
    words = {fold(word) for word in vocabulary("words")["total"]}
    cells = [
        c
        for row in range(found.grid.head_bottom + 1, found.grid.bottom + 1)
        for c in found.view.texts(row, column.left, column.right)
    ]
    values = {fold(cell.text) for cell in cells if not cell.number} - words
    if values and not any(cell.number for cell in cells):
        if values <= found.reader.sources.keys():
            return Reading("source")
        if all(measure_named(value) for value in values):
            return Reading("measure")
    return UNKNOWN if reading.kind in ("source", "measure") else reading


# ---------------------------------------------------------------- rows


def _kind_of(found: PledgeList, row: int, began: tuple[str, str] | None, *, numbered: bool) -> str:
    """What a row of a list is, after a pledge that began above (None = none is open)."""
    texts = found.view.texts(row, found.grid.left, found.grid.right)
    if not texts:
        return BLANK_ROW
    if all(_is_head(found, cell) for cell in texts):
        return HEAD_ROW
    if all(caption(cell.text) is not None for cell in texts):
        return CAPTION_ROW
    column = found.column("title")
    assert column is not None
    if any(_is_total(cell) for cell in texts if cell.column <= column.right):
        return TOTAL_ROW
    title, number = found.view.covering(row, column.left), _number(found, row)
    if texts[0].text.lstrip().startswith(_NOTES):
        return OTHER_ROW
    if title is not None and title.row == row and title.text.strip():
        identity = number, one_line(title.text)
        if identity == began or (began is not None and not number and identity[1] == began[1]):
            return MORE
        alone = len(texts) == 1
        return OTHER_ROW if (numbered and not number) or (alone and not number) else PLEDGE
    merged = title is not None and title.row < row and bool(title.text.strip())
    own_number = any(cell.row == row and _kind_under(found, cell) == "number" for cell in texts)
    return MORE if began is not None and (merged or not own_number) else OTHER_ROW


def _is_head(found: PledgeList, cell: SheetCell) -> bool:
    """Whether a cell repeats a label of its own column's head."""
    return any(
        fold(cell.text) == fold(label)
        for column in found.grid.columns
        if column.left <= cell.right and cell.column <= column.right
        for label in column.path
    )


def _is_total(cell: SheetCell) -> bool:
    """Whether a text stands before sums: `합계`, `소 계`, `전체 공약 합계`, `소계(2건)`."""
    words = {fold(word) for word in vocabulary("words")["total"]}
    return not cell.number and (fold(cell.text) in words or bool(_SUM.fullmatch(one_line(cell.text))))


def _kind_under(found: PledgeList, cell: SheetCell) -> str:
    """What the column holds that a cell begins in."""
    columns = zip(found.grid.columns, found.readings, strict=True)
    return next(
        (reading.kind for column, reading in columns if column.left <= cell.column <= column.right), ""
    )


def _number(found: PledgeList, row: int) -> str:
    column = found.column("number")
    cell = found.view.covering(row, column.left) if column is not None else None
    return one_line(cell.text) if cell is not None else ""


def read_list(found: PledgeList, form: Form, period: Period) -> list[Card]:
    """The list's pledges as cards of the form; its cells are claimed, what has no place is told once a column."""
    _claim_heads(found)
    pledges: list[Listed] = []
    for row, kind in found.rows():
        if kind == PLEDGE:
            column = found.column("title")
            assert column is not None
            title = found.view.covering(row, column.left)
            assert title is not None
            found.view.claims.take(title, "공약명")
            pledges.append(Listed(_number(found, row), one_line(title.text), row))
        if kind in (PLEDGE, MORE):
            _take_row(found, form, pledges[-1], row)
        else:
            _leave_row(found, row, kind)
    for pledge in pledges:
        _check(found, pledge)
    return [_card(pledge, form, period) for pledge in pledges]


def _leave_row(found: PledgeList, row: int, kind: str) -> None:
    """Rows of sums and heads that stand again are no values; any other row that is no pledge is told."""
    texts = found.view.texts(row, found.grid.left, found.grid.right)
    why = {TOTAL_ROW: "합계 행", HEAD_ROW: "되풀이된 표 머리", CAPTION_ROW: "단위"}.get(kind)
    for cell in texts:
        if why is not None:
            found.view.claims.ignore(cell, why)
    if kind == OTHER_ROW:
        words = one_line(" ".join(cell.text for cell in texts))[:60]
        found.note(texts[0].place, f"공약이 아닌 줄로 보아 담지 않았습니다: {words}")


def _claim_heads(found: PledgeList) -> None:
    grid, view = found.grid, found.view
    for row in range(grid.top, grid.head_bottom + 1):
        for label in view.texts(row, grid.left, grid.right):
            view.claims.ignore(label, "표 머리")
    for column, reading in zip(grid.columns, found.readings, strict=True):
        cell = view.covering(grid.head_bottom, column.left)
        place = cell.place if cell is not None else ""
        path = " > ".join(one_line(each) for each in column.path)
        if reading == UNKNOWN:
            found.note(place, f"무엇인지 알 수 없는 칸이라 담지 않았습니다: {path}")
        elif reading.kind == "money" and (reading.won or found.won) is None:
            found.note(place, f"금액의 단위를 알 수 없어 담지 않았습니다: {path}")


def _take_row(found: PledgeList, form: Form, pledge: Listed, row: int) -> None:
    source, measure = (_word(found, row, kind) for kind in ("source", "measure"))
    for column, reading in zip(found.grid.columns, found.readings, strict=True):
        carried = reading.kind == "fact" and form.fact[reading.key].carried
        cell = _cell(found, row, column, carried=carried)
        if cell is None or not (cell.text.strip() or cell.fault):
            continue
        if reading.kind in ("number", "title", "source", "measure"):
            found.view.claims.take(
                cell, {"number": "관리번호", "title": "공약명"}.get(reading.kind, "재원 구분")
            )
        elif reading.kind == "fact":
            _take_fact(found, form, pledge, cell, reading)
        elif reading.kind in ("money", "total"):
            _take_money(found, pledge, cell, reading, source, measure)


def _cell(found: PledgeList, row: int, column: GridColumn, *, carried: bool) -> SheetCell | None:
    """The cell of a row in a column; `carried` = a blank one goes on with the cell above."""
    cell = found.view.covering(row, column.left)
    if carried and (cell is None or not (cell.text.strip() or cell.fault)):
        return _above(found, row, column)
    return cell


def _above(found: PledgeList, row: int, column: GridColumn) -> SheetCell | None:
    """The cell that a blank one under it goes on with; none across a row of sums."""
    for above in range(row - 1, found.grid.head_bottom, -1):
        texts = found.view.texts(above, found.grid.left, found.grid.right)
        if any(_is_total(cell) for cell in texts):
            return None
        cell = found.view.covering(above, column.left)
        if cell is not None and cell.text.strip():
            return cell
    return None


def _word(found: PledgeList, row: int, kind: str) -> str:
    """What a row says of its source or its measure; "" where no column says it."""
    column = found.column(kind)
    cell = found.view.covering(row, column.left) if column is not None else None
    return fold(cell.text) if cell is not None else ""


def _take_fact(found: PledgeList, form: Form, pledge: Listed, cell: SheetCell, reading: Reading) -> None:
    claims, definition = found.view.claims, form.fact[reading.key]
    if reading.option:
        _take_mark(found, definition, pledge, cell, reading)
        return
    text = cell.figure.removesuffix("%") if definition.type == "percent" else cell.text.strip()
    fact: Fact | None = Fact(reading.key, text)
    if definition.type == "choice":
        fact = choice(reading.key, definition.options, text)
    if fact is None:
        claims.leave(cell, f"{definition.label}: 무엇을 골랐는지 알 수 없습니다")
        found.note(cell.place, f"{definition.label}에서 무엇을 골랐는지 알 수 없습니다: {one_line(text)}")
        return
    before = pledge.facts.get(reading.key)
    if before is not None and before != fact:
        claims.leave(cell, f"{definition.label}: 같은 공약에 값이 둘입니다")
        found.note(cell.place, f"{definition.label}이(가) 한 공약에 둘입니다: {pledge.title}")
        return
    pledge.facts[reading.key] = fact
    claims.take(cell, definition.label)


def _take_mark(
    found: PledgeList, definition: FactDef, pledge: Listed, cell: SheetCell, reading: Reading
) -> None:
    """A mark in the column of one choice; a dash or a cross there is none, anything else is told."""
    claims, text = found.view.claims, cell.text.strip()
    if text in UNMARKED:
        claims.take(cell, definition.label)
        return
    if text not in MARKED:
        claims.leave(cell, f"{definition.label}: 고른 표시인지 알 수 없습니다")
        found.note(cell.place, f"{definition.label}을(를) 골랐는지 알 수 없는 표시입니다: {one_line(text)}")
        return
    label = next(option.label for option in definition.options if option.key == reading.option)
    chosen = Fact(reading.key, label)
    if definition.type == "choice":
        chosen = Fact(reading.key, "", (reading.option,))
    if pledge.facts.setdefault(reading.key, chosen) != chosen:
        claims.leave(cell, f"{definition.label}: 둘 이상 골랐습니다")
        found.note(cell.place, f"{definition.label}을(를) 둘 이상 골랐습니다: {pledge.title}")
        return
    claims.take(cell, definition.label)


def _take_money(
    found: PledgeList, pledge: Listed, cell: SheetCell, reading: Reading, row_source: str, row_measure: str
) -> None:
    claims = found.view.claims
    won = reading.won or found.won
    if won is None:
        claims.leave(cell, "금액의 단위를 알 수 없습니다")
        return
    figure = _won(found, cell, won)
    source = reading.key or found.reader.sources.get(row_source, "")
    if reading.kind == "total" or not source:
        pledge.totals.append((cell, reading, figure))
        return
    measure = reading.measure or measure_named(row_measure) or planned_measure()
    key = (source, reading.span, measure)
    before = pledge.amounts.get(key)
    if before is not None and before != figure:
        claims.leave(cell, "같은 금액이 둘입니다")
        found.note(cell.place, f"같은 공약의 같은 재원에 금액이 둘입니다: {pledge.title}")
        return
    pledge.amounts[key] = figure
    claims.take(cell, "금액")


def _won(found: PledgeList, cell: SheetCell, won: int) -> Figure:
    figure = amount(figure_text(cell.figure), won)
    if figure.state == "text":
        found.note(cell.place, f"숫자로 읽을 수 없어 글자로 담았습니다: {one_line(cell.text)}")
    elif figure.value is not None and figure.value != figure.value.to_integral():
        found.note(cell.place, f"원 단위 아래의 금액이라 글자로 담았습니다: {one_line(cell.text)}")
        return Figure("text", None, cell.figure)
    return figure


def _check(found: PledgeList, pledge: Listed) -> None:
    """Sums that the list prints beside their parts: those that disagree are told, those without parts have no place."""
    for cell, reading, figure in pledge.totals:
        parts = [
            each
            for (_, span, measure), each in pledge.amounts.items()
            if span == reading.span and (not reading.measure or measure == reading.measure)
        ]
        if not parts:
            found.view.claims.leave(cell, "재원을 알 수 없는 금액입니다")
            found.note(cell.place, f"재원을 알 수 없는 금액이라 담지 않았습니다: {one_line(cell.text)}")
            continue
        found.view.claims.take(cell, "계산하는 금액")
        added = total(parts)
        if figure.value is not None and added.value is not None and figure.value != added.value:
            unit = Decimal(reading.won or found.won or 1)
            printed = parse_figure(f"{(added.value / unit).normalize():f}").printed()
            found.note(cell.place, f"시트에는 {one_line(cell.text)}, 더하면 {printed}입니다: {pledge.title}")


def _card(pledge: Listed, form: Form, period: Period) -> Card:
    made: list[tuple[str, Section]] = []
    for definition in form.section:
        made.append((definition.key, _section(pledge, definition)))
    return Card(Pledge(pledge.title, pledge.number), period, form.key, tuple(made))


def _section(pledge: Listed, definition: SectionDef) -> Section:
    if definition.kind == "facts":
        own = [pledge.facts[key] for key in definition.fields if key in pledge.facts]
        return Facts(tuple(own))
    if definition.kind == "budget" and pledge.amounts:
        amounts = tuple(
            Amount(0, source, span, measure, figure)
            for (source, span, measure), figure in pledge.amounts.items()
            if figure
        )
        return Budget(definition.unit, (BudgetItem(),), amounts)
    return empty_section(definition)
