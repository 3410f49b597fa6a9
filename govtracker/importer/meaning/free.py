"""Cards in no known layout: labels with their values, tables whose heads the catalogue knows, lines under headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from govtracker.forms.schema import SectionDef
from govtracker.importer.meaning import recognise
from govtracker.importer.meaning.facts import NUMBER, TITLE, choice, facts_section, put_fact
from govtracker.importer.meaning.free_tables import read_tables
from govtracker.importer.meaning.heads import fact_named, named
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.workbook import Sheet, SheetCell
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.pieces import Area, cut_at
from govtracker.importer.structure.segment import regions
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.card import Fact, People, Person
from govtracker.model.content import one_line
from govtracker.model.emptiness import is_empty
from govtracker.model.place import PLEDGE, Place

_LEAD = re.compile(r"^(?:[□■◻○●◦▪◆◇※\-·ㅇ]|\d{1,2}\s*[.)])\s*")
_INLINE = re.compile(r"(?P<label>[^:：\n]{1,20})[:：]\s*(?P<value>\S.*)", re.DOTALL)
_PERSON = re.compile(
    r"(?P<name>[가-힣]{2,5})\s*(?:[(\[]?\s*(?:[☎☏]|전화)?\s*(?P<phone>\(?\d{2,4}[)\-. ][\d\-. ]{4,})\s*[)\]]?)?"
)
Label = tuple[str, str]
"""What a label is for: `number` or `title`, `fact` and its key, `person` and the role."""


def free_pieces(sheet: Sheet) -> list[Sheet]:
    """The sheet in pieces, one for each title that it names behind a label."""
    view = SheetView(sheet)
    titles = [
        cell
        for cell in sheet.cells
        if named(_plain(cell.text), "title") and _value_right(view, cell, lambda text: named(text, "title"))
    ]
    return cut_at(sheet, view, titles, _card_top)


def _card_top(view: SheetView, row: int, area: Area) -> int:
    """The first row of what stands around a title without a blank row between."""
    top, left, _, right = area
    while row > top and view.texts(row - 1, left, right):
        row -= 1
    return row


def read_free(partial: PartialCard) -> frozenset[tuple[str, str]]:
    """Read the page of a partial card; the parts of the card that stand on it."""
    read_tables(partial)
    for cell, label, values in list(_pairs(partial)):
        _take(partial, cell, label, values)
    kinds = ("outline", "lines")
    for region in regions(partial.page, partial.form)[1:]:
        region.blocks = [block for block in region.blocks if block.kind in kinds]
        if region.blocks:
            recognise(partial, [region])
    sections = partial.form.section
    filled = {key for key, section in partial.sections.items() if not is_empty(section)}
    return frozenset((each.key, "") for each in sections if each.key in filled and each.kind != "facts")


# ---------------------------------------------------------------- labels and their values


def _plain(text: str) -> str:
    return _LEAD.sub("", one_line(text)).rstrip(":： ")


def _label(partial: PartialCard, text: str) -> Label | None:
    form, plain = partial.form, _plain(text)
    if not plain or len(plain) > 24:
        return None
    if fold(plain) in partial.choices.labels:
        word, _, key = partial.choices.labels[fold(plain)].partition("/")
        known = word in ("title", "number", "person") or (word == "fact" and key in form.fact)
        return (word, plain if word == "person" else key) if known else None
    for kind in ("title", "number"):
        if named(plain, kind):
            return kind, ""
    key = fact_named(form, plain)
    if key:
        return "fact", key
    return ("person", plain) if named(plain, "person") else None


def _pairs(partial: PartialCard) -> Iterator[tuple[SheetCell, Label, list[tuple[SheetCell, str]]]]:
    """(label's cell, what it is for, its value: cell and text) of every label that has one."""
    view = partial.page

    def is_label(text: str) -> bool:
        return _label(partial, text) is not None

    for row in sorted(view.rows):
        cells = view.free_texts(row)
        labels = [cell for cell in cells if is_label(cell.text)]
        mixed = len(labels) < len(cells) or (len(cells) == 2 and _pairs_near(view, cells, is_label))
        paired = len(cells) % 2 == 0 and mixed and all(c in labels for c in cells[::2])
        for cell in cells[::2] if paired else cells:
            inline = _INLINE.fullmatch(cell.text.strip()) if not is_label(cell.text) else None
            if inline:
                label = _label(partial, inline["label"])
                if label is not None:
                    yield cell, label, [(cell, inline["value"])]
                continue
            label = _label(partial, cell.text)
            if label is None:
                continue
            value = _value_right(view, cell, (lambda text: False) if paired else is_label)
            identified = label[0] != "title" or any(_label(partial, c.text) == ("number", "") for c in labels)
            if value is None and len(labels) == len(cells) > 1 and identified:
                value = _value_below(view, cell, is_label)
            if value is not None and view.claims.free(value):
                yield cell, label, [(value, value.text)]


def _value_below(view: SheetView, cell: SheetCell, is_label: Callable[[str], bool]) -> SheetCell | None:
    """The cell under a label of a row of labels; none where more follows under it: that is a table's column."""
    below = view.covering(cell.bottom + 1, cell.column)
    if below is None or not below.text.strip() or is_label(below.text):
        return None
    after = view.covering(below.bottom + 1, cell.column)
    return None if after is not None and after.text.strip() and not is_label(after.text) else below


def _pairs_near(view: SheetView, pair: list[SheetCell], is_label: Callable[[str], bool]) -> bool:
    """Whether the row above or below is a label and its value in the same two columns."""
    columns = [cell.column for cell in pair]
    near = (view.texts(pair[0].row - 1), view.texts(pair[0].bottom + 1))
    return any(
        [cell.column for cell in cells] == columns and is_label(cells[0].text) and not is_label(cells[1].text)
        for cells in near
    )


def _value_right(view: SheetView, cell: SheetCell, is_label: Callable[[str], bool]) -> SheetCell | None:
    """The cell right of a label, where it stands next to it and is no label itself."""
    for other in view.texts(cell.row, cell.right + 1):
        blank = all(view.is_blank(column) for column in range(cell.right + 1, other.column))
        return other if blank and not is_label(_plain(other.text)) else None
    return None


def _take(partial: PartialCard, cell: SheetCell, label: Label, values: list[tuple[SheetCell, str]]) -> None:
    claims = partial.page.claims
    if not claims.free(values[0][0]):
        return
    if label[0] == "number" and values[0][0].is_date:
        claims.leave(values[0][0], "관리번호가 날짜로 바뀌어 있습니다")
        partial.note(
            values[0][0].place, f"관리번호가 날짜로 바뀌어 있어 담지 않았습니다: {one_line(values[0][1])}"
        )
        return
    kind, key = label
    value, text = values[0]
    place = {"title": _title, "number": _number, "fact": _fact, "person": _person}[kind](partial, key, text)
    if place is None:
        claims.leave(value, "이미 읽은 값과 다르거나 알 수 없는 값입니다")
        partial.note(value.place, f"{_plain(cell.text)}: 읽지 못했습니다: {one_line(text)}")
    else:
        claims.take(value, _word(partial, place))
        partial.came(place, value)
    if cell is not value:
        claims.ignore(cell, "항목 이름")


def _word(partial: PartialCard, place: Place) -> str:
    """What the ledger says of a value that came to a place."""
    if place.section == PLEDGE:
        return "공약명" if place == TITLE else "관리번호"
    if place.field:
        return partial.form.fact[place.field].label
    return partial.form.section_def(place.section).label


def _title(partial: PartialCard, _: str, text: str) -> Place | None:
    found = re.fullmatch(r"(?P<number>(?:[가-힣]{1,8}-)?\d+(?:-\d+)+)[.\s]+(?P<title>\D.*)", one_line(text))
    title = found["title"] if found else one_line(text)
    if partial.title and partial.title != title:
        return None
    partial.title = title
    if found and not partial.number:
        partial.number = found["number"]
    return TITLE


def _number(partial: PartialCard, _: str, text: str) -> Place | None:
    if len(one_line(text)) > 20 or (partial.number and partial.number != one_line(text)):
        return None
    partial.number = one_line(text)
    return NUMBER


def _fact(partial: PartialCard, key: str, text: str) -> Place | None:
    definition = partial.form.fact[key]
    text = text.strip()
    fact: Fact | None = Fact(key, text.removesuffix("%") if definition.type == "percent" else text)
    if definition.type == "choice":
        fact = choice(key, definition.options, text)
    if fact is None or _held(partial, key) not in (None, fact):
        return None
    put_fact(partial, fact)
    return Place(facts_section(partial, key), field=key)


def _held(partial: PartialCard, key: str) -> Fact | None:
    facts = (
        f
        for section in partial.sections.values()
        for f in getattr(section, "values", ())
        if isinstance(f, Fact)
    )
    return next((fact for fact in facts if fact.key == key), None)


def _person(partial: PartialCard, role: str, text: str) -> Place | None:
    section: SectionDef | None = next((each for each in partial.form.section if each.kind == "people"), None)
    found = _PERSON.fullmatch(one_line(text))
    if section is None or found is None:
        return None
    old = partial.sections.get(section.key) or People()
    person = Person(role=role, name=found["name"], phone=(found["phone"] or "").strip())
    partial.put(section.key, People((*old.persons, person)))
    return Place(section.key, person.id)
