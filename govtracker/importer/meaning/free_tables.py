"""Tables of one card by their heads alone: results by date, money by source and year, indicators, schedules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from govtracker.forms.loader import vocabulary
from govtracker.forms.measures import measures
from govtracker.forms.schema import SectionDef
from govtracker.importer.mapping import MappedColumn, MappedTable, fingerprint, head_key
from govtracker.importer.meaning.facts import MARKED, UNMARKED
from govtracker.importer.meaning.heads import (
    HeadReader,
    containers,
    measure_named,
    named,
    planned_measure,
    target_of,
    within,
)
from govtracker.importer.meaning.levels import levels, raw_lines
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.grids import Grid, GridColumn, grids_at, unit_above
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import Region
from govtracker.importer.structure.units import amount, caption, without_caption
from govtracker.model.card import (
    Amount,
    Budget,
    BudgetItem,
    Event,
    Events,
    Indicator,
    Indicators,
    Schedule,
    Task,
    Timed,
)
from govtracker.model.content import Line, one_line
from govtracker.model.dates import Months, month_of, parse_when, quarter_label
from govtracker.model.figure import BLANK, Figure, parse_figure
from govtracker.model.place import Place

_WORDS = (
    "when",
    "what",
    "details",
    "indicator",
    "unit",
    "weight",
    "target",
    "actual",
    "task",
    "source",
    "measure",
)
_NUMBERED = "no"
_SENTENCE = re.compile(r"[음함임됨다요]\s*\.?$")
"""How a sentence ends in a report: it is no heading."""
_HEADING, _MARK = 24, 4
"""Longest heading of a table, and longest number or mark before it in a cell of its own."""
_SHORT = 12
"""Longest word that may be a source of money."""


@dataclass(slots=True)
class _Table:
    """A table, of one `kind` of section: its rows' cells by column, what its columns are called by, and the reader of its heads.

    `source` is the column whose words say whose money a row is. `wanted` are the only sections that it may be of (None = any).
    """

    grid: Grid
    kinds: dict[int, str]
    spans: dict[int, Months]
    rows: list[list[SheetCell | None]]
    reader: HeadReader
    wanted: frozenset[str] | None
    kind: str = ""
    source: int | None = None

    @property
    def money(self) -> bool:
        """Whether its figures are amounts."""
        return self.kind == Budget.kind

    def has(self, *kinds: str) -> bool:
        """Whether there is a column of each of the kinds."""
        return all(kind in self.kinds.values() for kind in kinds)

    def text(self, row: list[SheetCell | None], kind: str) -> str:
        """Text of a row under the first column of a kind."""
        cell = self.cell(row, kind)
        return cell.text.strip() if cell is not None else ""

    def cell(self, row: list[SheetCell | None], kind: str) -> SheetCell | None:
        """The cell of a row under the first column of a kind."""
        return next((row[at] for at, each in self.kinds.items() if each == kind), None)


def read_tables(partial: PartialCard, region: Region | None = None) -> None:
    """Every table of the page whose heads say which kind it is; the cells of others stay as they are.

    In a region only its own rows are looked at, and only tables of the sections that it is of.
    """
    last = region.bottom if region else partial.page.last
    wanted = frozenset(block.section for block in region.blocks) if region else None
    first = region.top if region else 1
    done: list[Grid] = []
    for row in sorted(row for row in partial.page.rows if first <= row <= last):
        for grid in grids_at(partial.page, row, least=2):
            if any(each.top <= row <= each.bottom and _beside(each, grid) for each in done):
                continue
            table = _table(partial, replace(grid, bottom=min(grid.bottom, last)), wanted)
            if table is not None and _read(partial, table):
                done.append(table.grid)
                _claim(partial, table)
                partial.tables.append(_mapped(partial, table))


def _read(partial: PartialCard, table: _Table) -> bool:
    """Whether one of the kinds of section took the table."""
    readers = ((Schedule, _schedule), (Budget, _money), (Indicators, _indicators), (Events, _events))
    table.kind = next((kind.kind for kind, read in readers if read(partial, table)), "")
    return bool(table.kind)


def _mapped(partial: PartialCard, table: _Table) -> MappedTable:
    """How a table was read, head by head."""
    columns = []
    for at, column in enumerate(table.grid.columns):
        target = f"column/{table.kinds[at]}" if at in table.kinds else ""
        if at in table.spans:
            target = f"span/{table.spans[at].first or ''}..{table.spans[at].last or ''}"
        if at == table.source:
            target = "column/source"
        elif table.money and (money := table.reader.money(column.path)) is not None:
            target = target_of(money)
        columns.append(MappedColumn(column.left, column.right, column.path, target))
    grid = table.grid
    return MappedTable(
        partial.page.sheet.name, grid.top, grid.head_bottom, grid.bottom, table.kind, tuple(columns)
    )


def _beside(one: Grid, other: Grid) -> bool:
    """Whether two tables share a column."""
    return one.left <= other.right and other.left <= one.right


def _table(partial: PartialCard, grid: Grid, wanted: frozenset[str] | None) -> _Table | None:
    labels = [label for column in grid.columns for label in column.path]
    labels += [c.text for c in partial.page.sheet.cells if c.row > grid.head_bottom and len(c.text) < _SHORT]
    taught = partial.choices.heads.get(fingerprint(column.path for column in grid.columns), {})
    reader = HeadReader(partial.form, partial.setting, labels, partial.municipality, taught)
    kinds: dict[int, str] = {}
    spans: dict[int, Months] = {}
    for at, column in enumerate(grid.columns):
        last = without_caption(column.path[-1])
        span = reader.span(column.path)
        kind = next((word for word in _WORDS if named(last, word)), "")
        if head_key(column.path) in taught:
            word, _, rest = taught[head_key(column.path)].partition("/")
            kind = rest if word == "column" and rest in (*_WORDS, _NUMBERED) else ""
            last = ""
        if span is not None:
            spans[at] = span
        elif kind:
            kinds[at] = kind
        elif named(last, _NUMBERED):
            kinds[at] = _NUMBERED
    if not kinds:
        return None
    rows, bottom = _rows(partial, grid)
    return (
        _Table(Grid(grid.top, grid.head_bottom, bottom, grid.columns), kinds, spans, rows, reader, wanted)
        if rows
        else None
    )


def _rows(partial: PartialCard, grid: Grid) -> tuple[list[list[SheetCell | None]], int]:
    """The rows under a head down to the first blank one, or one of a single wide text; and the last of them."""
    view = partial.page
    rows: list[list[SheetCell | None]] = []
    bottom = grid.head_bottom
    for row in range(grid.head_bottom + 1, grid.bottom + 1):
        cells = [view.covering(row, column.left) for column in grid.columns]
        texts = view.texts(row, grid.left, grid.right)
        framed = any(cell is not None and (cell.border or cell.fill) for cell in cells)
        wide = len(texts) == 1 and texts[0].right - texts[0].column >= (grid.right - grid.left) * 0.8
        if wide and len(grid.columns) > 1 and texts[0].colspan > 1:
            break
        if not texts and not (framed and any(cell is not None and cell.fill for cell in cells)):
            break
        rows.append([cell if cell is not None and cell.row <= row <= cell.bottom else None for cell in cells])
        bottom = row
    return rows, bottom


def _claim(partial: PartialCard, table: _Table) -> None:
    for row in range(table.grid.top, table.grid.head_bottom + 1):
        for cell in partial.page.texts(row, table.grid.left, table.grid.right):
            partial.page.claims.ignore(cell, "표 머리")


def _section(partial: PartialCard, kind: str, table: _Table, *, planned: bool = False) -> SectionDef | None:
    """The form's section of a kind; of events the one of what is planned, or of what was done."""
    found = [
        each
        for each in partial.form.section
        if each.kind == kind and (table.wanted is None or each.key in table.wanted)
    ]
    if kind == "events":
        found = [each for each in found if each.planned == planned] or found
    return found[0] if found else None


