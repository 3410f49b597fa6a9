"""The plan of an import: proposed cards, their pictures, and the ledger. Nothing is written anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from govtracker.errors import FormTrouble, ImportTrouble
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.empty import empty_section
from govtracker.forms.schema import Form
from govtracker.importer.assembly.computed import compare, settle
from govtracker.importer.assembly.evidence import Evidence, gather
from govtracker.importer.assembly.joining import Fragment, give_to, joined, merged
from govtracker.importer.assembly.ledger import Ledger, unread
from govtracker.importer.assembly.listed import read_list
from govtracker.importer.assembly.listing import PledgeList
from govtracker.importer.assembly.setting import Given, derive
from govtracker.importer.assembly.sheets import SheetReader, SheetReading
from govtracker.importer.mapping import MappedTable, without_left
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package import preflight
from govtracker.importer.package.child import GoOn, read_in_child
from govtracker.importer.package.workbook import Sheet, Workbook, with_hidden
from govtracker.importer.structure.claims import KINDS, TITLES, LedgerEntry
from govtracker.importer.structure.pieces import pieces
from govtracker.importer.structure.segment import headings
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.card import Card, Events, Period, Pledge, Section
from govtracker.model.dates import Term, month_of, parse_when
from govtracker.model.origin import Origin
from govtracker.model.place import PLEDGE

HEADED = 3
"""Most rows above the list of a contents sheet."""


@dataclass(slots=True)
class ImportPlan:
    """Proposed cards of one period, with the setting that was given or derived, the ledger.

    `says` is what the file itself tells, whatever was given. Pictures by the sha of what is kept, and of
    those that were finer than print needs the originals. `tables` say how the heads were read (the mapping), `read_as`
    by sheet what it was read as (form, labels, list), `pledges` how many pledges stand on it. `origins`: by the id of
    each card's pledge which cells its values were read from.
    """

    form: Form
    municipality: str
    term: Term
    period: Period
    says: Evidence = field(default_factory=Evidence)
    file: str = ""
    cards: list[Card] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    originals: dict[str, bytes] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    tables: list[MappedTable] = field(default_factory=list)
    read_as: dict[str, str] = field(default_factory=dict)
    pledges: dict[str, int] = field(default_factory=dict)
    origins: dict[str, list[Origin]] = field(default_factory=dict)


ENOUGH = 3
"""Headings of a form that a workbook must have to be taken for one of it."""


def plan_import(path: Path, forms: list[Form], given: Given, go_on: GoOn | None = None) -> ImportPlan:
    """Plan of a workbook in the first of the forms that fits best; ImportTrouble where none fits."""
    preflight.check(path)
    return plan_workbook(read_in_child(path, go_on), forms, given)


def plan_workbook(workbook: Workbook, forms: list[Form], given: Given) -> ImportPlan:
    """Plan of a workbook that was read."""
    if given.hidden:
        workbook = replace(workbook, sheets=[with_hidden(sheet) for sheet in workbook.sheets])
    workbook = without_left(workbook, given.choices)
    _refuse_unknown(workbook, given)
    chosen = [
        sheet
        for sheet in workbook.sheets
        if (sheet.name in given.sheets if given.sheets else not sheet.hidden)
        and not is_contents(sheet, workbook)
    ]
    if not any(cell.text for sheet in chosen for cell in sheet.cells):
        raise ImportTrouble(workbook.file, "값이 있는 시트가 없습니다.", "내용이 있는 파일을 고르세요.")
    says = gather(chosen, (*forms, *_known_forms()))
    form = _form_of(forms, given, says)
    parts = {sheet.name: pieces(sheet, form) for sheet in chosen}
    derived = derive([piece for own in parts.values() for piece in own], form, given, says)
    period = Period(derived.period, derived.as_of)
    plan = ImportPlan(form, derived.municipality, derived.term, period, says, workbook.file)
    plan.ledger.notes += [*derived.notes, *workbook.remarks]
    reader = SheetReader(
        form, Setting(derived.term, derived.as_of), derived.municipality, chosen, given.choices
    )
    readings = {sheet.name: reader.read(sheet, parts[sheet.name]) for sheet in chosen}
    if given.pledge is not None:
        for reading in readings.values():
            for fragment in reading.fragments:
                give_to(fragment, *given.pledge)
    groups, loose = joined(
        (fragment for each in readings.values() for fragment in each.fragments),
        alone=not any(each.lists for each in readings.values()),
    )
    holds = any(fragment.holds for group in groups for fragment in group)
    if given.pledge is not None and not holds and not any(each.lists for each in readings.values()):
        raise ImportTrouble(
            workbook.file,
            "이 표에서 가져올 것을 찾지 못했습니다.",
            "재원과 연도, 일자와 내용처럼 표의 머리까지 함께 복사하세요.",
        )
    if not _names_a_pledge(groups, readings.values(), says.fits[form.key]):
        _refuse(workbook, forms, says.fits[form.key])
    for group in groups:
        _take_card(group, plan)
    for sheet in workbook.sheets:
        if sheet not in chosen:
            contents = is_contents(sheet, workbook)
            unread(workbook, sheet, "다른 시트의 차례입니다" if contents else _why_left(sheet), plan.ledger)
        elif readings[sheet.name].lists:
            _take_lists(sheet, readings[sheet.name].lists, plan)
        elif not readings[sheet.name].fragments:
            unread(workbook, sheet, "서식과 다른 시트입니다", plan.ledger)
            plan.ledger.notes.append(f"{sheet.name}: 서식의 제목을 찾지 못해 읽지 않았습니다.")
    for fragment in loose:
        _leave(fragment, plan)
    if not plan.cards:
        raise ImportTrouble(
            workbook.file, "공약을 하나도 찾지 못했습니다.", "서식대로 된 시트인지 확인하세요."
        )
    _doubles(plan)
    return plan


def _form_of(forms: list[Form], given: Given, says: Evidence) -> Form:
    """The form that most headings of the workbook fit, a municipality's before the general one.

    Where no municipality's fits, the book's own, or the general one where there is no book yet.
    """
    named = set(says.municipalities) | {given.municipality}
    known = [
        (says.headings[form.key], form.municipality in named, form.key == given.form, -at)
        for at, form in enumerate(forms)
        if not form.general
    ]
    general = max((says.headings[form.key] for form in forms if form.general), default=0)
    if known:
        best, is_named, _, at = max(known)
        if best >= min(ENOUGH, headings(forms[-at])) and (best > general or (is_named and best == general)):
            return forms[-at]
    own = next((form for form in forms if form.key == given.form), None)
    return own or next((form for form in forms if form.general), forms[0])


def _names_a_pledge(groups: list[list[Fragment]], readings: Iterable[SheetReading], headed: int) -> bool:
    """Whether a workbook holds a pledge: one that is named, a list of them, or what only a card of a form has."""
    named = any(fragment.pledge and fragment.holds for group in groups for fragment in group)
    return named or any(each.lists for each in readings) or (bool(groups) and headed >= ENOUGH)


def _refuse(workbook: Workbook, forms: list[Form], headed: int) -> None:
    """ImportTrouble of a workbook in which no pledge was found."""
    if headed >= ENOUGH:
        raise ImportTrouble(
            workbook.file, "공약을 하나도 찾지 못했습니다.", "서식대로 된 시트인지 확인하세요."
        )
    names = ", ".join(form.municipality for form in forms if not form.general)
    raise ImportTrouble(
        workbook.file,
        f"아는 서식의 제목을 찾지 못했습니다(아는 서식: {names}).",
        "서식대로 된 시트인지 확인하세요.",
    )


def _refuse_unknown(workbook: Workbook, given: Given) -> None:
    """ImportTrouble where a sheet is asked for that isn't there."""
    names = [sheet.name for sheet in workbook.sheets]
    for name in given.sheets:
        if name not in names:
            raise ImportTrouble(
                workbook.file, f"이런 시트가 없습니다: {name}", f"있는 시트: {', '.join(names)}"
            )


