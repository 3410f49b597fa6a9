"""The card being read from one sheet: sections gathered from several blocks, notes, pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, replace
from typing import Any

from govtracker import pictures
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.mapping import Choices, MappedTable
from govtracker.importer.package.workbook import NonCell, SheetCell
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.model.card import Section
from govtracker.model.content import Picture
from govtracker.model.origin import Origin
from govtracker.model.place import Place


@dataclass(slots=True)
class PartialCard:
    """`page` is the sheet that is being read; a card may stand on several.

    `choices` are what an officer decided, `tables` the tables that were read by their heads.
    `municipality` says whose money a word for two sources is.
    `computed` are printed figures that the form computes, for checking: (sheet and cell, text, place in the card),
    `origins` say of every value which cell it was read from.
    """

    form: Form
    setting: Setting
    page: SheetView
    number: str = ""
    title: str = ""
    sections: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    originals: dict[str, bytes] = field(default_factory=dict)
    computed: list[tuple[str, str, Place]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    municipality: str = ""
    choices: Choices = field(default_factory=Choices)
    tables: list[MappedTable] = field(default_factory=list)

    def blank(self) -> PartialCard:
        """A card of the same form and setting of which nothing was read yet."""
        return PartialCard(
            self.form, self.setting, self.page, municipality=self.municipality, choices=self.choices
        )

    def kept(self) -> PartialCard:
        """The card as it is read now; what is read afterwards doesn't change it."""
        same = replace(
            self, sections=dict(self.sections), notes=list(self.notes), computed=list(self.computed)
        )
        same.pictures, same.originals = dict(self.pictures), dict(self.originals)
        same.tables, same.origins = list(self.tables), list(self.origins)
        same.page = self.page.kept()
        return same

    def take_back(self, kept: PartialCard) -> None:
        """Go on from what was kept."""
        again = kept.kept()
        for each in fields(PartialCard):
            if each.name != "page":
                setattr(self, each.name, getattr(again, each.name))
        self.page.claims.claimed, self.page.claims.beside = (
            again.page.claims.claimed,
            again.page.claims.beside,
        )

    def note(self, place: str, text: str) -> None:
        """A remark for the officer, with sheet and cell."""
        self.notes.append(f"{self.page.sheet.name}!{place}: {text}")

    def compute(self, cell: SheetCell, text: str, place: Place) -> None:
        """A printed figure that the form computes at a place."""
        self.computed.append((f"{self.page.sheet.name}!{cell.place}", text, place))

    def came(self, place: Place, *cells: SheetCell | None) -> None:
        """The value at a place of the card was read from these cells."""
        sheet = self.page.sheet.name
        self.origins += [
            origin_of(place, sheet, cell) for cell in cells if cell is not None and cell.text.strip()
        ]

    def repeated(self, place: Place, at: Place) -> None:
        """The value at one place stands at another, too."""
        self.origins += [each._replace(place=at) for each in self.origins if each.place == place]

    def moved(self, joined: str, into: str) -> None:
        """A record goes on with one of an earlier table: what was printed of it, and read, stands in that one."""
        self.computed = [
            (cell, text, place._replace(id=into) if place.id == joined else place)
            for cell, text, place in self.computed
        ]
        self.origins = [
            each._replace(place=each.place._replace(id=into)) if each.place.id == joined else each
            for each in self.origins
        ]

    def put(self, key: str, section: Section) -> None:
        self.sections[key] = section

    def picture(self, item: NonCell) -> Picture | None:
        """The picture under its sha-256, as fine as print needs; None where its bytes could not be read."""
        if not item.data:
            return None
        data = pictures.fitted(item.data, item.width, item.height)
        sha = hashlib.sha256(data).hexdigest()
        self.pictures[sha] = data
        if data is not item.data:
            self.originals[sha] = item.data
        return Picture(sha, round(item.width, 1), round(item.height, 1), item.text)


def origin_of(place: Place, sheet: str, cell: SheetCell) -> Origin:
    """That the value at a place was read from a cell of a sheet."""
    return Origin(place, f"{sheet}!{cell.place}", cell.raw or cell.text)
