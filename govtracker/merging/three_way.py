"""Two states of a section joined, by what each of them changed of a third: the difference of every field, and a choice.

`mine` is what the book holds, `theirs` what comes in, `base` what came in last time (None: nobody knows). What only
the file changed comes in; what the officer changed is a conflict, and stays unless somebody chooses otherwise; blank
never erases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from govtracker.merging.aligning import aligned
from govtracker.merging.rows import IDENTITY, Field, Row, Value, rows_of, section_of
from govtracker.model.card import Section
from govtracker.model.content import Item, Line, Picture, Table
from govtracker.model.place import Place

Kind = Literal["new", "changed", "conflict", "blank"]
"""What comes in: something for a blank, another value than the last time, another one than the officer's own; nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value, one row (`field` "" in its place) or one stretch of lines (`hunk`, from 0) that differs.

    `mine` and `theirs` are values of the field, rows, or the lines of the stretch; None or () = there is none.
    `record` is what an officer calls the row.
    """

    place: Place
    record: str
    kind: Kind
    mine: Value | Row | None
    theirs: Value | Row | None
    hunk: int = -1

    @property
    def by_default(self) -> bool:
        """Whether what comes in is taken where nobody says otherwise."""
        return self.kind in ("new", "changed")


Choose = Callable[[Difference], bool]
"""Whether what comes in is to be taken."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined section; what came in, under the book's ids (the next merge's base); the differences.

    `ids`: what the book's record, line, table or picture is called that one which came in goes on with.
    """

    section: Section
    base: Section
    differences: tuple[Difference, ...]
    ids: Mapping[str, str]


def by_default(difference: Difference) -> bool:
    """Take what is new or was changed, keep the officer's own."""
    return difference.by_default


def taking_back(difference: Difference) -> bool:
    """For undoing: take a blank, too; only what the officer changed since is kept."""
    return difference.kind != "conflict"


def brings(body: Section, difference: Difference) -> bool:
    """Whether what came in by another import holds the row, the value or a line of a difference, too."""
    row = next((row for row in rows_of(body) if row.id == difference.place.id), None)
    if row is None or not difference.place.field:
        return row is not None
    held = row.get((difference.place.field, difference.place.span, difference.place.measure))
    if difference.hunk < 0:
        return held is not None
    lines = difference.mine if isinstance(difference.mine, tuple) else ()
    return any(item in (held or ()) for item in lines)


def merge(
    key: str,
    base: Section | None,
    mine: Section,
    theirs: Section,
    choose: Choose = by_default,
    *,
    contested: bool = False,
) -> Merged:
    """Two states of the section under a key joined; `contested` = whatever comes in is a conflict."""
    if mine == theirs:
        return Merged(mine, mine, (), {})
    return _Merge(key, base, mine, theirs, choose, contested=contested).made()


