"""A plan of an import as a window shows it: sheets drawn by what their cells became, heads to be changed, differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.errors import Refused
from govtracker.forms.columns import Setting, range_of
from govtracker.forms.measures import measures
from govtracker.forms.schema import FactDef, Form
from govtracker.importer.assembly.listing import LIST
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.mapping import SKIP, Choices, MappedTable, head_key
from govtracker.importer.meaning.heads import reading_of, target_of
from govtracker.importer.package import preflight
from govtracker.importer.package.child import GoOn, read_in_child
from govtracker.importer.package.workbook import Sheet, Workbook
from govtracker.importer.structure.claims import TITLES, LedgerEntry
from govtracker.importer.structure.labels import fold
from govtracker.jobs.importing import compare, completed, differences_of, forms_for
from govtracker.jobs.mapping import with_memory
from govtracker.jobs.naming import source_names
from govtracker.model.dates import Months, korean_date, year_months
from govtracker.review import (
    CardChange,
    CellView,
    Decisions,
    HeadView,
    ImportReview,
    SheetSummary,
)


@dataclass(frozen=True, slots=True)
class Handle:
    """What goes on with a review: the file as it was read, and the plan that is committed."""

    path: Path
    workbook: Workbook
    plan: ImportPlan


def review_file(book: Book | None, path: Path, go_on: GoOn | None = None) -> ImportReview:
    """The review of a workbook that comes into a book, or into a new one; nothing is written."""
    preflight.check(path)
    return review(book, path, read_in_child(path, go_on), Decisions())


def review_pasted(
    book: Book | None, html: str, text: str, decisions: Decisions, go_on: GoOn | None = None
) -> ImportReview:
    """The review of a table from the clipboard, as web page or as text parted by tabs; nothing is written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "클립보드"
        page = "<table" in html.lower()
        path.write_text(f'<meta charset="utf-8">{html}' if page else text, encoding="utf-8")
        preflight.check(path)
        return review(book, path, read_in_child(path, go_on), decisions)


def review(book: Book | None, path: Path, workbook: Workbook, decisions: Decisions) -> ImportReview:
    """The review of a workbook that was read, as it is decided."""
    given = Given(
        period=decisions.period, as_of=decisions.as_of, sheets=decisions.sheets, hidden=decisions.hidden,
        choices=Choices(decisions.heads, decisions.labels, decisions.left), pledge=decisions.pledge,
    )  # fmt: skip
    known, remarks = with_memory(book, given if book is None else completed(book, given))
    plan = plan_workbook(workbook, forms_for(book, decisions.form), known)
    plan.ledger.notes += remarks
    others = [each.sentence for each in differences_of(book, plan)] if book is not None else []
    if book is not None and decisions.pledge is not None:
        others += _other_pledges(book, plan, workbook)
    trouble = ""
    changes: tuple[CardChange, ...] = ()
    try:
        changes = compare(book, plan) if book is not None else tuple(_new_cards(plan))
    except Refused as refused:
        trouble = f"{refused.fault} {refused.remedy}"
    as_of = korean_date(plan.period.as_of)
    title = f"{plan.municipality} · {plan.form.name} · {plan.period.label} (기준일 {as_of})"
    entries = [*plan.ledger.cells, *plan.ledger.beside]
    fates: dict[str, list[LedgerEntry]] = {sheet.name: [] for sheet in workbook.sheets}
    for entry in plan.ledger.cells:
        fates[entry.sheet].append(entry)
    targets = _targets(plan)
    labels = dict(pair for own in targets.values() for pair in own)
    return ImportReview(
        path.name, _about(path, workbook), title, plan.period.label, plan.period.as_of, plan.form.key,
        tuple(_summaries(workbook, plan, decisions, fates)),
        {sheet.name: tuple(_cells(sheet, fates[sheet.name])) for sheet in workbook.sheets},
        tuple(head for table in plan.tables for head in _heads(table, workbook, plan.form, labels)),
        targets, changes, plan.ledger.sums(),
        tuple((f"{e.sheet}!{e.place}", e.text, e.status, e.what) for e in entries),
        tuple(plan.ledger.notes), Handle(path, workbook, plan), decisions,
        tuple(others), trouble,
    )  # fmt: skip


