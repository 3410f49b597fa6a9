"""The plan of an import: proposed cards, their pictures, and the ledger. Nothing is written anywhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from pathlib import Path

from govtracker.errors import ImportTrouble
from govtracker.forms.columns import Setting, expand
from govtracker.forms.schema import Form
from govtracker.importer import preflight
from govtracker.importer.area import Page
from govtracker.importer.child import GoOn, read_in_child
from govtracker.importer.computed import compare
from govtracker.importer.labels import fold, head_labels
from govtracker.importer.ledger import Ledger, unread
from govtracker.importer.recognise import recognise
from govtracker.importer.recognise.draft import Draft
from govtracker.importer.segment import Region, regions
from govtracker.importer.workbook import Sheet, Workbook
from govtracker.model.card import KINDS, Card, Events, Period, Pledge, Section
from govtracker.model.dates import Term, month_of, parse_when, term_of_year

UNKNOWN = "(미정)"


@dataclass(frozen=True, slots=True)
class Given:
    """What is known before: from the book, or from the command's options. None = to be derived."""

    municipality: str | None = None
    term: Term | None = None
    as_of: date | None = None
    period: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """Proposed cards of one period, with the setting that was given or derived, pictures by sha, the ledger."""

    form: Form
    municipality: str
    term: Term
    period: Period
    cards: list[Card] = made(default_factory=list)
    pictures: dict[str, bytes] = made(default_factory=dict)
    ledger: Ledger = made(default_factory=Ledger)


def plan_import(path: Path, forms: list[Form], given: Given, go_on: GoOn | None = None) -> Plan:
    """Plan of a workbook in the first of the forms that fits best; ImportTrouble where none fits."""
    preflight.check(path)
    return plan_workbook(read_in_child(path, go_on), forms, given)


def plan_workbook(workbook: Workbook, forms: list[Form], given: Given) -> Plan:
    """Plan of a workbook that was read."""
    chosen = [
        sheet
        for sheet in workbook.sheets
        if (sheet.name in given.sheets if given.sheets else not sheet.hidden)
    ]
    if not any(cell.text for sheet in chosen for cell in sheet.cells):
        raise ImportTrouble(workbook.file, "값이 있는 시트가 없습니다.", "내용이 있는 파일을 고르세요.")
    fits = [(sum(_fit(sheet, form) for sheet in chosen), -at) for at, form in enumerate(forms)]
    best, at = max(fits)
    if best < 3:
        names = ", ".join(form.municipality for form in forms)
        raise ImportTrouble(
            workbook.file,
            f"아는 서식의 제목을 찾지 못했습니다(아는 서식: {names}).",
            "서식대로 된 시트인지 확인하세요.",
        )
    form = forms[-at]
    plan = _setting(workbook, chosen, form, given)
    for sheet in workbook.sheets:
        if sheet not in chosen:
            unread(
                workbook, sheet, "숨긴 시트입니다" if sheet.hidden else "고르지 않은 시트입니다", plan.ledger
            )
        elif _fit(sheet, form) < 2:
            unread(workbook, sheet, "서식과 다른 시트입니다", plan.ledger)
            plan.ledger.notes.append(f"{sheet.name}: 서식의 제목을 찾지 못해 읽지 않았습니다.")
        else:
            _sheet(sheet, form, plan)
    if not plan.cards:
        raise ImportTrouble(
            workbook.file, "공약을 하나도 찾지 못했습니다.", "서식대로 된 시트인지 확인하세요."
        )
    _doubles(plan)
    return plan


def _fit(sheet: Sheet, form: Form) -> int:
    """How many headings of the form a sheet has."""
    return len(regions(Page(sheet), form)) - 1


def _sheet(sheet: Sheet, form: Form, plan: Plan) -> None:
    page = Page(sheet)
    found = regions(page, form)
    setting = Setting(plan.term, plan.period.as_of)
    draft = Draft(form, setting, page)
    recognise(draft, found)
    card = _card(draft, plan)
    for note in compare(draft, card):
        draft.notes.append(note)
    plan.cards.append(card)
    plan.pictures.update(draft.pictures)
    for item in sheet.beside:
        if item.what in ("page header", "page footer"):
            page.claims.ignore_beside(item, "인쇄할 때 서식이 새로 만듭니다")
    cells, beside = page.claims.entries()
    plan.ledger.cells += cells
    plan.ledger.beside += beside
    plan.ledger.notes += draft.notes


def _card(draft: Draft, plan: Plan) -> Card:
    sections: list[tuple[str, Section]] = []
    for definition in draft.form.section:
        sections.append((definition.key, draft.sections.get(definition.key) or KINDS[definition.kind]()))
    title = draft.title or draft.page.sheet.name
    if not draft.title:
        draft.note("", f"공약명을 찾지 못해 시트 이름을 썼습니다: {title}")
    return Card(Pledge(title, draft.number), plan.period, draft.form.key, tuple(sections))


def _doubles(plan: Plan) -> None:
    counted = Counter((card.pledge.number or card.pledge.title) for card in plan.cards)
    for name, count in counted.items():
        if count > 1:
            plan.ledger.notes.append(f"같은 공약이 {count}번 나옵니다: {name}")


# ---------------------------------------------------------------- what the sheets don't say outright