def _why_left(sheet: Sheet) -> str:
    return "숨긴 시트입니다" if sheet.hidden else "고르지 않은 시트입니다"


def _take_lists(sheet: Sheet, found: list[PledgeList], plan: ImportPlan) -> None:
    """The pledges of a sheet's lists: those that have a card already are joined to it, the others become cards."""
    for each in found:
        plan.tables.append(each.mapped())
        plan.read_as[sheet.name] = "list"
        for known, card, origins in read_list(each, plan.form, plan.period, tuple(plan.cards)):
            plan.origins.setdefault(card.pledge.id, []).extend(origins)
            plan.pledges[sheet.name] = plan.pledges.get(sheet.name, 0) + 1
            if known is None:
                plan.cards.append(card)
            else:
                plan.cards = [card if other is known else other for other in plan.cards]
    _told_of_lists(sheet, found, plan)


def _told_of_lists(sheet: Sheet, found: list[PledgeList], plan: ImportPlan) -> None:
    """The ledger and the remarks of a sheet with lists; what stands above the first head is its title."""
    view = found[0].view
    for row in range(1, found[0].grid.top):
        for cell in view.texts(row):
            view.claims.ignore(cell, "목록의 제목")
    _finish(sheet, view, [note for each in found for note in each.notes], plan)


def _finish(sheet: Sheet, view: SheetView, notes: list[str], plan: ImportPlan) -> None:
    """A sheet that was read into the ledger, with the remarks on it."""
    for item in sheet.beside:
        if item.what in ("page header", "page footer"):
            view.claims.ignore_beside(item, "인쇄할 때 서식이 새로 만듭니다")
        elif item.what == "read box":
            view.claims.take_beside(item, KINDS[item.what])
    cells, beside = view.claims.entries()
    plan.ledger.cells += cells
    plan.ledger.beside += beside
    plan.ledger.notes += notes
    plan.ledger.notes += [
        f"{sheet.name}!{place}: {text}" if place else f"{sheet.name}: {text}" for place, text in sheet.remarks
    ]
    plan.ledger.notes += _told(sheet, beside)


