"""The pledges of a list as cards: each row, or the rows of one pledge, with what stands under the heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from govtracker.forms.empty import empty_section
from govtracker.forms.schema import FactDef, Form, SectionDef
from govtracker.importer.assembly.listing import (
    CAPTION_ROW,
    HEAD_ROW,
    MORE,
    OTHER_ROW,
    PLEDGE,
    TOTAL_ROW,
    PledgeList,
    number_at,
)
from govtracker.importer.mapping import LEFT, SKIP
from govtracker.importer.meaning.facts import MARKED, NUMBER, TITLE, UNMARKED, choice, is_fraction
from govtracker.importer.meaning.heads import (
    UNKNOWN,
    Reading,
    containers,
    measure_named,
    planned_measure,
    within,
)
from govtracker.importer.meaning.partial_card import origin_of
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.grids import GridColumn
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.units import amount
from govtracker.model.card import Amount, Budget, BudgetItem, Card, Fact, Facts, Period, Pledge, Section
from govtracker.model.content import one_line
from govtracker.model.dates import Months
from govtracker.model.emptiness import is_empty
from govtracker.model.figure import Figure, parse_figure, total
from govtracker.model.origin import Origin
from govtracker.model.place import Place

Key = tuple[str, Months, str]
"""Source, interval and measure of an amount."""


@dataclass(slots=True)
class Listed:
    """A pledge of a list as it is gathered from its rows; `card` is what other sheets said of it before.

    `cells`, `named` and `said` are the cells of its amounts, of its number and title, and of its facts.
    """

    number: str
    title: str
    row: int
    card: Card | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    amounts: dict[Key, Figure] = field(default_factory=dict)
    cells: dict[Key, SheetCell] = field(default_factory=dict)
    totals: list[tuple[SheetCell, Reading, Figure]] = field(default_factory=list)
    named: list[tuple[Place, SheetCell]] = field(default_factory=list)
    said: dict[str, list[SheetCell]] = field(default_factory=dict)


def read_list(
    found: PledgeList, form: Form, period: Period, known: Sequence[Card] = ()
) -> list[tuple[Card | None, Card, list[Origin]]]:
    """(card that was known, card, where its values came from) of each pledge; what has no place is told.

    A pledge that is known from other sheets goes on: what the list says otherwise is told and left.
    """
    _claim_heads(found)
    pledges: list[Listed] = []
    kinds = dict(found.rows())
    for row, kind in kinds.items():
        if kind == PLEDGE:
            column = found.column("title")
            assert column is not None
            title = found.view.covering(row, column.left)
            assert title is not None
            found.view.claims.take(title, "공약명")
            pledges.append(_begun(found, row, one_line(title.text), known))
            pledges[-1].named.append((TITLE, title))
        if kind in (PLEDGE, MORE):
            _take_row(found, form, pledges[-1], row, kinds)
        else:
            _leave_row(found, row, kind)
    for pledge in pledges:
        _check(found, pledge)
    cards = [(pledge, _card(pledge, form, period)) for pledge in pledges]
    sheet = found.view.sheet.name
    return [(pledge.card, card, list(_origins(pledge, card, form, sheet))) for pledge, card in cards]


def _origins(pledge: Listed, card: Card, form: Form, sheet: str) -> Iterator[Origin]:
    """Which cell each value of a pledge was read from."""
    for place, cell in pledge.named:
        yield origin_of(place, sheet, cell)
    for definition in form.section:
        section = card.section(definition.key)
        if isinstance(section, Facts):
            for fact in section.values:
                for cell in pledge.said.get(fact.key, ()):
                    yield origin_of(Place(definition.key, field=fact.key), sheet, cell)
        elif isinstance(section, Budget) and section.items:
            for each in section.amounts:
                own = pledge.cells.get((each.source, each.span, each.measure)) if each.item == 0 else None
                if own is not None:
                    place = Place(definition.key, section.items[0].id, each.source, each.span, each.measure)
                    yield origin_of(place, sheet, own)


def _begun(found: PledgeList, row: int, title: str, known: Sequence[Card]) -> Listed:
    """A pledge that a row begins, with what is known of it."""
    made = Listed(number_at(found, row), title, row)
    made.card = next((card for card in known if _is_of(card.pledge, made)), None)
    if made.card is None:
        return made
    if fold(made.card.pledge.title) != fold(title):
        cell = found.view.texts(row)[0]
        found.note(cell.place, f"같은 관리번호의 공약명이 다릅니다: {made.card.pledge.title} / {title}")
    for _, section in made.card.sections:
        if isinstance(section, Facts):
            made.facts |= {fact.key: fact for fact in section.values}
        elif isinstance(section, Budget) and not made.amounts:
            made.amounts |= {(a.source, a.span, a.measure): a.figure for a in section.amounts if a.item == 0}
    return made


def _is_of(pledge: Pledge, listed: Listed) -> bool:
    """Whether a card's pledge is a list's: of one number, or of one title where one of them has no number."""
    if pledge.number and listed.number:
        return fold(pledge.number) == fold(listed.number)
    return fold(pledge.title) == fold(listed.title)


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
        if reading.kind == SKIP:
            _skip(found, column)
        elif reading == UNKNOWN:
            found.note(place, f"무엇인지 알 수 없는 칸이라 담지 않았습니다: {path}{_offered(found, column)}")
        elif reading.kind == "money" and (reading.won or found.won) is None:
            found.note(place, f"금액의 단위를 알 수 없어 담지 않았습니다: {path}")


def _offered(found: PledgeList, column: GridColumn) -> str:
    """What an unknown head may have been meant for."""
    near = found.reader.near(column.path)
    return f" (비슷한 항목: {', '.join(near)})" if near else ""


def _skip(found: PledgeList, column: GridColumn) -> None:
    """A column that somebody decided to leave out."""
    for row in range(found.grid.head_bottom + 1, found.grid.bottom + 1):
        for cell in found.view.texts(row, column.left, column.right):
            found.view.claims.ignore(cell, LEFT)


def _take_row(found: PledgeList, form: Form, pledge: Listed, row: int, kinds: Mapping[int, str]) -> None:
    source, measure = (_word(found, row, kind) for kind in ("source", "measure"))
    for column, reading in zip(found.grid.columns, found.readings, strict=True):
        carried = reading.kind == "fact" and form.fact[reading.key].carried
        cell = _cell(found, row, column, kinds, carried=carried)
        if cell is None or not (cell.text.strip() or cell.fault):
            continue
        if reading.kind == "number" and cell.is_date:
            found.view.claims.leave(cell, "관리번호가 날짜로 바뀌어 있습니다")
            found.note(cell.place, f"관리번호가 날짜로 바뀌어 있어 담지 않았습니다: {one_line(cell.text)}")
        elif reading.kind in ("number", "title", "source", "measure"):
            found.view.claims.take(
                cell, {"number": "관리번호", "title": "공약명"}.get(reading.kind, "재원 구분")
            )
            if reading.kind == "number":
                pledge.named.append((NUMBER, cell))
        elif reading.kind == "fact":
            _take_fact(found, form, pledge, cell, reading)
        elif reading == UNKNOWN and found.view.claims.free(cell):
            head = " > ".join(one_line(each) for each in column.path)
            found.view.claims.leave(cell, f"알 수 없는 머리글: {head}{_offered(found, column)}")
        elif reading.kind in ("money", "total"):
            _take_money(found, pledge, cell, reading, source, measure)


def _cell(
    found: PledgeList, row: int, column: GridColumn, kinds: Mapping[int, str], *, carried: bool
) -> SheetCell | None:
    """The cell of a row in a column; `carried` = a blank one goes on with the cell above."""
    cell = found.view.covering(row, column.left)
    if carried and (cell is None or not (cell.text.strip() or cell.fault)):
        return _above(found, row, column, kinds)
    return cell


def _above(found: PledgeList, row: int, column: GridColumn, kinds: Mapping[int, str]) -> SheetCell | None:
    """The cell that a blank one under it goes on with; none across a row that is no pledge's."""
    for above in range(row - 1, found.grid.head_bottom, -1):
        if kinds.get(above) in (TOTAL_ROW, OTHER_ROW):
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
    if definition.type == "percent" and is_fraction(cell):
        found.note(cell.place, f"{definition.label}이(가) 1보다 작습니다. 백분율인지 확인하세요: {text}")
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
    pledge.said.setdefault(reading.key, []).append(cell)
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
    pledge.said.setdefault(reading.key, []).append(cell)
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
    before, own = pledge.amounts.get(key), pledge.cells.get(key)
    if (before is not None and before != figure) or (own is not None and own is not cell):
        claims.leave(cell, "같은 금액이 둘입니다")
        found.note(cell.place, f"같은 공약의 같은 재원에 금액이 둘입니다: {pledge.title}")
        return
    pledge.amounts[key], pledge.cells[key] = figure, cell
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
    for key in containers(pledge.cells):
        figure, cell = pledge.amounts.pop(key), pledge.cells[key]
        source, span, measure = key
        pledge.totals.append((cell, Reading("total", source, "", measure, span, None), figure))
    for cell, reading, figure in pledge.totals:
        parts = [
            each
            for (source, span, measure), each in pledge.amounts.items()
            if within(span, reading.span)
            and (not reading.measure or measure == reading.measure)
            and (not reading.key or source == reading.key)
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
    if pledge.card is not None:
        return _joined(pledge, pledge.card, form)
    made: list[tuple[str, Section]] = []
    for definition in form.section:
        made.append((definition.key, _section(pledge, definition)))
    return Card(Pledge(pledge.title, pledge.number), period, form.key, tuple(made))


def _joined(pledge: Listed, card: Card, form: Form) -> Card:
    """A card that other sheets began, with what the list adds: facts, and money where it had none."""
    for definition in form.section:
        own = card.section(definition.key)
        if definition.kind == "facts" or (isinstance(own, Budget) and len(own.items) < 2):
            added = _section(pledge, definition)
            if isinstance(added, Budget) and isinstance(own, Budget) and own.items:
                added = replace(added, unit=own.unit, items=own.items)
            if not is_empty(added):
                card = card.with_section(definition.key, added)
    if pledge.number and not card.pledge.number:
        card = replace(card, pledge=replace(card.pledge, number=pledge.number))
    return card


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
