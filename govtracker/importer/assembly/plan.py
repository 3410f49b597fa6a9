"""The plan of an import: proposed cards, their pictures, and the ledger. Nothing is written anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
from govtracker.importer.assembly.joining import Fragment, joined, merged, parts_of
from govtracker.importer.assembly.ledger import Ledger, unread
from govtracker.importer.assembly.listing import PledgeList, find_lists, read_list
from govtracker.importer.assembly.setting import Given, derive
from govtracker.importer.meaning import recognise
from govtracker.importer.meaning.free import free_pieces, read_free
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package import preflight
from govtracker.importer.package.child import GoOn, read_in_child
from govtracker.importer.package.workbook import Sheet, Workbook, with_hidden
from govtracker.importer.structure.claims import KINDS, LedgerEntry
from govtracker.importer.structure.pieces import pieces
from govtracker.importer.structure.segment import headings, regions, regions_by_name
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.card import Card, Period, Pledge, Section
from govtracker.model.dates import Term

HEADED = 3
"""Most rows above the list of a contents sheet."""


@dataclass(slots=True)
class ImportPlan:
    """Proposed cards of one period, with the setting that was given or derived, the ledger.

    `says` is what the file itself tells, whatever was given. Pictures by the sha of what is kept, and of
    those that were finer than print needs the originals.
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
    fits = [(says.fits[form.key], not form.general, -at) for at, form in enumerate(forms)]
    best, _, at = max(fits)
    if best < min(ENOUGH, headings(forms[-at])):
        other = _plan_lists(workbook, chosen, forms, given, says) or _plan_free(
            workbook, chosen, forms, given, says
        )
        if other is not None:
            return other
        names = ", ".join(form.municipality for form in forms if not form.general)
        raise ImportTrouble(
            workbook.file,
            f"아는 서식의 제목을 찾지 못했습니다(아는 서식: {names}).",
            "서식대로 된 시트인지 확인하세요.",
        )
    form = forms[-at]
    parts = {sheet.name: pieces(sheet, form) for sheet in chosen}
    derived = derive([piece for own in parts.values() for piece in own], form, given, says)
    period = Period(derived.period, derived.as_of)
    plan = ImportPlan(form, derived.municipality, derived.term, period, says, workbook.file)
    plan.ledger.notes += [*derived.notes, *workbook.remarks]
    fragments: list[Fragment] = []
    for sheet in workbook.sheets:
        if is_contents(sheet, workbook):
            unread(workbook, sheet, "다른 시트의 차례입니다", plan.ledger)
        elif sheet not in chosen:
            unread(workbook, sheet, _why_left(sheet), plan.ledger)
        else:
            found = [each for piece in parts[sheet.name] if (each := _fragment(piece, form, plan))]
            fragments += found
            if not found:
                unread(workbook, sheet, "서식과 다른 시트입니다", plan.ledger)
                plan.ledger.notes.append(f"{sheet.name}: 서식의 제목을 찾지 못해 읽지 않았습니다.")
    groups, loose = joined(fragments)
    for group in groups:
        _take_card(group, plan)
    for fragment in loose:
        _leave(fragment, plan)
    if not plan.cards:
        raise ImportTrouble(
            workbook.file, "공약을 하나도 찾지 못했습니다.", "서식대로 된 시트인지 확인하세요."
        )
    _doubles(plan)
    return plan


def _refuse_unknown(workbook: Workbook, given: Given) -> None:
    """ImportTrouble where a sheet is asked for that isn't there."""
    names = [sheet.name for sheet in workbook.sheets]
    for name in given.sheets:
        if name not in names:
            raise ImportTrouble(
                workbook.file, f"이런 시트가 없습니다: {name}", f"있는 시트: {', '.join(names)}"
            )


