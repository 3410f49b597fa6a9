"""A card being edited: changes, undo and redo as stacks of cards, and which sections are still to be saved."""

from __future__ import annotations

import time
from collections.abc import Callable

from govtracker.model.card import Card, Section, emptied

MERGE_SECONDS = 1.0
"""Changes of one section within this time of each other are one step of undo (typing)."""
DEPTH = 500


class Draft:
    """The current card and how it came about. Every change is a new card; nothing is changed in place."""

    def __init__(self, card: Card, clock: Callable[[], float] = time.monotonic) -> None:
        self.card = card
        self.clock = clock
        self.undone: list[tuple[Card, str]] = []
        self.done: list[tuple[Card, str]] = []
        self.dirty: dict[str, Section] = {}
        self.last: tuple[str, float] = ("", float("-inf"))

    def change(self, key: str, section: Section, *, merge: bool = True) -> bool:
        """Take a section's new value; False where it says what the card says already."""
        old = self.card.section(key)
        if old == section:
            return False
        if old is None:
            self._add_empty(key, emptied(section))
        now = self.clock()
        typed_on = merge and self.last[0] == key and now - self.last[1] < MERGE_SECONDS
        if not typed_on:
            self.done.append((self.card, key))
            del self.done[:-DEPTH]
        self.undone.clear()
        self.last = (key, now if merge else float("-inf"))
        self._become(self.card.with_section(key, section), key)
        return True

    def undo(self) -> str:
        """Step back; the key of the section that changed, "" where there is nothing to undo."""
        return self._step(self.done, self.undone)

    def redo(self) -> str:
        """Step forward again; the key of the section that changed."""
        return self._step(self.undone, self.done)

    def _step(self, source: list[tuple[Card, str]], target: list[tuple[Card, str]]) -> str:
        if not source:
            return ""
        card, key = source.pop()
        target.append((self.card, key))
        self.last = ("", float("-inf"))
        self._become(card, key)
        return key

    def _become(self, card: Card, key: str) -> None:
        self.card = card
        section = card.section(key)
        if section is not None:
            self.dirty[key] = section

    def _add_empty(self, key: str, section: Section) -> None:
        """As if the card had had the section all along: so that undoing its first change can be saved, too."""
        self.card = self.card.with_section(key, section)
        self.done = [(card.with_section(key, section), changed) for card, changed in self.done]

    def take_dirty(self) -> dict[str, Section]:
        """The sections to be saved; they count as saved from now on (give them back with `put_back` on failure)."""
        dirty, self.dirty = self.dirty, {}
        return dirty

    def put_back(self, sections: dict[str, Section]) -> None:
        """Sections that could not be saved: they are to be saved again, unless they changed since."""
        self.dirty = {**sections, **self.dirty}
