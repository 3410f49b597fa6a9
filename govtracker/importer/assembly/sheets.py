"""How each sheet is read: by the form, as lists of pledges, or by labels and heads alone, whichever finds the most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.assembly.joining import Fragment, parts_of
from govtracker.importer.assembly.listing import NAME, PledgeList, find_lists
from govtracker.importer.mapping import Choices
from govtracker.importer.meaning import recognise
from govtracker.importer.meaning.free import free_pieces, read_free
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.workbook import Sheet
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import headings, regions, regions_by_name
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.content import Line, Table
from govtracker.model.figure import Figure

_LEFT = 0.1
"""Share of a card's cells that may be left where its form is taken for certain."""

_TRUST = 2
"""How many times as many values another reading must find than that of a municipality's own form."""


@dataclass(slots=True)
class SheetReading:
    """What a sheet holds: parts of cards, or lists with a row per pledge."""

    fragments: list[Fragment] = field(default_factory=list)
    lists: list[PledgeList] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether it says which pledge it is of."""
        return bool(self.lists) or any(each.pledge for each in self.fragments)

    @property
    def asks(self) -> bool:
        """Whether there is a table of which only something is left to be said."""
        return any(each.partial.tables for each in self.fragments)

    @property
    def worth(self) -> int:
        """Number of values that have a place of their own; a list's are its cells under known heads."""
        return sum(_worth(each.partial) for each in self.fragments) + sum(each.worth for each in self.lists)


class SheetReader:
    """Reads the sheets of one workbook for one form."""

    def __init__(
        self, form: Form, setting: Setting, municipality: str, sheets: Sequence[Sheet], choices: Choices
    ) -> None:
        self.form, self.setting, self.municipality, self.choices = form, setting, municipality, choices
        first = Counter(text for sheet in sheets for text in _first_texts(sheet))
        self.shared = {text for text, count in first.items() if count > 1}

    def read(self, sheet: Sheet, parts: list[Sheet]) -> SheetReading:
        """The reading of a sheet that finds the most; `parts` are its pieces by the form."""
        by_form = SheetReading([each for part in parts if (each := self._by_form(part)) is not None])
        if by_form.fragments and all(self._is_certain(each) for each in by_form.fragments):
            return by_form
        headed = any(each.headed for each in by_form.fragments) and not self.form.general
        lists = find_lists(SheetView(sheet), self.form, self.setting, self.municipality, self.choices)
        others = (
            SheetReading(lists=lists if not headed or all(each.is_certain for each in lists) else []),
            SheetReading([self._free(piece) for piece in free_pieces(sheet)]),
        )
        nameless = not by_form.named and any(each.named for each in others)
        trust = _TRUST if headed and not nameless else 1
        return max(
            (by_form, *others),
            key=lambda each: (each.worth * (trust if each is by_form else 1), each.asks),
        )

    def _is_certain(self, fragment: Fragment) -> bool:
        """Whether a sheet is a printed card beyond doubt: it names its pledge, and next to nothing is left of it."""
        cells = [cell for cell in fragment.sheet.cells if cell.text]
        left = sum(fragment.partial.page.claims.free(cell) for cell in cells)
        return bool(fragment.pledge) and fragment.whole and left <= len(cells) * _LEFT

    def _partial(self, sheet: Sheet) -> PartialCard:
        return PartialCard(
            self.form, self.setting, SheetView(sheet), municipality=self.municipality, choices=self.choices
        )

    def _by_form(self, sheet: Sheet) -> Fragment | None:
        """What a sheet, or a piece of one, holds of a card; None where it holds nothing of the form."""
        partial = self._partial(sheet)
        where: Callable[..., Any] = regions
        found = regions(partial.page, self.form)
        count = len(found) - 1
        if not count:
            where, partial.page = regions_by_name, SheetView(sheet)
            found = regions_by_name(partial.page, self.form)
            if not found:
                return None

        def read(other: PartialCard) -> None:
            own = where(other.page, self.form)
            if not count and not self.shared.intersection(_first_texts(sheet)):
                own = [replace(each, blocks=[b for b in each.blocks if b.kind != "title"]) for each in own]
            recognise(other, own)

        read(partial)

        whole = count * 2 > headings(self.form)
        return Fragment(sheet, partial, parts_of(self.form, found), read, whole, headed=count > 0)

    def _free(self, piece: Sheet) -> Fragment:
        partial = self._partial(piece)
        return Fragment(piece, partial, read_free(partial), read_free, whole=False, by_form=False)


def _first_texts(sheet: Sheet) -> set[str]:
    """The texts of a sheet's first row: what several sheets begin with is what they are about."""
    written = [cell for cell in sheet.cells if cell.text.strip()]
    top = min((cell.row for cell in written), default=0)
    return {fold(cell.text) for cell in written if cell.row == top}


def _worth(partial: PartialCard) -> int:
    named = bool(partial.title) * NAME + bool(partial.number)
    return named + sum(_values(section) for section in partial.sections.values())


def _values(value: object) -> int:
    """Number of values with a place of their own: texts, figures, lines; what is kept as a table has none."""
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return 1
    if isinstance(value, tuple):
        return sum(_values(item) for item in value)
    if isinstance(value, Line):
        return 1
    if isinstance(value, Table):
        return 0
    if isinstance(value, Figure):
        return int(bool(value))
    if is_dataclass(value):
        return sum(_values(getattr(value, each.name)) for each in fields(value) if each.name not in _NAMES)
    return int(isinstance(value, str) and bool(value))


_NAMES = frozenset({"id", "key", "slot", "source", "span", "measure", "group", "mark", "kind"})
"""Fields that say where a value belongs."""
