"""Reading title bars and header grids: values by their labels, check boxes, people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govtracker.forms.schema import Block, GridCell, Option, SectionDef
from govtracker.importer.labels import bare, fold, pattern
from govtracker.importer.recognise.draft import Draft
from govtracker.importer.segment import Region
from govtracker.importer.workbook import SheetCell
from govtracker.model.card import Fact, Facts, People, Person
from govtracker.model.content import one_line

_NUMBER = re.compile(r"(?:[가-힣A-Za-z]{1,8}[- ]?)?\d+(?:[-‐.]\d+)*")
_TITLED = re.compile(rf"(?P<number>{_NUMBER.pattern})[.\s]+(?P<title>\D.*)")
_BOX = re.compile(r"(?P<box>[□☐▢◻◇]|[☑☒■▣✔✓✅◼▪◆●◉])\s*(?P<label>[^□☐▢◻☑☒■▣✔✓✅◼▪◆●◉()]+)")
_TICKED = frozenset("☑☒■▣✔✓✅◼▪◆●◉")


def title(draft: Draft, block: Block, region: Region) -> None:
    """Control number and title: the first row of the sheet that can be one."""
    page = draft.page
    for row in range(region.top, region.bottom + 1):
        cells = page.free_texts(row)
        if not cells:
            continue
        if not block.number_width:
            if len(cells) == 1:
                draft.title = one_line(cells[0].text)
                page.claims.take(cells[0], "공약명")
                return
            continue
        if len(cells) == 2 and _NUMBER.fullmatch(cells[0].text.strip()):
            draft.number, draft.title = cells[0].text.strip(), one_line(cells[1].text)
            page.claims.take(cells[0], "관리번호")
            page.claims.take(cells[1], "공약명")
            return
        found = _TITLED.fullmatch(one_line(cells[0].text)) if len(cells) == 1 else None
        if found:
            draft.number, draft.title = found["number"], found["title"]
            page.claims.take(cells[0], "관리번호와 공약명")
            return
    if block.number_width:
        _title_without_number(draft, region)


def _title_without_number(draft: Draft, region: Region) -> None:
    """A form with numbers, a sheet without: the first text that stands alone is the title."""
    for row in range(region.top, min(region.top + 3, region.bottom + 1)):
        cells = draft.page.free_texts(row)
        if (
            len(cells) == 1
            and len(cells[0].text) < 80
            and not cells[0].text.lstrip().startswith(("◆", "□", "○"))
        ):
            draft.title = one_line(cells[0].text)
            draft.page.claims.take(cells[0], "공약명")
            return


@dataclass(slots=True)
class Wanted:
    """A value of the form's grid and the label by which a sheet shows it: left of it, or above."""

    cell: GridCell
    label: str
    above: bool


def wanted(block: Block) -> list[Wanted]:
    """The values of a grid with their labels, from the geometry of the form's rows."""
    at: dict[tuple[int, int], GridCell] = {}
    starts: list[tuple[int, int, GridCell]] = []
    for row, line in enumerate(block.rows):
        column = 0
        for cell in line:
            while (row, column) in at:
                column += 1
            starts.append((row, column, cell))
            for r in range(row, row + cell.down):
                for c in range(column, column + cell.span):
                    at[r, c] = cell
            column += cell.span
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


def grid(draft: Draft, block: Block, region: Region) -> None:
    """The header's values; its labels are claimed as ignored."""
    page = draft.page
    labels = {pattern(cell.label) for line in block.rows for cell in line if cell.label}
    cells = [cell for row in range(region.top, region.bottom + 1) for cell in page.free_texts(row)]
    found = {(cell.row, cell.column) for cell in cells if _is_label(cell.text, labels)}
    for each in wanted(block):
        label = next(
            (c for c in cells if _is_label(c.text, {pattern(each.label)}) and (c.row, c.column) in found),
            None,
        )
        if label is None:
            continue
        values = _below(draft, label, found) if each.above else _right_of(draft, label, found)
        if each.cell.people:
            _people(draft, each.cell.people, values)
        elif each.cell.total:
            for value in values:
                page.claims.take(value, "계산하는 금액")
                draft.computed.append(
                    (value.place, value.text, f"total|{each.cell.total}|{each.cell.source}")
                )
        elif each.cell.option:
            _option(draft, each.cell, values)
        else:
            _fact(draft, each.cell.fact, values)
    for cell in cells:
        if (cell.row, cell.column) in found:
            page.claims.ignore(cell, "항목 이름")


def _is_label(text: str, labels: set[re.Pattern[str]]) -> bool:
    folded = fold(text)
    return any(label.fullmatch(folded) or label.fullmatch(bare(folded)) for label in labels)


def _right_of(draft: Draft, label: SheetCell, labels: set[tuple[int, int]]) -> list[SheetCell]:
    """Text cells right of a label up to the next label, in each row that the label covers."""
    made = []
    for row in range(label.row, label.bottom + 1):
        for cell in draft.page.texts(row, label.right + 1):
            if (cell.row, cell.column) in labels:
                break
            if draft.page.claims.free(cell):
                made.append(cell)
    return made


