"""Lists with a row per pledge: each row, or the rows of one pledge, becomes a card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from govtracker.forms.columns import Setting
from govtracker.forms.empty import empty_section
from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import FactDef, Form, SectionDef
from govtracker.importer.meaning.facts import MARKED, choice
from govtracker.importer.meaning.heads import UNKNOWN, HeadReader, Reading, measure_named, planned_measure
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.grids import Grid, GridColumn, grid_at
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

    def column(self, kind: str) -> GridColumn | None:
        """The first column of a kind."""
        found = (
            c for c, reading in zip(self.grid.columns, self.readings, strict=True) if reading.kind == kind
        )
        return next(found, None)


def find_list(view: SheetView, form: Form, setting: Setting) -> PledgeList | None:
    """The sheet's list with a row per pledge; None where it has none.

    A list has a column of titles under a head that says so, other columns that are known, and two pledges.
    """
    for row in sorted(view.rows):
        grid = grid_at(view, row)
        if grid is None:
            continue
        labels = [label for column in grid.columns for label in column.path]
        reader = HeadReader(form, setting, labels)
        readings = tuple(_by_values(view, grid, column, reader) for column in grid.columns)
        known = sum(reading != UNKNOWN for reading in readings)
        titles = sum(reading.kind == "title" for reading in readings)
        if titles != 1 or known < LEAST or known * 2 < len(readings):
            continue
        found = PledgeList(view, grid, readings, _caption(view, grid), reader)
        if len(list(_rows(found))) > 1:
            return found
    return None


def _by_values(view: SheetView, grid: Grid, column: GridColumn, reader: HeadReader) -> Reading:
    """What a column holds by its head; one whose cells are all sources or all measures says whose money a row is."""
    reading = reader.read(column.path)
    if reading.kind in ("number", "title", "fact") or reading.key:
        return reading
    words = {fold(word) for word in vocabulary("words")["total"]}
    cells = [
        c
        for row in range(grid.head_bottom + 1, grid.bottom + 1)
        for c in view.texts(row, column.left, column.right)
    ]
    values = {fold(cell.text) for cell in cells if not cell.number} - words
    if values and not any(cell.number for cell in cells):
        if values <= reader.sources.keys():
            return Reading("source")
        if all(measure_named(value) for value in values):
            return Reading("measure")
    return UNKNOWN if reading.kind in ("source", "measure") else reading


def _caption(view: SheetView, grid: Grid) -> int | None:
    """Won per unit that a caption above the head names."""
    for row in range(grid.top - 1, max(0, grid.top - 4), -1):
        for cell in view.texts(row):
            own = caption(cell.text)
            if own is not None and own.won is not None:
                view.claims.ignore(cell, "단위")
                return own.won
    return None


def _rows(found: PledgeList) -> Iterator[tuple[int, bool]]:
    """(row, whether a pledge begins in it) of every row that belongs to a pledge."""
    grid, view = found.grid, found.view
    column = found.column("title")
    assert column is not None
    head = {fold(label) for c in grid.columns for label in c.path}
    began: tuple[str, str] | None = None
    for row in range(grid.head_bottom + 1, grid.bottom + 1):
        texts = view.texts(row, grid.left, grid.right)
        if not texts or _is_total(texts) or all(fold(cell.text) in head for cell in texts):
            continue
        title = view.covering(row, column.left)
        own = title is not None and title.row == row and bool(title.text.strip())
        if own and title is not None and len(texts) == 1 and title.colspan > 1:
            continue  # a heading across the list
        identity = (_number(found, row), one_line(title.text)) if own and title is not None else None
        begins = identity is not None and identity != began
        began = identity if begins else began
        if begins or began is not None:
            yield row, begins


def _is_total(texts: list[SheetCell]) -> bool:
    """Whether a row holds sums: one of its first words says so."""
    words = {fold(word) for word in vocabulary("words")["total"]}
    return any(fold(cell.text) in words for cell in texts[:3] if not cell.number)


def _number(found: PledgeList, row: int) -> str:
    column = found.column("number")
    cell = found.view.covering(row, column.left) if column is not None else None
    return one_line(cell.text) if cell is not None else ""


def read_list(found: PledgeList, form: Form, period: Period) -> list[Card]:
    """The list's pledges as cards of the form; its cells are claimed, what has no place is told once a column."""
    _claim_heads(found)
    pledges: list[Listed] = []
    for row, begins in _rows(found):
        if begins:
            column = found.column("title")
            assert column is not None
            title = found.view.covering(row, column.left)
            assert title is not None
            found.view.claims.take(title, "공약명")
            pledges.append(Listed(_number(found, row), one_line(title.text), row))
        _take_row(found, form, pledges[-1], row)
    _claim_totals(found)
    for pledge in pledges:
        _check(found, pledge)
    return [_card(pledge, form, period) for pledge in pledges]


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


def _claim_totals(found: PledgeList) -> None:
    """Rows of sums, heads that stand again."""
    grid, view = found.grid, found.view
    head = {fold(label) for column in grid.columns for label in column.path}
    for row in range(grid.head_bottom + 1, grid.bottom + 1):
        texts = view.texts(row, grid.left, grid.right)
        if texts and _is_total(texts):
            for cell in texts:
                view.claims.ignore(cell, "합계 행")
        elif texts and all(fold(cell.text) in head for cell in texts):
            for cell in texts:
                view.claims.ignore(cell, "되풀이된 표 머리")


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
    """The cell that a blank one under it goes on with: of the columns before the title only."""
    for above in range(row - 1, found.grid.head_bottom, -1):
        texts = found.view.texts(above, found.grid.left, found.grid.right)
        if texts and _is_total(texts):
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
    """A mark in the column of one choice; anything else there is a dash or nothing."""
    claims = found.view.claims
    if cell.text.strip() in MARKED:
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
