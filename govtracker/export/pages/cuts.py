"""Where the lines of a cell may be parted, and what stands again before those that go on."""

from __future__ import annotations

from govtracker.export.pages.atoms import Atom, stacked


def led(atoms: list[Atom], capacity: float) -> list[Atom]:
    """What goes on on the next page: behind the head of its table, unless both would fill more than the page."""
    lead = atoms[0].lead
    return [*lead, *atoms] if stacked([*lead, atoms[0]]) < capacity * 0.9 else atoms


def cut(atoms: list[Atom], room: float, *, forced: bool) -> int:
    """How many atoms stay on this side: as many as fit, at least two on each side, no forbidden parting.

    0 where that can't be; when forced (nothing else is on the page), at least one.
    """
    if len(atoms) < 2:
        return 0
    used, count = -atoms[0].before, 0
    while count < len(atoms) and used + atoms[count].total <= room + 0.01:
        used += atoms[count].total
        count += 1
    best = min(count, len(atoms) - 1)
    for at in range(best, 1, -1):
        before, behind = atoms[at - 1], atoms[at]
        inside = behind.at > 0 and (behind.at < 2 or behind.of - behind.at < 2)
        if not before.keep and not inside and len(atoms) - at >= min(2, len(atoms) - 1):
            return at
    return max(1, best) if forced else 0