def _take(partial: PartialCard, cell: SheetCell | None, what: str) -> None:
    if cell is not None and (cell.text or cell.fault):
        partial.page.claims.take(cell, what)


# ---------------------------------------------------------------- by kind


def _events(partial: PartialCard, table: _Table) -> bool:
    """Rows of a date and what was done; a blank date goes on with the one above."""
    if not table.has("when", "what") or table.spans:
        return False
    dates = [
        text for row in table.rows if (text := table.text(row, "when")) and not _is_aside(one_line(text))
    ]
    if sum(parse_when(one_line(text)) is not None for text in dates) * 2 < max(1, len(dates)):
        return False
    section = _section(partial, "events", table, planned=_is_ahead(partial, table, dates))
    if section is None:
        return False
    made: list[Event] = []
    last, dated = "", None
    for row in table.rows:
        title, *rest = table.text(row, "what").split("\n") or [""]
        own = one_line(table.text(row, "when"))
        if parse_when(own) is not None:
            last, dated = own, table.cell(row, "when")
        when = own or last
        if not title:
            continue
        if _is_aside(own) or _is_aside(title):
            for cell in row:
                if cell is not None and cell.text.strip():
                    partial.page.claims.leave(cell, "일이 아닌 줄입니다")
                    partial.note(
                        cell.place, f"일이 아닌 줄로 보아 담지 않았습니다: {one_line(cell.text)[:60]}"
                    )
            continue
        details = _lines([*rest, *table.text(row, "details").split("\n")], section)
        event = Event(when, "", one_line(title), details)
        made.append(event)
        cells = {kind: table.cell(row, kind) for kind in ("when", "what", "details")}
        for cell in cells.values():
            _take(partial, cell, section.label)
        partial.came(Place(section.key, event.id, "when"), dated if not own else cells["when"])
        partial.came(Place(section.key, event.id, "title"), cells["what"])
        for line in details:
            partial.came(Place(section.key, line.id), cells["what"] if rest else None, cells["details"])
        number = table.cell(row, _NUMBERED)
        if number is not None:
            partial.page.claims.ignore(number, "연번")
    old = partial.sections.get(section.key) or Events()
    partial.put(section.key, Events((*old.entries, *made)))
    return bool(made)