def _known_forms() -> Iterator[Form]:
    """Every municipality's form; a file with a mistake is passed over where the import doesn't ask for it."""
    for key in loader.form_keys():
        with suppress(FormTrouble):
            form = loader.find(key)
            if not form.general:
                yield form


def is_contents(sheet: Sheet, workbook: Workbook) -> bool:
    """Whether a sheet lists the others: under its head, every row ends with the name of another one."""
    names = {other.name for other in workbook.sheets if other is not sheet}
    last = {cell.row: cell.text for cell in sheet.cells if cell.text}
    rows = sorted(row for row in last if last[row] in names)
    below = [row for row in last if rows and row > rows[0]]
    return len(rows) > 1 and len(below) == len(rows) - 1 and len(last) - len(rows) <= HEADED


def _take_card(group: list[Fragment], plan: ImportPlan) -> None:
    """The card of some fragments, with the ledger and the remarks of their sheets."""
    partial, views = merged(group)
    for fragment, view in zip(group, views, strict=True):
        if fragment.given:
            _without_title(view, partial)
    card = settle(partial, _card(partial, plan, group))
    plan.tables += partial.tables
    plan.cards.append(card)
    plan.origins[card.pledge.id] = partial.origins
    plan.ledger.notes += [*partial.notes, *compare(partial, card), *_ahead(card, plan)]
    for fragment, view in zip(group, views, strict=True):
        name = fragment.sheet.name
        plan.read_as[name] = "form" if fragment.by_form else "labels"
        plan.pledges[name] = plan.pledges.get(name, 0) + 1
        _finish(fragment.sheet, view, [], plan)
    plan.pictures.update(partial.pictures)
    plan.originals.update(partial.originals)


def _without_title(view: SheetView, partial: PartialCard) -> None:
    """What stood where a pledge's title would is a heading: the pledge was known before."""
    for cell in view.sheet.cells:
        if view.claims.what(cell) in TITLES:
            view.claims.leave_out(cell, "제목")
    partial.origins = [each for each in partial.origins if each.place.section != PLEDGE]


def _ahead(card: Card, plan: ImportPlan) -> Iterator[str]:
    """A sentence for each section of what was done that has dates after the as-of date."""
    now = month_of(plan.period.as_of)
    for definition in plan.form.section:
        section = card.section(definition.key)
        if isinstance(section, Events) and not definition.planned:
            spans = ((event, parse_when(event.when)) for event in section.entries if not event.heading)
            late = [
                event
                for event, span in spans
                if span is not None and span.first is not None and span.first > now
            ]
            if late:
                words = ", ".join(f"{event.when} {event.title}"[:40] for event in late[:3])
                name = card.pledge.number or card.pledge.title
                yield f"{name}: {definition.label}에 기준일 뒤의 날짜가 {len(late)}건 있습니다: {words}"


def _leave(fragment: Fragment, plan: ImportPlan) -> None:
    """A sheet with a part of a card that is nobody's: nothing of it is taken, and it is told."""
    why = "어느 공약의 것인지 알 수 없습니다"
    view = SheetView(fragment.sheet)
    for cell in fragment.sheet.cells:
        view.claims.leave(cell, why)
    _finish(
        fragment.sheet,
        view,
        [f"{fragment.sheet.name}: {why}. 관리번호나 공약명을 적고 다시 가져오세요."],
        plan,
    )


def _told(sheet: Sheet, beside: list[LedgerEntry]) -> Iterator[str]:
    """A sentence for each object that didn't come in; comments and values under merges stand in the ledger."""
    for item, entry in zip(sheet.beside, beside, strict=True):
        if entry.status == "unplaced" and item.what not in ("comment", "under merge"):
            words = f": {item.text}" if item.text else ""
            yield f"{sheet.name}!{item.place}: {KINDS.get(item.what, item.what)}을(를) 담지 않았습니다{words}"


def _card(partial: PartialCard, plan: ImportPlan, group: list[Fragment]) -> Card:
    sections: list[tuple[str, Section]] = []
    for definition in partial.form.section:
        sections.append((definition.key, partial.sections.get(definition.key) or empty_section(definition)))
    title = partial.title
    if not title:
        name = partial.page.sheet.name if len(group) == 1 else Path(plan.file).stem
        title = name.removeprefix(partial.number).strip(" ._-") or name
        partial.note("", f"공약명을 찾지 못해 시트 이름을 썼습니다: {title}")
    return Card(Pledge(title, partial.number), plan.period, partial.form.key, tuple(sections))


def _doubles(plan: ImportPlan) -> None:
    counted = Counter((card.pledge.number or card.pledge.title) for card in plan.cards)
    for name, count in counted.items():
        if count > 1:
            plan.ledger.notes.append(f"같은 공약이 {count}번 나옵니다: {name}")
