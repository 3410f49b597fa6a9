"""The session: which book, period and card are open, and what of them is not saved yet. One frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from govtracker.model.card import Period, Pledge, Section
from govtracker.model.dates import Term
from govtracker.session.draft import Draft


@dataclass(frozen=True, slots=True)
class CardItem:
    """A card in the list: its form's word for its status, its fulfilment rate in percent as printed and as a number.

    "" and None where it has none.
    """

    id: str
    pledge: Pledge
    status: str = ""
    fulfilment: str = ""
    fulfilled: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BookInfo:
    """An open book: whose it is, its term of office, its periods by as-of date."""

    path: Path
    municipality: str
    term: Term
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The card that is shown and typed into."""

    item: CardItem
    draft: Draft

    @property
    def id(self) -> str:
        return self.item.id


@dataclass(frozen=True, slots=True)
class Listing:
    """A period's cards are being read; then the card of this id is opened, else the one of this pledge."""

    number: int
    card: str = ""
    pledge: Pledge | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """A card is being read, to be opened."""

    number: int
    card: str


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Sections of a card that wait to be saved."""

    card: str
    sections: Mapping[str, Section]


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name on its way into the book, and what the book calls the pledge until then."""

    pledge: Pledge
    old: Pledge


@dataclass(frozen=True, slots=True)
class Session:
    """What the window shows. Nobody else says which card or period is the current one.

    `cards` are those of the period, `card` is the chosen one of them ("" = none), `opened` what is shown of it:
    while the answer to `asked` is on its way still the card before, which can be typed into until then.
    `absent` is the pledge that was open before and has no card in this period. `kept` are the drafts of other
    cards that were open, by card, for their steps of undo. `saving` is the number of the save on its way (0 = none;
    the first of `unsaved`), `refused` whether the last one failed. `renaming` are the names on their way.
    """

    book: BookInfo | None = None
    period: str = ""
    cards: tuple[CardItem, ...] = ()
    card: str = ""
    opened: Opened | None = None
    absent: Pledge | None = None
    kept: Mapping[str, Draft] = field(default_factory=dict)
    unsaved: tuple[Unsaved, ...] = ()
    saving: int = 0
    refused: bool = False
    renaming: tuple[Renaming, ...] = ()
    asked: Listing | Loading | None = None
    questions: int = 0

    def __post_init__(self) -> None:
        periods = {period.id for period in self.book.periods} if self.book else set()
        if self.period and self.period not in periods:
            raise ValueError("the period is none of the book's")
        if self.card and all(item.id != self.card for item in self.cards):
            raise ValueError("the chosen card is none of the period's")
        if self.opened is not None and (self.absent is not None or self.opened.id in self.kept):
            raise ValueError("a card is open twice, or though it is absent")
        if self.asked is None and (self.opened.id if self.opened else "") != self.card:
            raise ValueError("another card is shown than the chosen one")
        if self.asked is None and self.opened and self.opened.draft.card.period.id != self.period:
            raise ValueError("a card of another period is shown")

    @property
    def chosen_period(self) -> Period | None:
        """The chosen period."""
        periods = self.book.periods if self.book else ()
        return next((period for period in periods if period.id == self.period), None)

    @property
    def nothing_unsaved(self) -> bool:
        """Whether all that was typed is in the book."""
        return not self.unsaved and not (self.opened and self.opened.draft.dirty)

    def item(self, card: str) -> CardItem | None:
        """The list's item of a card."""
        return next((item for item in self.cards if item.id == card), None)


def is_frozen(session: Session, period: str) -> bool:
    """Whether a period (its id) was submitted: nothing of it may be changed."""
    periods = session.book.periods if session.book else ()
    return any(each.frozen for each in periods if each.id == period)
