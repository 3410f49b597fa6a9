"""Which rows of two states of a section are the same record, though one of them was edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from govtracker.merging.rows import IDENTITY, Row, named

_APART = (named("slot"), named("group"), named("heading"))
"""Fields in which two states of one record never differ."""


def aligned(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Position in `old` by position in `new` of the rows that are one record.

    Those that hold the same, in their order; of the others those of the same identity (title and date, role and name);
    then those whose name no other row of either side has. What only looks alike is another record: a new one, and one
    that is gone.
    """
    matcher = SequenceMatcher(None, [row.token for row in old], [row.token for row in new], autojunk=False)
    pairs = {
        block.b + step: block.a + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    only = {name for rows in (old, new) for name, count in Counter(r.name for r in rows).items() if count > 1}
    _pair(old, new, pairs, _equal)
    _pair(old, new, pairs, _same_identity)
    _pair(old, new, pairs, lambda one, other: one.name not in only and _of_one_name(one, other))
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


def _same_identity(one: Row, other: Row) -> bool:
    return one.name == other.name and all(one.get(field) == other.get(field) for field in IDENTITY)


def _of_one_name(one: Row, other: Row) -> bool:
    return one.name == other.name and all(one.get(field) == other.get(field) for field in _APART)