def _is_aside(text: str) -> bool:
    """Whether a row is a note or a sum among events."""
    return text.startswith("※") or fold(text) in {fold(word) for word in vocabulary("words")["total"]}


def _lines(texts: list[str], section: SectionDef) -> tuple[Line, ...]:
    raws = raw_lines("\n".join(text for text in texts if text.strip()), (), 0)
    ranks = levels(raws, section.marks) if raws else []
    return tuple(Line(rank, raw.mark, raw.runs) for rank, raw in zip(ranks, raws, strict=True))


def _is_ahead(partial: PartialCard, table: _Table, dates: list[str]) -> bool:
    """Whether a table lies ahead: its heading says so, else the sheet's name, else all its dates."""
    results = {fold(word) for word in vocabulary("head")["actual"]}
    for text in (_heading_above(partial, table), fold(partial.page.sheet.name)):
        if any(word in text for word in results):
            return False
        if any(word in text for word in vocabulary("words")["ahead"]):
            return True
    now = month_of(partial.setting.as_of)
    spans = [span for text in dates if (span := parse_when(one_line(text))) is not None]
    return bool(spans) and all(span.first is not None and span.first > now for span in spans)


def _heading_above(partial: PartialCard, table: _Table) -> str:
    """The folded row over a table, captions aside, where it is a heading: short, and no label with its value."""
    for row in range(table.grid.top - 1, max(0, table.grid.top - 4), -1):
        cells = [c for c in partial.page.texts(row) if caption(c.text) is None]
        if cells:
            words = " ".join(one_line(cell.text) for cell in cells)
            numbered = len(cells) == 2 and len(cells[0].text.strip()) < _MARK
            short = len(words) <= _HEADING and not _SENTENCE.search(words)
            return fold(words) if short and (len(cells) == 1 or numbered) else ""
    return ""