def _other_pledges(book: Book, plan: ImportPlan, workbook: Workbook) -> list[str]:
    """A sentence for each pledge of the book that a table names, though none of its values goes there."""
    titles = {fold(each.pledge.title): each.pledge.title for each in list_cards(book)}
    for card in plan.cards:
        titles.pop(fold(card.pledge.title), None)
    texts = {fold(cell.text) for sheet in workbook.sheets for cell in sheet.cells}
    return [f"표에 다른 공약의 이름이 있습니다: {titles[text]}" for text in sorted(texts & titles.keys())]


def _new_cards(plan: ImportPlan) -> Iterator[CardChange]:
    seen: set[str] = set()
    for card in plan.cards:
        name = f"{card.pledge.number} {card.pledge.title}".strip()
        yield CardChange(name, name not in seen, name in seen, ())
        seen.add(name)


def _about(path: Path, workbook: Workbook) -> str:
    """The file in one line: size, when it was saved, its sheets."""
    try:
        found = path.stat()
    except OSError:
        return f"시트 {len(workbook.sheets)}개"
    size = (
        f"{found.st_size / 1_048_576:.1f}MB"
        if found.st_size >= 1_048_576
        else f"{max(1, found.st_size // 1024)}KB"
    )
    saved = datetime.fromtimestamp(found.st_mtime)
    return f"{size} · {saved.year}. {saved.month}. {saved.day}. 저장 · 시트 {len(workbook.sheets)}개"


# ---------------------------------------------------------------- sheets


_READ_AS = {"list": "공약 목록", "labels": "항목과 표"}


def _summaries(
    workbook: Workbook, plan: ImportPlan, decisions: Decisions, fates: Mapping[str, list[LedgerEntry]]
) -> Iterator[SheetSummary]:
    for sheet in workbook.sheets:
        own = fates[sheet.name]
        chosen = sheet.name in decisions.sheets if decisions.sheets else not sheet.hidden
        read_as = plan.read_as.get(sheet.name, "")
        words = _READ_AS.get(read_as) or (f"카드 · {plan.form.name}" if read_as else _why_unread(own))
        parts = Counter(_part(entry) for entry in own if entry.status == "imported")
        yield SheetSummary(
            sheet.name, sheet.hidden, chosen, words, plan.pledges.get(sheet.name, 0), len(own),
            sum(entry.status == "unplaced" for entry in own), tuple(parts.items()),
        )  # fmt: skip


def _why_unread(entries: list[LedgerEntry]) -> str:
    whys = Counter(entry.what for entry in entries if entry.status == "ignored")
    return whys.most_common(1)[0][0] if whys else "값이 없는 시트"


def _part(entry: LedgerEntry) -> str:
    """The section that a cell came into."""
    return entry.what.split(":")[0].split(" · ")[0]


_HEADS = (
    "표 머리",
    "되풀이된 표 머리",
    "항목 이름",
    "재원 이름",
    "단위",
    "연번",
    "되풀이된 이름",
    "합계 이름",
)
_TITLES = ("제목", "목록의 제목")
COMPUTED = "계산하는"


def _cells(sheet: Sheet, entries: list[LedgerEntry]) -> Iterator[CellView]:
    fate = {entry.place: entry for entry in entries}
    hidden = [cell for cell, _ in sheet.unseen]
    for cell in (*sheet.cells, *hidden):
        entry = fate.get(cell.place)
        if entry is not None:
            yield CellView(
                cell.row, cell.column, cell.rowspan, cell.colspan, cell.raw or cell.text, cell.place,
                _role(entry), entry.what,
            )  # fmt: skip


def _role(entry: LedgerEntry) -> str:
    if entry.status == "unplaced":
        return "unplaced"
    if entry.status == "imported":
        computed = COMPUTED in entry.what
        return "title" if entry.what in TITLES else "total" if computed else "value"
    if entry.what in _TITLES:
        return "title"
    return "head" if entry.what in _HEADS else "total" if "합계" in entry.what else "left"


# ---------------------------------------------------------------- heads