def _setting(workbook: Workbook, sheets: list[Sheet], form: Form, given: Given) -> Plan:
    ledger = Ledger()
    heads = [item.text for sheet in sheets for item in sheet.beside if item.what == "page header"]
    municipality = given.municipality or _municipality(form, sheets, heads)
    if given.municipality is None:
        ledger.notes.append(
            f"지자체: {municipality}"
            + (" — 파일에서 알 수 없습니다." if municipality == UNKNOWN else " (파일에서 읽음)")
        )
    term = given.term or _term(sheets, heads, form)
    if given.term is None:
        ledger.notes.append(f"임기: 민선 {term.number}기 {term.label()} (파일의 연도에서 정함)")
    as_of = given.as_of or _as_of(sheets, heads, form, term)
    if given.as_of is None:
        ledger.notes.append(f"기준일: {as_of.isoformat()} (파일에서 정함)")
    label = given.period or period_label(as_of)
    return Plan(form, municipality, term, Period(label, as_of), ledger=ledger)


def period_label(as_of: date) -> str:
    """`2023년 하반기` for the end of a half-year, else `2023년 3분기`."""
    if as_of.month in (6, 12):
        return f"{as_of.year}년 {'상' if as_of.month == 6 else '하'}반기"
    return f"{as_of.year}년 {(as_of.month + 2) // 3}분기"


def _municipality(form: Form, sheets: list[Sheet], heads: list[str]) -> str:
    for head in heads:
        found = re.search(r"(?P<name>[가-힣]{1,6}[시군구도])\s*(?:민선|공약|제\d)", head)
        if found:
            return found["name"]
    if any(form.municipality in cell.text for sheet in sheets for cell in sheet.cells):
        return form.municipality
    return UNKNOWN


def _term(sheets: list[Sheet], heads: list[str], form: Form) -> Term:
    """The term that a page header names (민선8기), else the one in which most years of the heads lie."""
    for head in heads:
        found = re.search(r"민선\s*(\d{1,2})\s*기", head)
        if found and 2 <= int(found[1]) <= 40:
            return term_of_year(1998 + (int(found[1]) - 2) * 4)
    years = _head_years(sheets)
    if not years:
        return term_of_year(date.today().year)
    return max((term_of_year(year) for year in years), key=lambda term: sum(years[y] for y in term.years))


def _head_years(sheets: list[Sheet]) -> Counter[int]:
    """Years that stand alone in cells, as the heads of columns do."""
    found: Counter[int] = Counter()
    for sheet in sheets:
        for cell in sheet.cells:
            match = re.fullmatch(
                r"(?:(20\d{2})|['‘’](\d{2}))\.?\s*년?도?(?:\s*\d{1,2}\s*[.월].*|이후|까지)?",
                cell.text.strip(),
            )
            if match:
                found[int(match[1]) if match[1] else 2000 + int(match[2])] += 1
    return found


def _as_of(sheets: list[Sheet], heads: list[str], form: Form, term: Term) -> date:
    """The as-of date: named in a page header; else the year that the headings name (`2023년 분기별 목표`);
    among the quarter ends that fit the column heads best, the first not before the last event.
    """
    for head in heads:
        found = re.search(r"기준일?\s*[:：]?\s*(20\d{2})\s*[.년]\s*(\d{1,2})\s*[.월]\s*(\d{1,2})", head)
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    named = {
        int(r.found["as_of_year"])
        for sheet in sheets
        for r in regions(Page(sheet), form)
        if r.found.get("as_of_year")
    }
    ends = [
        d
        for year in term.years
        for d in _quarter_ends(year)
        if term.start <= d <= term.end and (not named or d.year in named)
    ]
    ends = ends or [term.end]
    scores = {end: sum(_head_score(sheet, form, Setting(term, end)) for sheet in sheets) for end in ends}
    top = max(scores.values())
    best = [end for end in ends if scores[end] == top]
    last = max((m for sheet in sheets for m in _months(sheet, form, Setting(term, best[0]))), default="")
    return next((end for end in best if month_of(end) >= last), best[-1])


def _quarter_ends(year: int) -> list[date]:
    return [date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)]


def _head_score(sheet: Sheet, form: Form, setting: Setting) -> int:
    """How many of the column labels that depend on time stand in the sheet."""
    texts = {fold(cell.text) for cell in sheet.cells if cell.text and len(cell.text) < 30}
    score = 0
    for block in form.block:
        if block.column:
            for leaf in expand(block, form.section_def(block.section), form, setting):
                if leaf.span is not None:
                    score += sum(1 for level in range(len(leaf.head)) if head_labels(leaf, level) & texts)
    return score


def _months(sheet: Sheet, form: Form, setting: Setting) -> list[str]:
    """Last months of the sheet's dated events."""
    draft = Draft(form, setting, Page(sheet))
    wanted: list[Region] = [
        Region(
            [
                b
                for b in region.blocks
                if b.section and form.section_def(b.section).kind == "events" and b.kind != "leaders"
            ],
            region.slot,
            region.top,
            region.bottom,
        )
        for region in regions(draft.page, form)
    ]
    recognise(draft, wanted)
    found = []
    for section in draft.sections.values():
        if isinstance(section, Events):
            for event in section.entries:
                span = parse_when(event.when)
                if span and span.last:
                    found.append(span.last)
    return found