def _plan_lists(
    workbook: Workbook, chosen: list[Sheet], forms: list[Form], given: Given, says: Evidence
) -> ImportPlan | None:
    """Plan of a workbook whose sheets are lists with a row per pledge; None where none is.

    Their cards are of the book's own form, of the general one where there is no book yet.
    """
    form = next((form for form in forms if form.key == given.form or form.general), forms[0])
    derived = derive(chosen, form, given, says)
    setting = Setting(derived.term, derived.as_of)
    lists = {sheet.name: find_lists(SheetView(sheet), form, setting) for sheet in chosen}
    if not any(lists.values()):
        return None
    period = Period(derived.period, derived.as_of)
    plan = ImportPlan(form, derived.municipality, derived.term, period, says, workbook.file)
    plan.ledger.notes += [*derived.notes, *workbook.remarks]
    for sheet in workbook.sheets:
        found = lists.get(sheet.name)
        if not found:
            why = "공약의 목록이 아닌 시트입니다" if sheet in chosen else _why_left(sheet)
            unread(workbook, sheet, why, plan.ledger)
            continue
        for each in found:
            plan.cards += read_list(each, form, period)
        _told_of_lists(sheet, found, plan)
    _doubles(plan)
    return plan


def _plan_free(
    workbook: Workbook, chosen: list[Sheet], forms: list[Form], given: Given, says: Evidence
) -> ImportPlan | None:
    """Plan of a workbook in no known layout, by labels and heads of the catalogue; None where it names no pledge."""
    form = next((form for form in forms if form.key == given.form or form.general), forms[0])
    derived = derive(chosen, form, given, says)
    setting = Setting(derived.term, derived.as_of)
    period = Period(derived.period, derived.as_of)
    plan = ImportPlan(form, derived.municipality, derived.term, period, says, workbook.file)
    plan.ledger.notes += [*derived.notes, *workbook.remarks]
    fragments: list[Fragment] = []
    for sheet in chosen:
        for piece in free_pieces(sheet):
            partial = PartialCard(form, setting, SheetView(piece))
            parts = read_free(partial)
            fragments.append(Fragment(piece, partial, parts, read_free, whole=False))
    groups, loose = joined(fragments)
    groups, nameless = [g for g in groups if g[0].pledge], [f for g in groups if not g[0].pledge for f in g]
    if not any(fragment.parts for group in groups for fragment in group):
        return None
    for sheet in workbook.sheets:
        if sheet not in chosen:
            unread(workbook, sheet, _why_left(sheet), plan.ledger)
    for group in groups:
        _take_card(group, plan)
    for fragment in (*nameless, *loose):
        _leave(fragment, plan)
    _doubles(plan)
    return plan


def _why_left(sheet: Sheet) -> str:
    return "숨긴 시트입니다" if sheet.hidden else "고르지 않은 시트입니다"


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


def _fragment(sheet: Sheet, form: Form, plan: ImportPlan) -> Fragment | None:
    """What a sheet, or a piece of one, holds of a card; None where it holds nothing of the form."""
    partial = PartialCard(form, Setting(plan.term, plan.period.as_of), SheetView(sheet))
    where = regions
    found = regions(partial.page, form)
    count = len(found) - 1
    if not count:
        where, partial.page = regions_by_name, SheetView(sheet)
        found = regions_by_name(partial.page, form)
        if not found:
            return None
    recognise(partial, found)

    def read(other: PartialCard) -> None:
        recognise(other, where(other.page, form))

    return Fragment(sheet, partial, parts_of(form, found), read, count * 2 > headings(form))


def _take_card(group: list[Fragment], plan: ImportPlan) -> None:
    """The card of some fragments, with the ledger and the remarks of their sheets."""
    partial, views = merged(group)
    card = settle(partial, _card(partial, plan, group))
    plan.cards.append(card)
    plan.ledger.notes += [*partial.notes, *compare(partial, card)]
    for fragment, view in zip(group, views, strict=True):
        _finish(fragment.sheet, view, [], plan)
    plan.pictures.update(partial.pictures)
    plan.originals.update(partial.originals)


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
