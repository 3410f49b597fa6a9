"""A card being edited: steps of undo and redo, and which sections are still to be saved. A frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from govtracker.model.card import Card, Pledge, Section, emptied
from govtracker.model.place import Place

MERGE_SECONDS = 1.0
"""Typing within this time of the last key, where the caret was left, is one step of undo."""
DEPTH = 500


@dataclass(frozen=True, slots=True)
class Caret:
    """Where somebody types: the field's place, and the ends of the selection in it.

    Ends are (offset,) in a text, (row, column) in a table; equal ends select nothing (a table: one cell).
    """

    place: Place
    anchor: tuple[int, ...] = ()
    position: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A section's new value as an editor gives it.

    `typing` = keys that go on typing where the last ones ended; anything else is a step of its own.
    """

    key: str
    section: Section
    typing: bool = False
    before: Caret | None = None
    after: Caret | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of undo: the section before and after, and where the caret was and went."""

    key: str
    old: Section
    new: Section
    before: Caret | None = None
    after: Caret | None = None

    @property
    def back(self) -> Step:
        """The step that takes this one back."""
        return Step(self.key, self.new, self.old, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Draft:
    """The current card, how it came about, what was undone, and the keys of the sections to be saved.

    `typed_at` is when the last step was last typed on (seconds of any clock), None where it is closed.
    """

    card: Card
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    dirty: frozenset[str] = field(default_factory=frozenset)
    typed_at: float | None = None

    def change(self, change: Change, now: float) -> Draft:
        """Take a section's new value; the draft itself where it says what the card says already."""
        old = self.card.section(change.key)
        if old == change.section:
            return self
        step = Step(
            change.key,
            emptied(change.section) if old is None else old,
            change.section,
            change.before,
            change.after,
        )
        last = self.done[-1] if self.done else None
        if last is not None and self._goes_on(last, change, now):
            done = (*self.done[:-1], replace(last, new=step.new, after=step.after))
        else:
            done = (*self.done, step)[-DEPTH:]
        return Draft(
            self.card.with_section(change.key, change.section),
            done,
            (),
            self.dirty | {change.key},
            now if change.typing else None,
        )

    def _goes_on(self, last: Step, change: Change, now: float) -> bool:
        typed_on = change.typing and self.typed_at is not None and now - self.typed_at < MERGE_SECONDS
        return typed_on and last.key == change.key and last.after == change.before

    def paused(self) -> Draft:
        """The typing so far is a step of its own; what is typed next begins another."""
        return self if self.typed_at is None else replace(self, typed_at=None)

    def undo(self) -> tuple[Draft, Step | None]:
        """Step back; the step that was taken (its `new` is what stands there now), None where there is none."""
        if not self.done:
            return self, None
        step = self.done[-1]
        return self._stepped(step.back, self.done[:-1], (*self.undone, step)), step.back

    def redo(self) -> tuple[Draft, Step | None]:
        """Step forward again; the step that was taken, None where there is none."""
        if not self.undone:
            return self, None
        step = self.undone[-1]
        return self._stepped(step, (*self.done, step), self.undone[:-1]), step

    def _stepped(self, step: Step, done: tuple[Step, ...], undone: tuple[Step, ...]) -> Draft:
        card = self.card.with_section(step.key, step.new)
        return Draft(card, done, undone, self.dirty | {step.key})

    def unsaved(self) -> dict[str, Section]:
        """The sections that are still to be saved."""
        return {key: section for key, section in self.card.sections if key in self.dirty}

    def taken(self) -> Draft:
        """The same draft after its unsaved sections were given to be saved."""
        return replace(self, dirty=frozenset())

    def renamed(self, pledge: Pledge) -> Draft:
        """The same draft of a pledge with another number or title; no step of undo."""
        return replace(self, card=replace(self.card, pledge=pledge))

    def reread(self, card: Card) -> Draft:
        """The same steps over the card as it was read again.

        Steps of sections that read otherwise than the draft left them (an import filled them) are forgotten.
        """
        strange = {
            key
            for key in {*dict(self.card.sections), *dict(card.sections)}
            if not _same(self.card, card, key)
        }
        return Draft(
            card,
            tuple(step for step in self.done if step.key not in strange),
            tuple(step for step in self.undone if step.key not in strange),
            self.dirty - strange,
        )


def _same(one: Card, other: Card, key: str) -> bool:
    first, second = one.section(key), other.section(key)
    if first is None or second is None:
        return first is second
    return first == second
