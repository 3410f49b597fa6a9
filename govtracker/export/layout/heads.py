"""Table heads of one or more levels: equal neighbours merge, a short label reaches down."""

from __future__ import annotations

from functools import lru_cache

from govtracker.export.document import HEAD, Cell, Row, plain
from govtracker.forms.columns import KEPT, Leaf
from govtracker.forms.schema import Block


@lru_cache(maxsize=KEPT)
def head_rows(leaves: tuple[Leaf, ...], block: Block, *, dense: bool = False) -> tuple[Row, ...]:
    """One row per level of the labels; all of them are repeated on every page. Every card's table shares them."""
    depth = max((len(leaf.head) for leaf in leaves), default=0)
    heights = block.head_height + (block.head_height[-1],) * depth
    return tuple(
        Row(tuple(_level(leaves, level, depth, block, dense)), heights[level]) for level in range(depth)
    )


def _level(leaves: tuple[Leaf, ...], level: int, depth: int, block: Block, dense: bool) -> list[Cell]:
    cells, at = [], 0
    while at < len(leaves):
        head = leaves[at].head
        end = at + 1
        while (
            end < len(leaves)
            and leaves[end].head[: level + 1] == head[: level + 1]
            and len(leaves[end].head) > level
        ):
            if level == len(head) - 1 and leaves[end].head != head:
                break
            end += 1
        if len(head) > level:
            down = depth - level if level == len(head) - 1 else 1
            cells.append(_cell(head[level], end - at, down, block, leaves, at, level, dense))
        at = end
    return cells


def _cell(
    text: str,
    colspan: int,
    rowspan: int,
    block: Block,
    leaves: tuple[Leaf, ...],
    at: int,
    level: int,
    dense: bool,
) -> Cell:
    style = "head_dense" if dense else "head"
    if block.divider and leaves[at].column.field == "quarter" and level > 0:
        style = "head_small"
    lines = tuple(plain(part, style, role="head") for part in text.split("\n"))
    return Cell(
        lines, colspan, rowspan, "head", "center", fill=HEAD, pad=(0.3, 0.6),
        divider=bool(block.divider) and divides(leaves, at),
    )  # fmt: skip


def divides(leaves: tuple[Leaf, ...], at: int) -> bool:
    """Whether a heavier rule stands left of a quarter's column: where a year begins, and behind the last."""
    leaf = leaves[at]
    if leaf.column.each == "quarter":
        earlier = leaves[at - 1].span if at else None
        return not earlier or (earlier.first or "")[:4] != ((leaf.span and leaf.span.first) or "")[:4]
    return at > 0 and leaves[at - 1].column.each == "quarter"
