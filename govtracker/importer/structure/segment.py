"""Which rows belong to which block of the form: by the headings, wherever they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from govtracker.forms.loader import vocabulary
from govtracker.forms.schema import Block, Form
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.labels import bare, fold, fold_heading, pattern, unfolded
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.importer.structure.units import caption


@dataclass(slots=True)
class Region:
    """Rows `top`..`bottom` that follow a heading: of a block, or of one slot of an outline block.

    `heading` are the cells of the heading itself, `found` the names that its template caught (`as_of_year`).
    The first region of a sheet has no heading: it holds the blocks that the form prints before its first one.
    """

    blocks: list[Block]
    slot: str = ""
    top: int = 1
    bottom: int = 0
    found: dict[str, str] = field(default_factory=dict)
    heading: list[SheetCell] = field(default_factory=list)


@dataclass(slots=True)
class Anchor:
    row: int
    block: int
    slot: str
    cells: list[SheetCell]
    found: dict[str, str]


def regions(view: SheetView, form: Form) -> list[Region]:
    """The sheet's regions in order of their rows; heading cells are claimed as ignored."""
    anchors = _anchors(view, form)
    headed = {anchor.block for anchor in anchors}
    first_heading = min(
        (at for at, block in enumerate(form.block) if _templates(form, at, block)), default=len(form.block)
    )
    parts = [Region(list(form.block[:first_heading]), top=1)]
    for anchor in anchors:
        for cell in anchor.cells:
            view.claims.ignore(cell, "제목")
        parts[-1].bottom = anchor.row - (1 if anchor.cells else 0)
        blocks = [form.block[anchor.block]]
        if not anchor.slot or not _templates(form, anchor.block, form.block[anchor.block], slots=False):
            blocks += _followers(form, anchor.block, headed)
        parts.append(Region(blocks, anchor.slot, anchor.row + 1, 0, anchor.found, anchor.cells))
    parts[-1].bottom = view.last
    return parts


def opening_headings(view: SheetView, form: Form) -> list[SheetCell]:
    """Every cell that is the first heading of the form that the sheet has."""
    wanted = [
        pattern(label)
        for at, block in enumerate(form.block)
        for _, label in _templates(form, at, block, slots=False)
    ]
    short = [cell for cell in view.sheet.cells if 0 < len(cell.text) <= 80 and "\n" not in cell.text]
    for label in wanted:
        found = [cell for cell in short if label.fullmatch(fold_heading(cell.text))]
        if found:
            return found
    return []


def regions_by_name(view: SheetView, form: Form) -> list[Region]:
    """The whole sheet as the part of the card that its name says; nothing where it says none.

    A name is a heading of the form, a section's label, or a usual word for a kind of section.
    """
    name = fold_heading(view.sheet.name)
    kinds = {kind for kind, words in vocabulary("sheet").items() if name in {fold(word) for word in words}}
    blocks = [
        block
        for at, block in enumerate(form.block)
        if any(pattern(label).fullmatch(name) for _, label in _templates(form, at, block))
        or (block.section and fold(form.section_def(block.section).label) == name)
        or (block.section and form.section_def(block.section).kind in kinds)
        or (block.kind == "grid" and "facts" in kinds)
    ]
    if not blocks:
        return []
    title = [block for block in form.block if block.kind == "title" and block not in blocks]
    return [Region([*title, *blocks], top=1, bottom=view.last)]


def headings(form: Form) -> int:
    """How many headings a form has by which its parts are found."""
    return sum(1 for at, block in enumerate(form.block) if _templates(form, at, block))


def _followers(form: Form, at: int, headed: set[int]) -> list[Block]:
    """Blocks without any heading of their own that the form prints right after a block."""
    followers = []
    for number in range(at + 1, len(form.block)):
        if number in headed or _templates(form, number, form.block[number]):
            break
        followers.append(form.block[number])
    return followers


def _templates(form: Form, at: int, block: Block, *, slots: bool = True) -> list[tuple[str, str]]:
    """(slot key, label template) of every heading by which a block may be found."""
    templates = [("", block.heading.label)] if block.heading else []
    if slots and block.kind == "outline":
        section = form.section_def(block.section)
        templates += [(slot.key, slot.label) for slot in section.slots if slot.label and slot.heading]
    return templates


