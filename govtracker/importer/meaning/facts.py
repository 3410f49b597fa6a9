"""Reading title bars and header grids: values by their labels, check boxes, people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govtracker.arithmetic.budget import header_total_place
from govtracker.forms.schema import Block, GridCell, Option
from govtracker.forms.spans import spread
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.meaning.persons import Written, columns_of_people, people_by_line, people_lines
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.labels import bare, fold, pattern
from govtracker.importer.structure.segment import Region
from govtracker.importer.structure.units import caption_behind, in_unit, without_caption
from govtracker.model.card import Fact, Facts
from govtracker.model.content import one_line
from govtracker.model.figure import parse_figure
from govtracker.model.place import PLEDGE, Place

_NUMBER = re.compile(r"(?:[가-힣A-Za-z]{1,8}[- ]?)?\d+(?:[-‐.]\d+)*")
_TITLED = re.compile(rf"(?P<number>{_NUMBER.pattern})[.\s]+(?P<title>\D.*)")
_OPEN, _TICKS = "□☐▢◻⬜◽▫", "☑☒■▣✔✓✅❎❌✖✗✘⬛◾◼▪◆●◉"
_BOX = re.compile(rf"(?P<box>[{_OPEN}◇{_TICKS}])\s*(?P<label>[^{_OPEN}{_TICKS}()]+)")
_TICKED = frozenset(_TICKS)
MARKED = frozenset("○◯O●◎√V✔✓☑■v")
UNMARKED = frozenset(("", "-", "–", "—", "×", "X", "x", "✕", "✖", "0", "□", "☐"))
"""What stands in the column of one choice where it is chosen, and where it isn't."""
NUMBER, TITLE = Place(PLEDGE, field="number"), Place(PLEDGE, field="title")


def title(partial: PartialCard, block: Block, region: Region) -> None:
    """Control number and title: the first row of the sheet that can be one."""
    view = partial.page
    for row in range(region.top, region.bottom + 1):
        cells = view.free_texts(row)
        if not cells:
            continue
        if not block.number_width:
            if len(cells) == 1:
                partial.title = one_line(cells[0].text)
                view.claims.take(cells[0], "공약명")
                partial.came(TITLE, cells[0])
                return
            continue
        if len(cells) == 1 and _NUMBER.fullmatch(cells[0].text.strip()):
            partial.number = cells[0].text.strip()
            view.claims.take(cells[0], "관리번호")
            partial.came(NUMBER, cells[0])
            return
        if len(cells) == 2 and _NUMBER.fullmatch(cells[0].text.strip()):
            partial.number, partial.title = cells[0].text.strip(), one_line(cells[1].text)
            view.claims.take(cells[0], "관리번호")
            view.claims.take(cells[1], "공약명")
            partial.came(NUMBER, cells[0])
            partial.came(TITLE, cells[1])
            return
        found = _TITLED.fullmatch(one_line(cells[0].text)) if len(cells) == 1 else None
        if found:
            partial.number, partial.title = found["number"], found["title"]
            view.claims.take(cells[0], "관리번호와 공약명")
            partial.came(NUMBER, cells[0])
            partial.came(TITLE, cells[0])
            return
    if block.number_width:
        _title_without_number(partial, region)


def _title_without_number(partial: PartialCard, region: Region) -> None:
    """A form with numbers, a sheet without: the first text that stands alone is the title."""
    for row in range(region.top, min(region.top + 3, region.bottom + 1)):
        cells = partial.page.free_texts(row)
        if (
            len(cells) == 1
            and len(cells[0].text) < 80
            and not cells[0].text.lstrip().startswith(("◆", "□", "○"))
        ):
            partial.title = one_line(cells[0].text)
            partial.page.claims.take(cells[0], "공약명")
            partial.came(TITLE, cells[0])
            return


@dataclass(slots=True)
class Wanted:
    """A value of the form's grid and the label by which a sheet shows it: left of it, or above."""

    cell: GridCell
    label: str
    above: bool


def wanted(block: Block) -> list[Wanted]:
    """The values of a grid with their labels, from the geometry of the form's rows."""
    starts, at = spread(block.rows)
    made = []
    for row, column, cell in starts:
        if cell.label:
            continue
        left, above = at.get((row, column - 1)), at.get((row - 1, column))
        begun_above = column > 0 and at.get((row - 1, column - 1)) is left
        all_labels = row > 0 and all(c.label for c in block.rows[row - 1])
        if left and left.label and not (above and above.label and (begun_above or all_labels)):
            made.append(Wanted(cell, left.label, above=False))
        elif above and above.label:
            made.append(Wanted(cell, above.label, above=True))
    return made


