"""Whether a form's references and formulas hold together. Called by the loader; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from govtracker import resources
from govtracker.errors import FormTrouble
from govtracker.forms import formula
from govtracker.forms.columns import EACH, RANGES
from govtracker.forms.schema import COST, ROLLS, SHIFT, Block, Column, Form, GridCell, SectionDef
from govtracker.model.card import KINDS

BLOCK_KINDS: dict[str, tuple[str, ...]] = {
    "title": (),
    "heading": (),
    "grid": (),
    "box": ("outline",),
    "outline": ("outline",),
    "leaders": ("events",),
    "lines": ("events",),
    "counts": ("counts",),
    "money": ("budget",),
    "table": ("indicators", "schedule", "events", "changes", "responses", "people", "outline"),
}
FIELDS: dict[str, tuple[str, ...]] = {
    "indicators": ("no", "group", "name", "indicator", "unit", "weight", "target", "actual", "rate", "note"),
    "schedule": ("no", "name", "quarter", "note"),
    "events": ("no", "when", "category", "title", "details", "title+details"),
    "changes": ("no", "when", "what", "before", "after", "reason", "procedure"),
    "responses": ("proposal", "response"),
    "people": ("department", "rank", "role", "name", "phone"),
    "outline": ("label", "items", "remark"),
    "budget": ("item", "source", ""),
}
HEADINGS = ("boxed", "major", "square", "plain", "bracket", "circle", "row")
FACT_TYPES = ("text", "choice", "pick", "month", "percent", "money", "heading")
Fail = Callable[[str, str], FormTrouble]


def validate(form: Form, file: str) -> None:
    """FormTrouble naming file, place and key for the first thing that does not hold."""

    def fail(place: str, fault: str) -> FormTrouble:
        return FormTrouble(f"{file}: {place}", fault, "서식 파일을 고친 뒤 다시 시작하세요.")

    _sections(form, fail)
    for key, fact in form.fact.items():
        if fact.type not in FACT_TYPES:
            raise fail(f"fact.{key}.type", f"모르는 종류입니다: {fact.type!r}")
    for at, block in enumerate(form.block, 1):
        _block(form, block, f"block[{at}]({block.kind} {block.section})", fail)
    _tabs(form, fail)
    if not any("{title}" in text for text in (form.running_title, form.running_date)):
        raise fail("running_title", f"공약명({{title}})이 있어야 합니다: {form.running_title!r}")
    if form.overview.status and form.overview.status not in form.fact:
        raise fail("overview.status", f"이 서식의 부분에 없는 항목입니다: {form.overview.status!r}")
    footers = {footer.label for block in form.block for footer in block.footer}
    if form.overview.fulfilment and form.overview.fulfilment not in {*footers, *form.fact}:
        raise fail("overview.fulfilment", f"없는 마감 줄이나 항목을 가리킵니다: {form.overview.fulfilment!r}")


def _unique(keys: Iterable[str], place: str, fail: Fail) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise fail(place, f"같은 이름이 두 번 나옵니다: {key!r}")
        seen.add(key)


def _sections(form: Form, fail: Fail) -> None:
    _unique((section.key for section in form.section), "section", fail)
    fields = resources.table("fields.toml")
    for section in form.section:
        place = f"section({section.key})"
        if section.kind not in KINDS:
            raise fail(f"{place}.kind", f"모르는 종류입니다: {section.kind!r}")
        for group, keys in (("source", section.sources), ("measure", section.measures)):
            for key in keys:
                if key not in fields[group]:
                    raise fail(f"{place}.{group}s", f"공통 항목에 없는 이름입니다: {key!r}")
        if section.kind == "budget" and not section.measures:
            raise fail(f"{place}.measures", "금액 구분이 하나는 있어야 합니다")
        _roll(form, section, place, fail)
        _unique((slot.key for slot in section.slots), f"{place}.slots", fail)
        _unique((named.key for named in (*section.groups, *section.categories)), f"{place}.groups", fail)


def _roll(form: Form, section: SectionDef, place: str, fail: Fail) -> None:
    """What a section does in the next period."""
    if section.roll not in ROLLS:
        raise fail(
            f"{place}.roll", f"모르는 이월 방법입니다: {section.roll!r} (쓸 수 있는 것: {', '.join(ROLLS)})"
        )
    if section.roll == SHIFT and (section.kind != "outline" or len(section.start) < 3):
        raise fail(f"{place}.roll", "기간별 묶음(start)이 셋 이상인 글 부분에만 쓸 수 있습니다")
    if section.becomes:
        target = next((each for each in form.section if each.key == section.becomes), None)
        if target is None or target.kind not in ("events", "outline"):
            raise fail(f"{place}.becomes", f"실적을 적는 부분이 아닙니다: {section.becomes!r}")
        if section.kind not in ("events", "outline"):
            raise fail(f"{place}.becomes", "계획을 적는 글이나 일정 부분에만 쓸 수 있습니다")


def _block(form: Form, block: Block, place: str, fail: Fail) -> None:
    if block.kind not in BLOCK_KINDS:
        raise fail(f"{place}.kind", f"모르는 종류입니다: {block.kind!r}")
    if block.heading and block.heading.style not in HEADINGS:
        raise fail(f"{place}.heading.style", f"모르는 모양입니다: {block.heading.style!r}")
    kinds = BLOCK_KINDS[block.kind]
    if not kinds:
        for row in block.rows:
            for cell in row:
                _grid_cell(form, cell, place, fail)
        return
    kind = next((s.kind for s in form.section if s.key == block.section), None)
    if kind is None:
        raise fail(f"{place}.section", f"없는 부분을 가리킵니다: {block.section!r}")
    if kind not in kinds:
        raise fail(f"{place}.section", f"{kind!r} 종류는 {block.kind!r} 블록에 쓸 수 없습니다")
    if block.measure and block.measure not in form.section_def(block.section).measures:
        raise fail(f"{place}.measure", f"이 부분에 없는 금액 구분입니다: {block.measure!r}")
    for column in block.column:
        _column(block, column, kind, f"{place}.column({column.key or column.field or column.head})", fail)
    for footer in block.footer:
        _formula(block, footer.formula, f"{place}.footer({footer.label}).formula", fail)
        if footer.column not in {c.key or c.field for c in block.column}:
            raise fail(f"{place}.footer({footer.label}).column", f"없는 칸을 가리킵니다: {footer.column!r}")


def _column(block: Block, column: Column, kind: str, place: str, fail: Fail) -> None:
    if column.field not in FIELDS.get(kind, ()):
        raise fail(f"{place}.field", f"{kind!r} 종류에 없는 항목입니다: {column.field!r}")
    if column.each and column.each not in EACH:
        raise fail(f"{place}.each", f"모르는 단위입니다: {column.each!r}")
    if column.over and column.over not in RANGES:
        raise fail(f"{place}.over", f"모르는 범위입니다: {column.over!r}")
    if column.each and (not column.over or column.over in ("before_term", "after_term")):
        raise fail(f"{place}.over", "되풀이하는 칸에는 시작과 끝이 있는 범위가 필요합니다")
    for when in (*column.when, *column.measures):
        if when not in formula.RELATIONS:
            raise fail(f"{place}.when", f"past, current, future 가운데 하나여야 합니다: {when!r}")
    if not column.hidden and column.width <= 0:
        raise fail(f"{place}.width", "너비가 필요합니다")
    if column.role and (column.role != COST or kind != "budget" or column.field or column.each):
        raise fail(f"{place}.role", f"금액 칸 하나에 {COST!r}만 쓸 수 있습니다: {column.role!r}")
    if column.sum:
        try:
            formula.summands(column.sum)
        except ValueError as error:
            raise fail(f"{place}.sum", str(error)) from error
        _formula(block, column.sum, f"{place}.sum", fail)
    if column.formula:
        _formula(block, column.formula, f"{place}.formula", fail)


def _formula(block: Block, text: str, place: str, fail: Fail) -> None:
    try:
        names = list(formula.names(text))
    except ValueError as error:
        raise fail(place, str(error)) from error
    keys = {column.key or column.field for column in block.column}
    for name in names:
        if name.key not in keys:
            raise fail(place, f"없는 칸을 가리킵니다: {name.key!r}")


def _grid_cell(form: Form, cell: GridCell, place: str, fail: Fail) -> None:
    if cell.fact and cell.fact not in form.fact:
        raise fail(f"{place}.rows", f"이 서식의 부분에 없는 항목입니다: {cell.fact!r}")
    if cell.people and cell.people not in {s.key for s in form.section if s.kind == "people"}:
        raise fail(f"{place}.rows", f"없는 부분을 가리킵니다: {cell.people!r}")
    if cell.field and (not cell.people or cell.field not in FIELDS["people"]):
        raise fail(f"{place}.rows", f"'people' 종류에 없는 항목입니다: {cell.field!r}")
    if cell.sum and cell.sum not in {c.key for b in form.block if b.kind == "money" for c in b.column}:
        raise fail(f"{place}.rows", f"없는 칸을 가리킵니다: {cell.sum!r}")
    budgets = [s for s in form.section if s.kind == "budget"]
    if cell.total and not any(cell.total in s.measures for s in budgets):
        raise fail(f"{place}.rows", f"없는 금액 구분입니다: {cell.total!r}")
    if cell.source and not any(cell.source in s.sources for s in budgets):
        raise fail(f"{place}.rows", f"없는 재원입니다: {cell.source!r}")


def _tabs(form: Form, fail: Fail) -> None:
    shown = [key for tab in form.tab for key in tab.sections]
    _unique(shown, "tab", fail)
    known = {section.key for section in form.section}
    for key in shown:
        if key not in known:
            raise fail("tab", f"없는 부분을 가리킵니다: {key!r}")
    for key in sorted(known - set(shown)):
        raise fail("tab", f"어느 탭에도 없는 부분입니다: {key!r}")
