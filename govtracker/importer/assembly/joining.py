"""Which sheets make one card: those that name the same pledge, or the only one, and don't say the same thing twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from govtracker.forms.schema import Form
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.workbook import Sheet
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import Region
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.card import Fact, Facts


@dataclass(slots=True)
class Fragment:
    """What was read of a sheet, or of one piece of it.

    `parts` name the parts of the card that stand on it, `read` reads them from the page of a partial card, `whole` =
    it has most of the form's headings, `headed` = at least one, `by_form` = the form says what its parts are, `given` =
    its pledge isn't named on it but was known before.
    """

    sheet: Sheet
    partial: PartialCard
    parts: frozenset[tuple[str, str]]
    read: Callable[[PartialCard], object]
    whole: bool
    headed: bool = False
    by_form: bool = True
    given: bool = False

    @property
    def pledge(self) -> str:
        """What the sheet calls its pledge: its number, else its title; "" where it names none."""
        return fold(self.partial.number) or fold(self.partial.title)

    @property
    def holds(self) -> bool:
        """Whether anything of a card beyond its name stands on the sheet."""
        return bool(self.parts) or bool(self.facts) or bool(self.partial.tables)

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts that the sheet says, by key."""
        sections = self.partial.sections.values()
        return {fact.key: fact for each in sections if isinstance(each, Facts) for fact in each.values}


def give_to(fragment: Fragment, number: str, title: str) -> None:
    """Take what names no pledge for the given one's: not what has another number, or is a whole card of another title."""
    own = fragment.partial
    same = fold(own.title) == fold(title)
    if (own.number and fold(own.number) != fold(number)) or (fragment.whole and own.title and not same):
        return
    own.number, own.title, fragment.given = number, title, not same


def parts_of(form: Form, found: list[Region]) -> frozenset[tuple[str, str]]:
    """The headed parts of a card that some regions hold: number of the form's block, slot."""
    return frozenset(
        (str(form.block.index(block)), region.slot)
        for region in (found[1:] or found)
        for block in region.blocks
        if block.kind not in ("title", "grid")
    )


def joined(
    fragments: Iterable[Fragment], *, alone: bool = True
) -> tuple[list[list[Fragment]], list[Fragment]]:
    """(the fragments of each card, in order of their first sheets; those that are nobody's).

    `alone` = no other sheets of the workbook hold pledges.
    """
    groups: list[list[Fragment]] = []
    nameless: list[Fragment] = []
    for fragment in fragments:
        if not fragment.pledge:
            nameless.append(fragment)
            continue
        group = next((g for g in groups if g[0].pledge == fragment.pledge and _fit(g, fragment)), None)
        if group is not None:
            group.append(fragment)
        else:
            groups.append([fragment])
    loose: list[Fragment] = []
    for fragment in nameless:
        owners = [group for group in _owners(groups, fragment, alone=alone) if _fit(group, fragment)]
        if len(owners) == 1 and not (fragment.whole and len(groups) > 1):
            owners[0].append(fragment)
        elif fragment.whole:
            groups.append([fragment])
        else:
            loose.append(fragment)
    if not groups and loose:
        return _of_nobody(loose)
    return groups, loose


def _owners(groups: list[list[Fragment]], fragment: Fragment, *, alone: bool) -> Iterator[list[Fragment]]:
    """The cards that a sheet without a pledge's name may belong to: the one its own name says, else the only one."""
    name = fold(fragment.sheet.name)
    named = [group for group in groups if any(_stands_in(word, name) for word in _words(group))]
    pledges = {group[0].pledge for group in groups}
    yield from named if named else groups if len(pledges) == 1 and alone else []


def _stands_in(word: str, name: str) -> bool:
    """Whether a number or a title stands in a sheet's name as itself: 1-1 doesn't in `11-1 예산`."""
    return bool(word) and re.search(rf"(?<![\d-]){re.escape(word)}(?![\d-])", name) is not None


def _words(group: list[Fragment]) -> tuple[str, str]:
    return fold(group[0].partial.number), fold(group[0].partial.title)


def _of_nobody(loose: list[Fragment]) -> tuple[list[list[Fragment]], list[Fragment]]:
    """Sheets of a workbook that names no pledge at all: one card, as long as they don't say the same thing twice."""
    group: list[Fragment] = []
    left: list[Fragment] = []
    for fragment in loose:
        (group if _fit(group, fragment) else left).append(fragment)
    return [group], left


def _fit(group: list[Fragment], fragment: Fragment) -> bool:
    """Whether a fragment has no part of the card that the group has already, and no fact that it says otherwise."""
    for other in group:
        if fragment.parts & other.parts:
            return False
        known = other.facts
        if any(known.get(key, fact) != fact for key, fact in fragment.facts.items()):
            return False
    return True


def merged(group: list[Fragment]) -> tuple[PartialCard, list[SheetView]]:
    """(one partial card read from all its fragments, the views of their sheets with the claims)."""
    first = group[0]
    if len(group) == 1:
        return first.partial, [first.partial.page]
    views = []
    partial = first.partial.blank()
    for fragment in group:
        partial.page = SheetView(fragment.sheet)
        fragment.read(partial)
        views.append(partial.page)
    named = next((fragment.partial for fragment in group if fragment.pledge), first.partial)
    partial.number, partial.title = named.number, named.title
    return partial, views
