"""Which rows of two states of a section are the same record, though one of them was edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from govtracker.merging.rows import Row, named

_APART = (named("slot"), named("group"), named("heading"))
"""Fields in which two states of one record never differ."""


def aligned(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Position in `old` by position in `new` of the rows that are one record.

    Those that hold the same, in their order; of the others those of one name, then those that agree in half of what
    they hold. Of several the one that agrees most.
    """
    matcher = SequenceMatcher(None, [row.token for row in old], [row.token for row in new], autojunk=False)
    pairs = {
        block.b + step: block.a + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    for is_same in (_equal, _of_one_name, _alike):
        _pair(old, new, pairs, is_same)
    return pairs


def _pair(
    old: Sequence[Row], new: Sequence[Row], pairs: dict[int, int], is_same: Callable[[Row, Row], bool]
) -> None:
    free = [at for at in range(len(old)) if at not in pairs.values()]
    for at, row in enumerate(new):
        fits = [] if at in pairs else [other for other in free if is_same(old[other], row)]
        if fits:
            best = max(fits, key=lambda other: (_agreeing(old[other], row), -abs(other - at)))
            pairs[at] = best
            free.remove(best)


def _agreeing(one: Row, other: Row) -> int:
    return len(one.token & other.token)


def _equal(one: Row, other: Row) -> bool:
    return one.token == other.token


def _of_one_name(one: Row, other: Row) -> bool:
    return one.name == other.name and _may_be_one(one, other)


def _alike(one: Row, other: Row) -> bool:
    agreeing = _agreeing(one, other)
    most = max(len(one.fields), len(other.fields))
    return bool(agreeing) and agreeing * 2 >= most and _may_be_one(one, other)


def _may_be_one(one: Row, other: Row) -> bool:
    return all(one.get(field) == other.get(field) for field in _APART)