def _below(draft: Draft, label: SheetCell, labels: set[tuple[int, int]]) -> list[SheetCell]:
    cells = draft.page.texts(label.bottom + 1, label.column, label.right)
    return [cell for cell in cells[:1] if (cell.row, cell.column) not in labels]


def _facts_section(draft: Draft, key: str) -> str:
    return next(s.key for s in draft.form.section if s.kind == "facts" and key in s.fields)


def put_fact(draft: Draft, fact: Fact) -> None:
    """Set a fact in the section of the form that holds it."""
    key = _facts_section(draft, fact.key)
    facts = draft.sections.get(key) or Facts()
    draft.put(key, Facts((*(f for f in facts.values if f.key != fact.key), fact)))


def _fact(draft: Draft, key: str, values: list[SheetCell]) -> None:
    definition = draft.form.fact[key]
    text = "\n".join(cell.text.strip() for cell in values)
    if not text:
        return
    if definition.type == "choice" and definition.options:
        fact = choice(key, definition.options, text)
        if fact is None:
            for cell in values:
                draft.page.claims.leave(cell, f"{definition.label}: 무엇을 골랐는지 알 수 없습니다")
            draft.note(
                values[0].place, f"{definition.label}에서 무엇을 골랐는지 알 수 없습니다: {one_line(text)}"
            )
            return
        if len([c for c in fact.chosen if "." not in c]) != 1:
            draft.note(values[0].place, f"{definition.label}은(는) 하나만 골라야 합니다: {one_line(text)}")
    else:
        fact = Fact(key, text)
    put_fact(draft, fact)
    for cell in values:
        draft.page.claims.take(cell, definition.label)


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


def _option(draft: Draft, cell: GridCell, values: list[SheetCell]) -> None:
    """A ○ in a column chooses the column's option; anything else in it is a dash or nothing."""
    for value in values:
        if value.text.strip() in ("○", "◯", "O", "●", "◎", "√", "V"):
            put_fact(draft, Fact(cell.fact, "", (cell.option,)))
        draft.page.claims.take(value, draft.form.fact[cell.fact].label)


def person_pattern(line: str) -> re.Pattern[str]:
    """Pattern of one person in the form's way of writing: role, name and perhaps a number in brackets."""
    made = re.escape(line)
    made = made.replace(r"\{role\}", r"(?P<role>[가-힣A-Za-z0-9·]+)").replace(
        r"\{name\}", r"(?P<name>[가-힣A-Za-z○*]+)"
    )
    made = made.replace(r"\{rank\}", r"(?P<rank>[가-힣0-9]+)").replace(
        r"\{department\}", r"(?P<department>[가-힣0-9·]+)"
    )
    made = made.replace(r":\ ", r"\s*[:：]\s*").replace(r"\ ", r"\s*")
    return re.compile(
        made.replace(r"\(☎\{phone\}\)", r"(?:\s*\(\s*(?:[☎☏]|전화)?\s*(?P<phone>[\d\-~,. ]+)\s*\))?").replace(
            r"\(\{phone\}\)", r"(?:\s*\(\s*[☎☏]?\s*(?P<phone>[\d\-~,. ]+)\s*\))?"
        )
    )


def _people(draft: Draft, key: str, values: list[SheetCell]) -> None:
    section = draft.form.section_def(key)
    regex = person_pattern(section.line)
    people = draft.sections.get(key) or People()
    persons = list(people.persons)
    for cell in values:
        found = list(regex.finditer(one_line(cell.text)))
        rest = regex.sub("", one_line(cell.text)).strip(" ,/·")
        if not found:
            continue
        persons += _department(section, [_person(match) for match in found])
        if rest:
            draft.page.claims.leave(cell, f"사람으로 읽지 못한 글이 남았습니다: {rest}")
            draft.note(cell.place, f"{section.label}에서 읽지 못한 글: {rest}")
        else:
            draft.page.claims.take(cell, section.label)
    draft.put(key, People(tuple(persons)))


def _person(match: re.Match[str]) -> Person:
    groups = match.groupdict()
    return Person(
        role=groups.get("role") or "", department=groups.get("department") or "", rank=groups.get("rank") or "",
        name=groups.get("name") or "", phone=(groups.get("phone") or "").strip(),
    )  # fmt: skip


def _department(section: SectionDef, persons: list[Person]) -> list[Person]:
    """The department is read off its head's role (기획예산과장 -> 기획예산과) and goes for the whole cell."""
    if not section.department_head:
        return persons
    head = next(
        (
            p.role
            for p in persons
            if p.role.endswith(section.department_head) and len(p.role) > len(section.department_head)
        ),
        "",
    )
    department = head[: -len(section.department_head)] + section.department_head[:-1] if head else ""
    return [Person(p.role, p.department or department, p.rank, p.name, p.phone) for p in persons]
