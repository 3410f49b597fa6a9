"""Reading people: written in a line of their own, or a field in each of several columns, a line per person."""

from __future__ import annotations

import re
from dataclasses import replace

from govtracker.forms.schema import GridCell, SectionDef
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.workbook import SheetCell
from govtracker.model.card import People, Person
from govtracker.model.content import one_line
from govtracker.model.place import Place

_PHONE = (
    r"(?:\s*\(\s*(?:[☎☏✆📞]|전화|[Tt][Ee][Ll])?\s*[.:：]?\s*"
    r"(?P<phone>\(?(?:\d{2,4}\)\s*)?[\d\-~∼,./ ]*\d[\d\-~∼,./ ]*(?:(?:내선|구내|교환|#)[^()]*)?)\s*\))?"
)
"""A number in brackets, which may have brackets of its own (`02)000-0301`) and an extension behind it."""


Written = dict[int, tuple[str, SheetCell]]
"""One field of the people by their lines: text and cell."""


def columns_of_people(partial: PartialCard, cell: GridCell, cells: list[SheetCell], top: int) -> Written:
    """One field of the people by their lines: sheet rows below `top`, and lines within a cell."""
    section = partial.form.section_def(cell.people)
    found: Written = {}
    for each in cells:
        partial.page.claims.take(each, section.label)
        for at, text in enumerate(each.text.split("\n")):
            if text.strip():
                found[each.row - top + at] = one_line(text), each
    return found


def people_by_line(partial: PartialCard, key: str, fields: dict[str, Written]) -> None:
    """People from their fields by line."""
    persons: list[Person] = []
    for at in sorted({at for found in fields.values() for at in found}):
        own = {field: found[at] for field, found in fields.items() if at in found}
        person = Person(**{field: text for field, (text, _) in own.items()})
        for field, (_, cell) in own.items():
            partial.came(Place(key, person.id, field), cell)
        persons.append(person)
    old = partial.sections.get(key) or People()
    partial.put(key, People((*old.persons, *persons)))


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
        made.replace(r"\(☎\{phone\}\)", _PHONE).replace(r"\(\{phone\}\)", _PHONE),
    )


def people_lines(partial: PartialCard, key: str, values: list[SheetCell]) -> None:
    """People written in the form's own way in some cells; what is left over is told."""
    section = partial.form.section_def(key)
    regex = person_pattern(section.line)
    people = partial.sections.get(key) or People()
    persons = list(people.persons)
    for cell in values:
        found = list(regex.finditer(one_line(cell.text)))
        rest = regex.sub("", one_line(cell.text)).strip(" ,/·")
        if not found:
            continue
        new = _department(section, [_person(match) for match in found])
        for person in new:
            partial.came(Place(key, person.id), cell)
        persons += new
        if rest:
            partial.page.claims.leave(cell, f"사람으로 읽지 못한 글이 남았습니다: {rest}")
            partial.note(cell.place, f"{section.label}에서 읽지 못한 글: {rest}")
        else:
            partial.page.claims.take(cell, section.label)
    partial.put(key, People(tuple(persons)))


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
    return [replace(person, department=person.department or department) for person in persons]