def _anchors(view: SheetView, form: Form) -> list[Anchor]:
    """The headings found, top to bottom; a heading that fits several blocks goes to the next one in order."""
    wanted = [
        (at, slot, pattern(label), pattern(_first_alone(label)))
        for at, block in enumerate(form.block)
        for slot, label in _templates(form, at, block)
    ]
    any_of_them = _any_of(tuple(label.pattern for _, _, *both in wanted for label in both))
    anchors: list[Anchor] = []
    used: set[int] = set()
    reached = -1
    for row in sorted(view.rows):
        cells = view.texts(row)
        heading = _heading_text(cells)
        if heading is None:
            continue
        text, own = heading
        candidates = (text, bare(text), *_before_colon(text))
        if not any(any_of_them.fullmatch(candidate) for candidate in candidates):
            continue
        fits = []
        marked = text != fold(own[-1].text)
        for number, (at, slot, label, alone) in enumerate(wanted):
            if number in used:
                continue
            for strictness, candidate in enumerate(candidates):
                match = label.fullmatch(candidate) or (alone.fullmatch(candidate) if marked else None)
                if match:
                    fits.append((strictness, at < reached, number, at, slot, match.groupdict()))
                    break
        if fits:
            _, _, number, at, slot, found = min(fits, key=lambda fit: fit[:3])
            used.add(number)
            reached = at
            names = {name: unfolded(caught, own[-1].text) for name, caught in found.items() if caught}
            anchors.append(Anchor(row, at, slot, own, names))
    return _with_grids(view, form, anchors)


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that a text fits where it fits one of them: most texts fit none."""
    plain = (re.sub(r"\(\?P<\w+>", "(?:", each) for each in dict.fromkeys(patterns))
    return re.compile("|".join(f"(?:{each})" for each in plain))


def _first_alone(label: str) -> str:
    """A heading's template whose range of years is a single one: `2022년` for `2022년 ~ 2022년`."""
    return label.split("~")[0] if "{first}" in label and "{last}" in label else label


def _with_grids(view: SheetView, form: Form, anchors: list[Anchor]) -> list[Anchor]:
    """Anchors of the header grids that stand between or under the headed blocks: at their first label's row."""
    first = min((anchor.row for anchor in anchors), default=view.last)
    headed = [at for at, block in enumerate(form.block) if _templates(form, at, block)]
    for at, block in enumerate(form.block):
        if block.kind == "grid" and not block.heading and headed and at > headed[0]:
            labels = {_plain(cell.label) for line in block.rows for cell in line if cell.label}
            for row in sorted(view.rows, reverse=True):
                texts = view.texts(row)
                if row > first and texts and _plain(texts[0].text) == _plain(block.rows[0][0].label):
                    below = [cell for r in range(row, row + len(block.rows)) for cell in view.texts(r)]
                    if sum(_plain(cell.text) in labels for cell in below) * 2 >= len(labels):
                        anchors.append(Anchor(row - 1, at, "", [], {}))
                        break
    return sorted(anchors, key=lambda anchor: (anchor.row, anchor.block))


def _plain(text: str) -> str:
    return bare(fold(text))


def _before_colon(text: str) -> tuple[str, str]:
    head = re.split(r"[:：]", text)[0]
    return head, bare(head)


def _heading_text(cells: list[SheetCell]) -> tuple[str, list[SheetCell]] | None:
    """(folded heading, its cells) of a row that may be one: a text, perhaps with its number or mark before it."""
    cells = [cell for cell in cells if caption(cell.text) is None]
    if not 1 <= len(cells) <= 2 or any("\n" in cell.text for cell in cells) or len(cells[-1].text) > 80:
        return None
    if len(cells) == 2 and not re.fullmatch(r"[□■○◆\-]|\d{1,2}[.)]?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\.?", cells[0].text.strip()):
        return None
    return fold_heading(cells[-1].text), cells
