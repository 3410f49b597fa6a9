"""The looks of many documents: forms differ in their styles, margins and running heads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govtracker.export.document import Document, Style


@dataclass(frozen=True, eq=False)
class Sheet:
    """Styles that documents have in common; its number goes into the names of what is made of them."""

    number: int
    styles: Mapping[str, Style]

    def name(self, style: str) -> str:
        """Name of one style among those of all sheets."""
        return f"{style}_{self.number}"


def sheets(documents: Iterable[Document]) -> list[Sheet]:
    """Each document's sheet, the same object for those that look alike."""
    known: dict[object, Sheet] = {}
    found = []
    for document in documents:
        key = (
            tuple(document.styles.items()), document.margins, document.running_head, document.running_date,
        )  # fmt: skip
        found.append(known.setdefault(key, Sheet(len(known), document.styles)))
    return found
