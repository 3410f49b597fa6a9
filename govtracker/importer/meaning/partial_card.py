"""The card in the making: sections gathered from several blocks, notes, pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from govtracker import pictures
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.importer.package.workbook import Beside
from govtracker.importer.structure.sheet_view import Page
from govtracker.model.card import Section
from govtracker.model.content import Picture


@dataclass(slots=True)
class Draft:
    """`computed` are printed figures that the form computes: (cell place, text, block, row key, leaf) for checking."""

    form: Form
    setting: Setting
    page: Page
    number: str = ""
    title: str = ""
    sections: dict[str, Any] = made(default_factory=dict)
    notes: list[str] = made(default_factory=list)
    pictures: dict[str, bytes] = made(default_factory=dict)
    originals: dict[str, bytes] = made(default_factory=dict)
    computed: list[tuple[str, str, str]] = made(default_factory=list)

    def note(self, place: str, text: str) -> None:
        """A remark for the officer, with sheet and cell."""
        self.notes.append(f"{self.page.sheet.name}!{place}: {text}")

    def put(self, key: str, section: Section) -> None:
        self.sections[key] = section

    def picture(self, item: Beside) -> Picture | None:
        """The picture under its sha-256, as fine as print needs; None where its bytes could not be read."""
        if not item.data:
            return None
        data = pictures.fitted(item.data, item.width, item.height)
        sha = hashlib.sha256(data).hexdigest()
        self.pictures[sha] = data
        if data is not item.data:
            self.originals[sha] = item.data
        return Picture(sha, round(item.width, 1), round(item.height, 1), item.text)