def _money(partial: PartialCard, table: _Table) -> bool:
    """Rows of sources (and measures), columns of years: amounts in the unit of the caption."""
    section = _section(partial, "budget", table)
    column = table.source = _source_column(table)
    money = {
        at: reading
        for at, each in enumerate(table.grid.columns)
        if at != column and (reading := table.reader.money(each.path)) is not None and not reading.key
    }
    if section is None or column is None or not money:
        return False
    amounts_of = Counter(reading for reading in money.values() if reading.kind == "money")
    for at in [at for at, reading in money.items() if amounts_of[reading] > 1]:
        cell = partial.page.covering(table.grid.head_bottom, table.grid.columns[at].left)
        partial.note(cell.place if cell else "", "머리글이 같은 금액 칸이 둘이라 담지 않았습니다.")
        del money[at]
    common = unit_above(partial.page, table.grid)
    if common is None and any(reading.won is None for reading in money.values()):
        _without_unit(partial, table, set(money))
        return True
    old = partial.sections.get(section.key) or Budget(section.unit)
    amounts = {(each.source, each.span, each.measure): each.figure for each in old.amounts}
    cells: dict[tuple[str, Months, str], SheetCell] = {}
    sums: list[tuple[SheetCell, Months]] = []
    said = _measure_above(partial, table)
    totals = {fold(word) for word in vocabulary("words")["total"]}
    item = old.items[0] if old.items else BudgetItem()
    source = ""
    for row in table.rows:
        label = row[column]
        word = fold(label.text) if label is not None else ""
        source = "" if word in totals else table.reader.sources.get(word, source if not word else "")
        measure = measure_named(table.text(row, "measure"))
        for at, reading in money.items():
            cell = row[at]
            if cell is None or not (cell.text.strip() or cell.fault):
                continue
            if reading.kind == "total" or not source:
                sums.append((cell, reading.span))
                continue
            key = (source, reading.span, reading.measure or measure or said or planned_measure())
            figure = amount(figure_text(cell.figure), reading.won or common or 1)
            if amounts.setdefault(key, figure) != figure or cells.setdefault(key, cell) is not cell:
                partial.page.claims.leave(cell, "같은 금액이 둘입니다")
                partial.note(cell.place, f"같은 재원에 금액이 둘입니다: {one_line(cell.text)}")
                continue
            _take(partial, cell, section.label)
            partial.came(Place(section.key, item.id, *key), cell)
        if label is not None:
            partial.page.claims.ignore(label, "재원 이름")
    for key in containers(cells):
        del amounts[key]
        sums.append((cells[key], key[1]))
    for cell, span in sums:
        _take_sum(
            partial, cell, any(figure and within(part, span) for (_, part, _), figure in amounts.items())
        )
    made = tuple(Amount(0, *key, figure) for key, figure in amounts.items() if figure)
    partial.put(section.key, Budget(section.unit, (item,), made))
    return True


def _without_unit(partial: PartialCard, table: _Table, columns: set[int]) -> None:
    """Amounts in no known unit are left, and asked for."""
    why = "금액의 단위를 알 수 없습니다"
    for row in table.rows:
        for cell in (row[at] for at in columns):
            if cell is not None and cell.text.strip() and partial.page.claims.free(cell):
                partial.page.claims.leave(cell, why)
    cell = partial.page.covering(table.grid.top, table.grid.left)
    partial.note(cell.place if cell else "", "금액의 단위를 알 수 없어 이 표의 금액을 담지 않았습니다.")


def _take_sum(partial: PartialCard, cell: SheetCell, has_parts: bool) -> None:
    """A figure that others add up to; without them it has no place."""
    if has_parts:
        _take(partial, cell, "계산하는 금액")
        return
    partial.page.claims.leave(cell, "나눈 금액이 없는 합계입니다")
    partial.note(cell.place, f"나눈 금액이 없는 합계라 담지 않았습니다: {one_line(cell.text)}")


def _measure_above(partial: PartialCard, table: _Table) -> str:
    """The measure that the heading over a table, or the sheet's name, names; "" where none or several do."""
    for text in (_heading_above(partial, table), fold(partial.page.sheet.name)):
        named_ = [key for key, each in measures().items() if fold(each.label) in text]
        if len(named_) == 1:
            return named_[0]
    return ""


def _source_column(table: _Table) -> int | None:
    """The column all of whose words are sources of money or words for sums."""
    totals = {fold(word) for word in vocabulary("words")["total"]}
    for at in range(len(table.grid.columns)):
        words = {fold(cell.text) for row in table.rows if (cell := row[at]) is not None and cell.text.strip()}
        if words - totals and words - totals <= table.reader.sources.keys():
            return at
    return None


