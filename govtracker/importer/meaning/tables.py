"""Matching the head of a table on the sheet with the columns of a form's block, by labels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govtracker.forms.columns import Leaf
from govtracker.forms.loader import vocabulary
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.labels import bare, fold, head_labels
from govtracker.importer.structure.sheet_view import SheetView


@dataclass(slots=True)
class SheetColumn:
    """Columns `left`..`right` under one lowest head cell; `path` are its head's labels from the top."""

    left: int
    right: int
    path: tuple[str, ...]


@dataclass(slots=True)
class Head:
    """A found head: its rows, and the columns that each sheet column stands for (several under one label)."""

    top: int
    bottom: int
    columns: list[tuple[SheetColumn, list[Leaf]]]
    signature: frozenset[str]
    missing: list[Leaf]

    @property
    def left(self) -> int:
        return min(column.left for column, _ in self.columns)

    @property
    def right(self) -> int:
        return max(column.right for column, _ in self.columns)


def find_head(view: SheetView, top: int, bottom: int, leaves: tuple[Leaf, ...]) -> Head | None:
    """The first head in the rows whose labels fit the columns; None where no row does."""
    expected = {
        label for leaf in leaves for level in range(len(leaf.head)) for label in head_labels(leaf, level)
    }
    for row in range(top, bottom + 1):
        cells = view.free_texts(row)
        hits = [cell for cell in cells if _known(cell.text, expected)]
        if len(hits) < min(2, len(leaves)) or len(hits) * 2 < len(cells):
            continue
        end = _head_bottom(view, row, bottom, hits, leaves, expected)
        head = _match(view, row, end, cells, leaves)
        if head and sum(len(found) for _, found in head.columns) * 2 >= len(leaves):
            return head
    return None


def _known(text: str, expected: set[str]) -> bool:
    folded = fold(text)
    return folded in expected or bare(folded) in expected


def _head_bottom(
    view: SheetView,
    row: int,
    bottom: int,
    hits: list[SheetCell],
    leaves: tuple[Leaf, ...],
    expected: set[str],
) -> int:
    """Last row of a head: as deep as its merged labels reach, or as further rows hold nothing but labels."""
    end = max(cell.bottom for cell in hits)
    depth = max(len(leaf.head) for leaf in leaves)
    while end - row + 1 < depth and end < bottom:
        below = view.texts(end + 1)
        if not below or not all(_known(cell.text, expected) for cell in below):
            break
        end = max(end + 1, *(cell.bottom for cell in below))
    return end


def _match(
    view: SheetView, top: int, bottom: int, cells: list[SheetCell], leaves: tuple[Leaf, ...]
) -> Head | None:
    columns = _sheet_columns(view, top, bottom, min(c.column for c in cells), max(c.right for c in cells))
    groups = _groups(leaves)
    pairs = sorted(
        (
            (-_likeness(column.path, group[0]), at, number)
            for at, column in enumerate(columns)
            for number, group in enumerate(groups)
        ),
    )
    taken_columns: dict[int, int] = {}
    taken_groups: set[int] = set()
    for score, at, number in pairs:
        if score < 0 and at not in taken_columns and number not in taken_groups:
            taken_columns[at] = number
            taken_groups.add(number)
    if not taken_columns:
        return None
    found = [
        (column, groups[taken_columns[at]] if at in taken_columns else [])
        for at, column in enumerate(columns)
    ]
    signature = frozenset(fold(cell.text) for cell in cells)
    missing = [leaf for number, group in enumerate(groups) if number not in taken_groups for leaf in group]
    return Head(top, bottom, found, signature, missing)


def _sheet_columns(view: SheetView, top: int, bottom: int, left: int, right: int) -> list[SheetColumn]:
    made: list[SheetColumn] = []
    keys: list[tuple[int, int]] = []
    for column in range(left, right + 1):
        stack: list[SheetCell] = []
        for row in range(top, bottom + 1):
            cell = view.covering(row, column)
            if cell and cell.text and cell not in stack:
                stack.append(cell)
        key = (stack[-1].row, stack[-1].column) if stack else (0, column)
        path = tuple(fold(cell.text) for cell in stack)
        if made and keys[-1] == key:
            made[-1].right = column
        else:
            made.append(SheetColumn(column, column, path))
            keys.append(key)
    return [column for column in made if column.path]


def _groups(leaves: tuple[Leaf, ...]) -> list[list[Leaf]]:
    """Neighbouring columns under one label (`구 분` over number and name)."""
    groups: list[list[Leaf]] = []
    for leaf in leaves:
        if groups and groups[-1][-1].head == leaf.head:
            groups[-1].append(leaf)
        else:
            groups.append([leaf])
    return groups


def _likeness(path: tuple[str, ...], leaf: Leaf) -> int:
    """0 for no match; else higher the more levels agree, the lowest label always."""
    lowest = head_labels(leaf, len(leaf.head) - 1)
    if path[-1] not in lowest and bare(path[-1]) not in lowest:
        return 0
    exact = path[-1] == fold(leaf.head[-1])
    upper = [head_labels(leaf, level) for level in range(len(leaf.head) - 1)]
    agree = sum(1 for label in path[:-1] if any(label in known or bare(label) in known for known in upper))
    strange = (each for each in path[:-1] if not any(each in known or bare(each) in known for known in upper))
    if any(_is_another_time(label, leaf) for label in strange):
        return 0
    astray = len(path) - 1 - agree
    return 10 + 3 * agree - 3 * astray - abs(len(path) - len(leaf.head)) + (1 if exact else 0)


def _is_another_time(label: str, leaf: Leaf) -> bool:
    """Whether a label names years that aren't a column's, or a time before or after the term that it isn't of."""
    span = leaf.span
    if span is None:
        return False
    years = [found[1] or f"20{found[2]}" for found in _YEARS.finditer(label)]
    own = {edge[:4] for edge in (span.first, span.last) if edge}
    closed = span.first is not None and span.last is not None
    if closed and any(word in label for word in vocabulary("words")["open_time"]):
        return True
    if years:
        return not own & set(years)
    open_words = {fold(word) for name in ("before_term", "after_term") for word in vocabulary("head")[name]}
    return label in open_words and closed


_YEARS = re.compile(r"(20\d{2})|(?:['‘’]|(?<!\d))(\d{2})(?=년|\.|$)")


def is_repeated(view: SheetView, row: int, head: Head) -> bool:
    """Whether a row repeats the head (as at a page break): most of its texts stand in the head's first row."""
    texts = [fold(cell.text) for cell in view.texts(row, head.left, head.right)]
    if len(texts) < 2:
        return False
    return sum(text in head.signature for text in texts) >= max(2, round(len(texts) * 0.6))


def repeated_rows(view: SheetView, row: int, head: Head) -> int:
    """Rows of the head that a row begins to repeat: all of them where its labels reach down."""
    deep = any(cell.rowspan > 1 for cell in view.texts(row, head.left, head.right))
    return head.bottom - head.top + 1 if deep else 1