def _heads(
    table: MappedTable, workbook: Workbook, form: Form, labels: Mapping[str, str]
) -> Iterator[HeadView]:
    sheet = next(each for each in workbook.sheets if each.name == table.sheet)
    for column in table.columns:
        under = (
            cell.text
            for cell in sheet.cells
            if table.head_bottom < cell.row <= table.bottom
            and column.left <= cell.column <= column.right
            and cell.text
        )
        yield HeadView(
            table.sheet, table.fingerprint, head_key(column.path), table.kind, column.left, column.right,
            table.top, table.bottom, " > ".join(" ".join(each.split()) for each in column.path),
            column.target, _label(column.target, form, labels), next(under, ""),
        )  # fmt: skip


_UNITS = {1: "원", 1_000: "천원", 1_000_000: "백만원", 100_000_000: "억원"}


def _label(target: str, form: Form, labels: Mapping[str, str]) -> str:
    """What a target is called; of money with the unit that its head names."""
    reading = reading_of(target, form)
    plain = target_of(replace(reading, won=None)) if reading.kind in ("money", "total") else target
    label = labels.get(plain) or labels.get(plain.rsplit("/", 1)[0], "")
    unit = _UNITS.get(reading.won or 0, "")
    return f"{label} · {unit}" if label and unit else label


def _targets(plan: ImportPlan) -> dict[str, tuple[tuple[str, str], ...]]:
    """By kind of table what a head may be read as, with its label."""
    money = tuple(_money_targets(plan))
    skip = ((SKIP, "가져오지 않음"),)
    spans = tuple((f"span/{_when(span)}", label) for span, label in _spans(plan))
    made = {LIST: (*_list_targets(plan.form), *money, *skip), "budget": (*_source_targets(), *money, *skip)}
    for kind in ("events", "indicators", "schedule"):
        own = tuple((f"column/{word}", label) for word, label in _COLUMNS[kind].items())
        made[kind] = (*own, *(spans if kind != "events" else ()), *skip)
    made["labels"] = tuple(
        (target, label)
        for target, label in _list_targets(plan.form)
        if target.count("/") < 2 and "source" not in target
    )
    return made


_COLUMNS = {
    "events": {"when": "일자", "what": "내용", "details": "세부내용", "no": "연번"},
    "indicators": {
        "indicator": "지표",
        "unit": "단위",
        "weight": "가중치",
        "target": "목표",
        "actual": "실적",
        "no": "연번",
    },
    "schedule": {"task": "과제", "no": "연번"},
}


def _list_targets(form: Form) -> Iterator[tuple[str, str]]:
    yield from (("number", "관리번호"), ("title", "공약명"))
    for section in form.section:
        for key in section.fields:
            definition = form.fact[key]
            yield from _fact_targets(key, definition)
    yield from (("source", "재원 (줄마다)"), ("measure", "금액의 종류 (줄마다)"))


def _fact_targets(key: str, definition: FactDef) -> Iterator[tuple[str, str]]:
    label = definition.label.split("\n")[0]
    yield f"fact/{key}", label
    yield from ((f"fact/{key}/{option.key}", f"{label} = {option.label}") for option in definition.options)


def _source_targets() -> Iterator[tuple[str, str]]:
    yield from (("column/source", "재원 (줄마다)"), ("column/measure", "금액의 종류 (줄마다)"))


def _spans(plan: ImportPlan) -> Iterator[tuple[Months, str]]:
    setting = Setting(plan.term, plan.period.as_of)
    for name, label in (("before_term", "임기 전"), ("after_term", "임기 후")):
        yield range_of(name, setting), label
    for year in plan.term.years:
        yield year_months(year), f"{year}년"
    yield Months(None, None), "전체 기간"


def _when(span: Months) -> str:
    return f"{span.first or ''}..{span.last or ''}"


def _money_targets(plan: ImportPlan) -> Iterator[tuple[str, str]]:
    sections = [section for section in plan.form.section if section.kind == "budget"]
    sources = {key: word for section in sections for key, word in source_names(plan.form, section).items()}
    kinds = {key: measures()[key].label for section in sections for key in section.measures}
    for source, word in (*sources.items(), ("", "재원은 줄마다")):
        for span, when in _spans(plan):
            for measure, kind in kinds.items():
                yield f"money/{source}/{_when(span)}/{measure}", f"{word} · {when} · {kind}"
    for span, when in _spans(plan):
        yield f"total//{_when(span)}", f"합계 · {when} (대조만)"