def grid(partial: PartialCard, block: Block, region: Region) -> None:
    """The header's values; its labels are claimed as ignored."""
    view = partial.page
    labels = {pattern(each) for line in block.rows for cell in line for each in _spellings(cell.label)}
    cells = [cell for row in range(region.top, region.bottom + 1) for cell in view.free_texts(row)]
    found = {(cell.row, cell.column) for cell in cells if _is_label(cell.text, labels)}
    done = {cell for line in block.rows for cell in people_columns(partial, line, cells, found)}
    for each in wanted(block):
        if each.cell in done:
            continue
        label = next(
            (c for c in cells if _is_label(c.text, _patterns(each.label)) and (c.row, c.column) in found),
            None,
        )
        if label is None:
            continue
        values = _below(partial, label, found) if each.above else _right_of(partial, label, found)
        if each.cell.people:
            people_lines(partial, each.cell.people, values)
        elif each.cell.total:
            for value in values:
                view.claims.take(value, "계산하는 금액")
                place = header_total_place(partial.form, each.cell.total, each.cell.source)
                unit = partial.form.section_def(place.section).unit
                won = next((w for c in cells if (c.row, c.column) in found for w in _unit(c.text)), unit)
                partial.compute(value, in_unit(figure_text(value.figure), won, unit), place)
        elif each.cell.option:
            _option(partial, each.cell, values)
        else:
            _fact(partial, each.cell.fact, values)
    _unmarked(partial, block)
    for cell in cells:
        if (cell.row, cell.column) in found:
            view.claims.ignore(cell, "항목 이름")


def people_columns(
    partial: PartialCard, line: tuple[GridCell, ...], cells: list[SheetCell], labels: set[tuple[int, int]]
) -> list[GridCell]:
    """Read a row of the form that holds people by columns; the form's cells that are thereby done.

    The values behind a label are as many columns of the sheet as the form has cells there, in its order.
    """
    if not any(cell.people and cell.field for cell in line):
        return []
    found: dict[str, dict[str, Written]] = {}
    for label, values in _bands(line):
        at = next(
            (c for c in cells if _is_label(c.text, _patterns(label)) and (c.row, c.column) in labels), None
        )
        if at is None:
            continue
        columns: dict[int, list[SheetCell]] = {
            column: [] for column in _drawn_columns(partial, at, labels, len(values))
        }
        for cell in _right_of(partial, at, labels):
            columns.setdefault(cell.column, []).append(cell)
        for wanted_, own in zip(
            reversed(values), (columns[c] for c in sorted(columns, reverse=True)), strict=False
        ):
            if not own:
                continue
            if wanted_.field:
                lines = columns_of_people(partial, wanted_, own, at.row)
                found.setdefault(wanted_.people, {})[wanted_.field] = lines
            elif wanted_.fact:
                _fact(partial, wanted_.fact, own)
    for key, fields in found.items():
        people_by_line(partial, key, fields)
    return [cell for cell in line if not cell.label]


def _drawn_columns(
    partial: PartialCard, label: SheetCell, labels: set[tuple[int, int]], count: int
) -> list[int]:
    """Where the cells right of a label begin, empty ones too, if they are as many as the form has."""
    found = []
    for cell in partial.page.row(label.row, label.right + 1):
        if (cell.row, cell.column) in labels:
            break
        found.append(cell.column)
    return found if len(found) == count else []


def _bands(line: tuple[GridCell, ...]) -> list[tuple[str, list[GridCell]]]:
    """Each label of a row with the cells up to the next one."""
    made: list[tuple[str, list[GridCell]]] = []
    for cell in line:
        if cell.label:
            made.append((cell.label, []))
        elif made:
            made[-1][1].append(cell)
    return made


def _spellings(label: str) -> tuple[str, ...]:
    """A label of the form, and without the unit behind it: the sheet may name another one."""
    return tuple(dict.fromkeys((label, without_caption(label)))) if label else ()


def _patterns(label: str) -> set[re.Pattern[str]]:
    return {pattern(each) for each in _spellings(label)}


def _unit(text: str) -> Iterator[int]:
    """Won per unit that a label names."""
    behind = caption_behind(text)
    if behind is not None and behind.won is not None:
        yield behind.won


def _is_label(text: str, labels: set[re.Pattern[str]]) -> bool:
    folded = fold(text)
    noted = re.fullmatch(r"(.+?)\n\(.*", text.strip(), re.DOTALL)
    spellings = (folded, bare(folded), fold(without_caption(text)), *((fold(noted[1]),) if noted else ()))
    return any(label.fullmatch(spelling) for label in labels for spelling in spellings)


def _right_of(partial: PartialCard, label: SheetCell, labels: set[tuple[int, int]]) -> list[SheetCell]:
    """Text cells right of a label up to the next label, in each row that the label covers."""
    made = []
    for row in range(label.row, label.bottom + 1):
        for cell in partial.page.texts(row, label.right + 1):
            passed = (partial.page.covering(row, at) for at in range(label.right + 1, cell.column + 1))
            if any(each and (each.row, each.column) in labels for each in passed):
                break
            if partial.page.claims.free(cell):
                made.append(cell)
    return made


