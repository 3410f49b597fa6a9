"""What an import is about to do, in an officer's words: the values that a window shows and a command prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

LEAVE = "left"
"""What an unplaced cell may become: left out on purpose."""


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
    """What becomes of one card that comes in; `foreign` names its sections that the book's form doesn't have.

    `namesake` is the number of another pledge of the book that has the same title.
    """

    pledge: str
    is_new: bool
    again: bool
    rows: tuple[NamedDifference, ...]
    foreign: tuple[str, ...] = ()
    namesake: str = ""

    @property
    def warning(self) -> str:
        """What somebody should know before the card comes in, "" for nothing."""
        if not self.namesake:
            return ""
        return f"{self.pledge}: 같은 이름의 공약이 다른 관리번호({self.namesake})로 대장에 있습니다. 새 공약으로 담습니다."

    def count(self, kind: str) -> int:
        """Number of differences of a kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def changes(self) -> int:
        """Number of values that come in where nobody says otherwise."""
        return sum(row.by_default for row in self.rows)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What an officer decided about an import; nothing said = as the program would do it.

    `sheets` are the only ones to be read. `heads`: by a table's fingerprint the target of a head (its key); `labels`: of
    labels beside their values; `left`: cells (`Sheet!A1`) left out. `taken`: by difference whether what comes in is
    taken. `pledge`: number and title of the one that a sheet without a pledge's name is of. `remember` = the book keeps
    heads and labels for the next file; `backup` = a copy of the book is made before.
    """

    sheets: tuple[str, ...] = ()
    hidden: bool = False
    period: str | None = None
    as_of: date | None = None
    form: str | None = None
    heads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    taken: Mapping[str, bool] = field(default_factory=dict)
    pledge: tuple[str, str] | None = None
    remember: bool = True
    backup: bool = False

    def with_head(self, fingerprint: str, head: str, target: str) -> Decisions:
        """With one head of a table read as something else."""
        own = {**self.heads.get(fingerprint, {}), head: target}
        return replace(self, heads={**self.heads, fingerprint: own})

    def with_label(self, label: str, target: str) -> Decisions:
        """With a label read as something else; "" = as the program would."""
        labels = {key: value for key, value in self.labels.items() if key != label}
        return replace(self, labels={**labels, label: target} if target else labels)

    def with_left(self, cell: str, *, left: bool) -> Decisions:
        """With a cell left out, or not any more."""
        return replace(self, left=self.left | {cell} if left else self.left - {cell})

    def with_taken(self, key: str, *, taken: bool) -> Decisions:
        """With what comes in taken, or not."""
        return replace(self, taken={**self.taken, key: taken})


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """A sheet of the file: what it was read as, how many pledges and cells with a value it has, what to look at.

    `parts` are (what its cells became, how many) in the sheet's order.
    """

    name: str
    hidden: bool
    chosen: bool
    read_as: str
    pledges: int
    cells: int
    unplaced: int
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as it is drawn: its place and spans, `role` (title, head, value, total, left, unplaced), what it became."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    place: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class HeadView:
    """A head of a table: the sheet's columns, its labels, what it is read as ("" = unknown) and what that is called, a value under it."""

    sheet: str
    fingerprint: str
    key: str
    kind: str
    first: int
    last: int
    top: int
    bottom: int
    label: str
    target: str
    reads: str
    sample: str


@dataclass(frozen=True, slots=True)
class ImportReview:
    """What an import would do: `sums` of the ledger; rows of (cell, text, status, what); `handle` goes on with it.

    `period` is the label of the period that the cards come into; `differences` are sentences that say in what the
    file is not this book's (another municipality, term or form). `targets` are (target, label) that a head may be read
    as, by kind of table. `trouble` says why it can't be written as it is decided ("" = it can).
    """

    file: str
    about: str
    title: str
    period: str
    as_of: date
    form: str
    sheets: tuple[SheetSummary, ...]
    cells: Mapping[str, tuple[CellView, ...]]
    heads: tuple[HeadView, ...]
    targets: Mapping[str, tuple[tuple[str, str], ...]]
    cards: tuple[CardChange, ...]
    sums: Mapping[str, int]
    rows: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]
    handle: Any
    decisions: Decisions
    differences: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def pledges(self) -> tuple[str, ...]:
        return tuple(card.pledge for card in self.cards)

    @property
    def written(self) -> int:
        """Number of cards that the import would write to, as it is decided."""
        return sum(self.writes(card) for card in self.cards)

    def writes(self, card: CardChange) -> bool:
        """Whether anything of a card comes in, as it is decided."""
        return card.is_new or any(self.is_taken(row) for row in card.rows)

    def is_taken(self, row: NamedDifference) -> bool:
        """Whether what comes in is taken, as it is decided."""
        return self.decisions.taken.get(row.key, row.by_default)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file of a folder: `trouble` says why nothing of it came in ("" = it did).

    `changed` counts the values that came into cards that were there, `kept` those that were left as the book had them.
    """

    file: str
    trouble: str = ""
    cards: int = 0
    new: int = 0
    changed: int = 0
    kept: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The outcome in one line."""
        if self.trouble:
            return f"가져오지 못함: {self.trouble}"
        if not self.new and not self.changed:
            return f"바뀐 것 없음 (그대로 둔 값 {self.kept})" if self.kept else "바뀐 것 없음"
        kept = f", 그대로 둔 값 {self.kept}" if self.kept else ""
        return f"새 공약 {self.new}, 바뀐 값 {self.changed}{kept}"


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """An import that still stands: its id, the file's name, when it was, how many cards it wrote to.

    `later` are (pledge, what came in -> what it is now) of every value that was changed since.
    """

    id: str
    file: str
    at: str
    cards: int
    later: tuple[tuple[str, NamedDifference], ...]


_WON = 4
"""Position of won per unit in the target of money (`money/city/2023-01..2023-12/executed/1000`)."""


def is_money(target: str) -> bool:
    """Whether a head's target says that its column holds amounts."""
    return target.split("/")[0] in ("money", "total")


def won_of(target: str) -> int:
    """Won per unit that a target of money names, 0 where it leaves it to the sheet."""
    parts = target.split("/")
    return int(parts[_WON]) if len(parts) > _WON and parts[_WON].isdigit() else 0


def in_unit(target: str, won: int) -> str:
    """A target of money with amounts in units of so many won (0 = as the sheet says)."""
    parts = [*target.split("/")[:_WON], "", "", "", ""][:_WON]
    return "/".join((*parts, str(won) if won else "")).rstrip("/")


def _short(text: str, most: int = 40) -> str:
    plain = " / ".join(line.strip() for line in text.splitlines() if line.strip())
    return f"{plain[:most]}…" if len(plain) > most else plain or "(빈칸)"
