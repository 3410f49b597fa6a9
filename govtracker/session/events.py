"""What may happen to a session, and what it wants to be done: values both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govtracker.model.card import Card, Pledge, Section
from govtracker.session.draft import Change, Step
from govtracker.session.state import BookInfo, CardItem

# ---------------------------------------------------------------- events: what somebody did


@dataclass(frozen=True, slots=True)
class BookOpened:
    """A book was opened or made."""

    book: BookInfo


@dataclass(frozen=True, slots=True)
class BookChanged:
    """The open book got other periods or cards; `period` and `card` (ids) are to be shown, "" = as before."""

    book: BookInfo
    period: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class BookClosed:
    """The book is closed; what is unsaved is given up."""


@dataclass(frozen=True, slots=True)
class PeriodChosen:
    period: str


@dataclass(frozen=True, slots=True)
class CardChosen:
    card: str


@dataclass(frozen=True, slots=True)
class Edited:
    """An editor gave a section of the card that it shows. `now` is in seconds of a clock that never goes back."""

    card: str
    change: Change
    now: float


@dataclass(frozen=True, slots=True)
class PlaceLeft:
    """The caret went elsewhere: what is typed next is another step of undo."""


@dataclass(frozen=True, slots=True)
class Undone:
    """One step back is wanted."""


@dataclass(frozen=True, slots=True)
class Redone:
    """One step forward again is wanted."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """The pledge of a card got another number or title."""

    card: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class SaveDue:
    """It is time to save: a moment after the last key, or somebody leaves."""


# ---------------------------------------------------------------- events: answers


@dataclass(frozen=True, slots=True)
class CardsListed:
    number: int
    cards: tuple[CardItem, ...]


@dataclass(frozen=True, slots=True)
class CardLoaded:
    number: int
    item: CardItem
    card: Card


@dataclass(frozen=True, slots=True)
class NotRead:
    """A list or a card could not be read."""

    number: int
    error: BaseException


@dataclass(frozen=True, slots=True)
class Saved:
    """`moment` is the time of saving, HH:MM:SS; `item` the card as the list shows it now."""

    number: int
    moment: str
    item: CardItem


@dataclass(frozen=True, slots=True)
class NotSaved:
    number: int
    error: BaseException


@dataclass(frozen=True, slots=True)
class NameSaved:
    pledge: Pledge


@dataclass(frozen=True, slots=True)
class NameRefused:
    """The book did not take a name."""

    pledge: Pledge
    error: BaseException


Event = (
    BookOpened | BookChanged | BookClosed | PeriodChosen | CardChosen | Edited | PlaceLeft | Undone | Redone
    | Renamed | SaveDue | CardsListed | CardLoaded | NotRead | Saved | NotSaved | NameSaved | NameRefused
)  # fmt: skip

# ---------------------------------------------------------------- effects: what is to be done


@dataclass(frozen=True, slots=True)
class ReadList:
    """Answered by CardsListed or NotRead of the same number."""

    number: int
    period: str


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Answered by CardLoaded or NotRead of the same number."""

    number: int
    card: str


@dataclass(frozen=True, slots=True)
class Save:
    """Answered by Saved or NotSaved of the same number."""

    number: int
    card: str
    sections: Mapping[str, Section]


@dataclass(frozen=True, slots=True)
class SaveName:
    """Answered by NameSaved or NameRefused."""

    pledge: Pledge


@dataclass(frozen=True, slots=True)
class SaveSoon:
    """SaveDue is to come a moment after the last of these."""


@dataclass(frozen=True, slots=True)
class ShowStep:
    """A step back or forward was taken: its place comes to the front, the caret goes there. None = there is none."""

    step: Step | None
    back: bool


@dataclass(frozen=True, slots=True)
class TellSaved:
    moment: str


@dataclass(frozen=True, slots=True)
class TellNotSaved:
    error: BaseException


@dataclass(frozen=True, slots=True)
class TellFailure:
    error: BaseException


Effect = ReadList | ReadCard | Save | SaveName | SaveSoon | ShowStep | TellSaved | TellNotSaved | TellFailure