def _below(partial: PartialCard, label: SheetCell, labels: set[tuple[int, int]]) -> list[SheetCell]:
    cells = partial.page.texts(label.bottom + 1, label.column, label.right)
    return [cell for cell in cells[:1] if (cell.row, cell.column) not in labels]


def facts_section(partial: PartialCard, key: str) -> str:
    """Key of the form's section that holds a fact."""
    return next(s.key for s in partial.form.section if s.kind == "facts" and key in s.fields)


def put_fact(partial: PartialCard, fact: Fact, *cells: SheetCell) -> None:
    """Set a fact, which these cells say, in the section of the form that holds it."""
    key = facts_section(partial, fact.key)
    facts = partial.sections.get(key) or Facts()
    partial.put(key, Facts((*(f for f in facts.values if f.key != fact.key), fact)))
    partial.came(Place(key, field=fact.key), *cells)


def _fact(partial: PartialCard, key: str, values: list[SheetCell]) -> None:
    definition = partial.form.fact[key]
    text = "\n".join(cell.text.strip() for cell in values)
    if not text:
        return
    if definition.type == "choice" and definition.options:
        fact = choice(key, definition.options, text)
        if fact is None:
            for cell in values:
                partial.page.claims.leave(cell, f"{definition.label}: 무엇을 골랐는지 알 수 없습니다")
            partial.note(
                values[0].place, f"{definition.label}에서 무엇을 골랐는지 알 수 없습니다: {one_line(text)}"
            )
            return
        if len([c for c in fact.chosen if "." not in c]) != 1:
            partial.note(values[0].place, f"{definition.label}은(는) 하나만 골라야 합니다: {one_line(text)}")
    else:
        fact = Fact(key, text)
    put_fact(partial, fact, *values)
    for cell in values:
        partial.page.claims.take(cell, definition.label)


def is_fraction(cell: SheetCell) -> bool:
    """Whether a number under a rate is below 1 and doesn't show a percent sign: half of them are shares of 1."""
    figure = parse_figure(cell.figure)
    return cell.number and "%" not in cell.text and figure.value is not None and 0 < figure.value < 1


def choice(key: str, options: tuple[Option, ...], text: str) -> Fact | None:
    """The chosen options of a text with check boxes, or of a text that is an option's label; else None."""
    boxes = list(_BOX.finditer(text))
    if not boxes:
        option = _option_of(options, text)
        return Fact(key, _raw(option, text), (option.key,)) if option else None
    chosen: list[str] = []
    known = False
    parent: Option | None = None
    raw = ""
    for box in boxes:
        option = _option_of(options, box["label"])
        inner = _option_of(parent.options, box["label"]) if parent else None
        if option is not None:
            parent, known = option, True
            if box["box"] in _TICKED:
                chosen.append(option.key)
                raw = _raw(option, box["label"])
        elif inner is not None and parent is not None and box["box"] in _TICKED:
            chosen.append(f"{parent.key}.{inner.key}")
    return Fact(key, raw, tuple(chosen)) if known else None


def _option_of(options: tuple[Option, ...], label: str) -> Option | None:
    folded = fold(label)
    return next((o for o in options if folded in (fold(o.label), *(fold(a) for a in o.aliases))), None)


def _raw(option: Option, label: str) -> str:
    """The label as the sheet spelled it, where that isn't the form's spelling."""
    return "" if fold(label) == fold(option.label) else one_line(label)


def _option(partial: PartialCard, cell: GridCell, values: list[SheetCell]) -> None:
    """A ○ in a column chooses the column's option; anything else in it is a dash or nothing."""
    for value in values:
        if value.text.strip() in MARKED:
            put_fact(partial, Fact(cell.fact, "", (cell.option,)), value)
        partial.page.claims.take(value, partial.form.fact[cell.fact].label)


def _unmarked(partial: PartialCard, block: Block) -> None:
    """Where no column of a choice holds a ○ but a figure stands in the one option's that has no column, that is it."""
    for fact in dict.fromkeys(cell.fact for line in block.rows for cell in line if cell.option):
        columns = {cell.option for line in block.rows for cell in line if cell.fact == fact}
        left = [option.key for option in partial.form.fact[fact].options if option.key not in columns]
        section = partial.sections.get(facts_section(partial, fact))
        chosen = section and section.get(fact).chosen
        figures = section and any(
            f.text.strip() not in ("", "-") for f in section.values if _rate(partial, f.key)
        )
        if len(left) == 1 and not chosen and figures:
            put_fact(partial, Fact(fact, "", (left[0],)))


def _rate(partial: PartialCard, key: str) -> bool:
    return partial.form.fact[key].type == "percent"