class _Merge:
    def __init__(
        self,
        key: str,
        base: Section | None,
        mine: Section,
        theirs: Section,
        choose: Choose,
        *,
        contested: bool,
    ) -> None:
        self.contested = contested
        self.key, self.choose, self.section, self.incoming = key, choose, mine, theirs
        self.known = base is not None
        self.base = rows_of(base) if base is not None else []
        self.mine, self.theirs = rows_of(mine), rows_of(theirs)
        self.found: list[Difference] = []
        self.ids: dict[str, str] = {}
        self.another = False

    def made(self) -> Merged:
        """The merge, row by row."""
        base_of = self._bases()
        mine_of = self._own(base_of)
        kept: dict[int, Row | None] = dict(enumerate(self.mine))
        added: dict[int, Row] = {}
        ids: list[str] = []
        for at, row in enumerate(self.theirs):
            base = self.base[base_of[at]] if at in base_of else None
            own = mine_of.get(at)
            ids.append(self.mine[own].id if own is not None else base.id if base else row.id)
            if own is not None:
                kept[own] = self._fields(base, self.mine[own], row)
            elif self._wants_row(base, row):
                added[at] = replace(row, id=ids[at])
        for own in set(kept) - set(mine_of.values()):
            if not self._keeps_row(self.mine[own]):
                kept[own] = None
        rows = self._in_order(kept, added, mine_of)
        section = self.section
        if rows != self.mine:
            if not any(row.fields for row in self.mine) and _hold_the_same(rows, self.theirs):
                return Merged(self.incoming, self.incoming, tuple(self.found), {})
            section = section_of(self._frame(), rows)
        renamed = [
            replace(row, id=ids[at], fields={field: self._as_the_books(v) for field, v in row.fields.items()})
            for at, row in enumerate(self.theirs)
        ]
        self.ids |= {row.id: ids[at] for at, row in enumerate(self.theirs)}
        return Merged(section, section_of(self.incoming, renamed), tuple(self.found), self.ids)

    def _frame(self) -> Section:
        """What isn't in the rows (the unit of money) is the book's, as long as it has rows."""
        return self.section if any(row.fields for row in self.mine) else self.incoming

    # ------------------------------------------------------------ which row is which

    def _bases(self) -> dict[int, int]:
        """Position in the base by position in what comes in."""
        return aligned(self.base, self.theirs)

    def _own(self, base_of: dict[int, int]) -> dict[int, int]:
        """Position in the book's rows by position in what comes in: over the base by ids, else directly."""
        by_id = _by_id(self.mine)
        bases = _by_id(self.base)
        found = {
            at: by_id[self.base[other].id] for at, other in base_of.items() if self.base[other].id in by_id
        }
        ours = [at for at, row in enumerate(self.mine) if at not in found.values() and row.id not in bases]
        gone = {at for at, other in base_of.items() if self.base[other].id in bases}
        rest = [at for at in range(len(self.theirs)) if at not in found and at not in gone]
        pairs = aligned([self.mine[at] for at in ours], [self.theirs[at] for at in rest])
        found |= {rest[at]: ours[other] for at, other in pairs.items()}
        blank = [at for at in ours if at not in found.values() and not self.mine[at].fields]
        return found | dict(zip((at for at in rest if at not in found), blank, strict=False))

    # ------------------------------------------------------------ whole rows

    def _wants_row(self, base: Row | None, row: Row) -> bool:
        """Whether a row that the book doesn't have comes in."""
        if not row.fields:
            return False
        own = base is not None or (not self.known and any(each.fields for each in self.mine))
        return self._ask(row, "conflict" if own else "new", None, row)

    def _keeps_row(self, row: Row) -> bool:
        """Whether a row stays that no longer comes in; one that never came in is the officer's own."""
        known = _by_id(self.base)
        if row.id not in known:
            return True
        base = self.base[known[row.id]]
        return not self._ask(row, "blank" if base.token == row.token else "conflict", row, None)

    def _ask(self, row: Row, kind: Kind, mine: Row | None, theirs: Row | None) -> bool:
        kind = "conflict" if self.contested else kind
        difference = Difference(Place(self.key, row.id), row.name, kind, mine, theirs)
        self.found.append(difference)
        return self.choose(difference)

    def _in_order(
        self, kept: dict[int, Row | None], added: dict[int, Row], mine_of: dict[int, int]
    ) -> list[Row]:
        """The book's rows in its order, each new one behind the row that it follows where it comes from."""
        behind: dict[int, list[Row]] = {}
        anchor = -1
        for at in range(len(self.theirs)):
            if at in mine_of:
                anchor = mine_of[at]
            elif at in added:
                behind.setdefault(anchor, []).append(added[at])
        rows = list(behind.get(-1, ()))
        for own in range(len(self.mine)):
            held = kept[own]
            rows += [held] if held is not None else []
            rows += behind.get(own, ())
        return rows

    # ------------------------------------------------------------ the fields of one row

    def _fields(self, base: Row | None, mine: Row, theirs: Row) -> Row:
        made = dict(mine.fields)
        renamed = base is not None and any(base.get(each) != theirs.get(each) for each in IDENTITY)
        self.another = renamed and base is not None and mine.token != base.token
        for field in _order(mine, theirs):
            value = self._value(field, base, mine, theirs)
            if value is None or value == ():
                made.pop(field, None)
            else:
                made[field] = value
        order = {field: at for at, field in enumerate(_order(mine, theirs))}
        return replace(mine, fields=dict(sorted(made.items(), key=lambda pair: order[pair[0]])))

    def _value(self, field: Field, base: Row | None, mine: Row, theirs: Row) -> Value | None:
        was, own, new = base.get(field) if base else None, mine.get(field), theirs.get(field)
        if own == new or (new is None and was is None):
            self._go_on(own, new)
            return own
        if _are_lines(own) and _are_lines(new) and base is not None:
            return self._lines(field, mine, was or (), own, new)
        if self._chosen(field, mine, self._kind(base, was, own, new), own, new):
            return new
        self._go_on(own, new)
        return own

    def _kind(self, base: Row | None, was: Value | None, own: Value | None, new: Value | None) -> Kind:
        edited = base is not None and own != was
        if new is None:
            return "conflict" if edited and was is not None else "blank"
        if own is None:
            return "conflict" if edited else "new"
        return "conflict" if edited or base is None else "changed"

    def _chosen(self, field: Field, row: Row, kind: Kind, mine: Value, theirs: Value, hunk: int = -1) -> bool:
        name, span, measure = field
        place = Place(self.key, row.id, name, span, measure)
        kind = "conflict" if self.contested or self.another else kind
        difference = Difference(place, row.name, kind, mine, theirs, hunk)
        self.found.append(difference)
        return self.choose(difference)

    # ------------------------------------------------------------ lines, tables and pictures

    def _go_on(self, own: Value, new: Value) -> None:
        """Of lines that stay as they are, those that came in and hold the same are the book's."""
        if _are_lines(own) and _are_lines(new):
            for at, to, size in _matcher(own, new).get_matching_blocks():
                pairs = zip(own[at : at + size], new[to : to + size], strict=True)
                self.ids |= {theirs.id: mine.id for mine, theirs in pairs}

    def _as_the_books(self, new: Value) -> Value:
        """Lines under the ids of those of the book that they go on with."""
        if not _are_lines(new):
            return new
        return tuple(replace(item, id=self.ids.get(item.id, item.id)) for item in new)

    def _lines(
        self, field: Field, row: Row, was: Sequence[Item], own: Sequence[Item], new: Sequence[Item]
    ) -> tuple[Item, ...]:
        """The lines of the book with each stretch that differs decided on its own."""
        self._go_on(own, new)
        touched = [(i1, i2) for _, _, i1, i2 in _hunks(was, own)]
        made: list[Item] = []
        last = 0
        for number, (i1, i2, j1, j2) in enumerate(_hunks(own, new)):
            made += own[last:i1]
            last = i2
            ours, theirs = tuple(own[i1:i2]), tuple(new[j1:j2])
            edited = any(a <= i2 and i1 <= b for a, b in touched)
            if edited and not theirs and all(item not in was for item in ours):  # lines of the officer's own
                made += ours
            elif self._chosen(field, row, "conflict" if edited else "changed", ours, theirs, number):
                made += theirs
            else:
                made += ours
        return (*made, *own[last:])


def _by_id(rows: Sequence[Row]) -> dict[str, int]:
    """Position of every row whose id is no other's."""
    counted = Counter(row.id for row in rows)
    return {row.id: at for at, row in enumerate(rows) if counted[row.id] == 1}


def _hold_the_same(one: Sequence[Row], other: Sequence[Row]) -> bool:
    return [row.fields for row in one] == [row.fields for row in other if row.fields]


def _order(mine: Row, theirs: Row) -> list[Field]:
    """The fields of both, those that only come in behind the ones that they follow."""
    made = list(mine.fields)
    at = 0
    for field in theirs.fields:
        if field in mine.fields:
            at = made.index(field) + 1
        else:
            made.insert(at, field)
            at += 1
    return made


def _are_lines(value: Value) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Line | Table | Picture)


def _matcher(old: Sequence[Item], new: Sequence[Item]) -> SequenceMatcher[Item]:
    return SequenceMatcher(None, old, new, autojunk=False)


def _hunks(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[int, int, int, int]]:
    """First and last position in both of every stretch that differs."""
    for tag, i1, i2, j1, j2 in _matcher(old, new).get_opcodes():
        if tag != "equal":
            yield i1, i2, j1, j2
