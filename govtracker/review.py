"""What an import is about to do, in an officer's words: the values that a window shows and a command prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedDifference:
    """A difference of a card in words; `key` tells it from every other one of the import.

    `kind` is new, changed, conflict (the officer's own is kept unless chosen otherwise) or blank (never erases unless
    chosen). `mine` and `theirs` are texts, "" = there is none.
    """

    key: str
    section: str
    label: str
    mine: str
    theirs: str
    kind: str

    @property
    def by_default(self) -> bool:
        """Whether what comes in is taken where nobody says otherwise."""
        return self.kind in ("new", "changed")

    @property
    def sentence(self) -> str:
        """The difference in one line."""
        return f"{self.section} · {self.label}: {_short(self.mine)} → {_short(self.theirs)}"


@dataclass(frozen=True, slots=True)
class CardChange:
    """What becomes of one card that comes in; `foreign` names its sections that the book's form doesn't have."""

    pledge: str
    is_new: bool
    again: bool
    rows: tuple[NamedDifference, ...]
    foreign: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """Number of differences of a kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def changes(self) -> int:
        """Number of values that come in where nobody says otherwise."""
        return sum(row.by_default for row in self.rows)


def _short(text: str, most: int = 40) -> str:
    plain = " / ".join(line.strip() for line in text.splitlines() if line.strip())
    return f"{plain[:most]}…" if len(plain) > most else plain or "(빈칸)"