def _indicators(partial: PartialCard, table: _Table) -> bool:
    """Rows of indicators: unit, weight, result so far, and a target for every year that has a column."""
    section = _section(partial, "indicators", table)
    years = {at: span for at, span in table.spans.items() if "actual" not in _said(table.grid.columns[at])}
    if section is None or not table.has("indicator") or not (years or table.has("unit")):
        return False
    made: list[Indicator] = []
    parts = _part_column(table)
    for row in table.rows:
        name = one_line(table.text(row, "indicator"))
        part = row[parts] if parts is not None else None
        if part is not None and not named(part.text, "target"):
            _leave_row(partial, row, f"지표의 {one_line(part.text)} 줄입니다")
            continue
        if not name:
            continue
        if part is not None:
            _take(partial, part, section.label)
        targets = tuple(Timed(span, figure) for at, span in years.items() if (figure := _figure(row[at])))
        weight, actual = (_figure(table.cell(row, kind)) for kind in ("weight", "actual"))
        indicator = Indicator(name, "", one_line(table.text(row, "unit")), "", weight, actual, targets)
        made.append(indicator)
        fields = {"indicator": "name", "unit": "unit", "weight": "weight", "actual": "actual"}
        own = [
            (table.cell(row, kind), Place(section.key, indicator.id, name)) for kind, name in fields.items()
        ]
        own += [(row[at], Place(section.key, indicator.id, "target", span)) for at, span in years.items()]
        for cell, place in own:
            _take(partial, cell, section.label)
            partial.came(place, cell)
    if made:
        before = partial.sections.get(section.key) or Indicators()
        partial.put(section.key, Indicators((*before.rows, *made)))
    return bool(made)


def _part_column(table: _Table) -> int | None:
    """The column whose words say of each row whether it is targets or results; None where there is none."""
    for at in range(len(table.grid.columns)):
        if at in table.spans:
            continue
        words = [cell.text for row in table.rows if (cell := row[at]) is not None and cell.text.strip()]
        if any(named(word, "target") for word in words) and any(named(word, "actual") for word in words):
            return at
    return None


def _leave_row(partial: PartialCard, row: list[SheetCell | None], why: str) -> None:
    """The figures of a row that has no place: left, and told once."""
    found = [
        cell for cell in row if cell is not None and cell.text.strip() and partial.page.claims.free(cell)
    ]
    for cell in found:
        partial.page.claims.leave(cell, why)
    if found:
        words = one_line(" ".join(cell.text for cell in found))[:60]
        partial.note(found[0].place, f"{why}. 담지 않았습니다: {words}")


def _said(column: GridColumn) -> set[str]:
    """The kinds that the labels of a column's head name, alone or in a word such as `연도별 실적`."""
    labels = [fold(without_caption(label)) for label in column.path]
    return {
        kind
        for kind in ("target", "actual")
        if any(fold(word) in label for word in vocabulary("head")[kind] for label in labels)
    }


def _figure(cell: SheetCell | None) -> Figure:
    return parse_figure(figure_text(cell.figure)) if cell is not None and cell.text.strip() else BLANK


def _schedule(partial: PartialCard, table: _Table) -> bool:
    """Rows of tasks, columns of quarters: worked in where a cell is shaded or holds a mark."""
    section = _section(partial, "schedule", table)
    quarters = {at: span for at, span in table.spans.items() if _is_quarter(span)}
    if section is None or not table.has("task") or len(quarters) < 4:
        return False
    made: list[Task] = []
    for row in table.rows:
        name = one_line(table.text(row, "task"))
        if not name:
            continue
        done = []
        named_cell = table.cell(row, "task")
        banded = named_cell is not None and bool(named_cell.fill)
        for at, span in quarters.items():
            cell = row[at]
            if cell is None:
                continue
            text = cell.text.strip()
            if text in MARKED or (cell.fill and not banded and not text):
                done.append(quarter_label(span))
                _take(partial, cell, section.label)
            elif text not in UNMARKED:
                partial.page.claims.leave(cell, "하는 분기인지 알 수 없습니다")
                partial.note(cell.place, f"{name}: 하는 분기인지 알 수 없는 표시입니다: {one_line(text)}")
        task = Task(name, tuple(done))
        made.append(task)
        _take(partial, table.cell(row, "task"), section.label)
        partial.came(Place(section.key, task.id, "name"), table.cell(row, "task"))
    before = partial.sections.get(section.key) or Schedule()
    partial.put(section.key, Schedule((*before.tasks, *made)))
    return bool(made)


def _is_quarter(span: Months) -> bool:
    return bool(
        span.first
        and span.last
        and span.first[:4] == span.last[:4]
        and int(span.last[5:7]) - int(span.first[5:7]) == 2
    )
