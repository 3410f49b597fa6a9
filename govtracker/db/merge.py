"""Cards that come into a book: held against what it has, value by value, and written where they change something."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import SequenceMatcher
from typing import NamedTuple

from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, card_entry
from govtracker.db.packing import unpacked
from govtracker.db.periods import period_id, refuse_frozen
from govtracker.db.pictures import write_picture
from govtracker.db.pledges import find_pledge, namesakes, pledge_id
from govtracker.db.rows import insert
from govtracker.db.sections import SectionChange, load_card, section_versions, write_section
from govtracker.merging.three_way import Difference, Merged, merge
from govtracker.model.card import Card, Pledge, Section
from govtracker.model.emptiness import is_empty
from govtracker.model.ids import new_id
from govtracker.model.place import PLEDGE, Place

Choose = Callable[[int, Difference], bool]
"""(position of the card among those that come in, difference) -> whether what comes in is taken."""


def take_by_default(card: int, difference: Difference) -> bool:
    """What is new or was changed comes in, the officer's own is kept."""
    return difference.by_default


@dataclass(frozen=True, slots=True)
class CardMerge:
    """What a card that comes in does to the book's card of its pledge and period.

    `held` is that card (None = there is none yet), `again` = an earlier card that comes in is of the same pledge and
    period. `sections` are those that the book's form has, `foreign` the keys of those that it hasn't. `title` = what
    comes in is taken for the pledge's title. `namesake` = the number of another pledge of the same title.
    """

    number: int
    card: Card
    held: CardEntry | None
    again: bool
    sections: Mapping[str, Merged]
    changed: frozenset[str]
    differences: tuple[Difference, ...]
    foreign: tuple[str, ...] = ()
    title: bool = False
    namesake: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the book gets a card that it didn't have."""
        return self.held is None and not self.again


class Written(NamedTuple):
    """A section that was written: its versions before (0 = there was none) and after, and what came in.

    `number` is the position of the card that came in; `ids` say which of the book's records its own go on with.
    """

    number: int
    card: str
    key: str
    before: int
    after: int
    base: Section
    ids: Mapping[str, str]


@dataclass(slots=True)
class Added:
    """What became of cards that came in: their ids, how each was merged, what was written and made."""

    cards: tuple[str, ...] = ()
    merges: tuple[CardMerge, ...] = ()
    written: list[Written] = field(default_factory=list)
    made: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """(card id, key) of the sections of which something was left as the book had it."""
        found = (
            (identity, each.place.section)
            for identity, merged in zip(self.cards, self.merges, strict=True)
            for each in merged.differences
            if each.kind == "conflict"
        )
        return tuple(dict.fromkeys(found))


def add_cards(book: Book, cards: Iterable[Card], pictures: Mapping[str, bytes]) -> Added:
    """Add cards in one transaction: a pledge is known by its number, else by its title.

    What a card that the book already has in that period holds is kept and reported. BookTrouble where the period
    is frozen or the file can't be written: then nothing of it is.
    """
    with book.writing() as conn:
        for sha, data in pictures.items():
            write_picture(conn, sha, data, None)
        return write_merges(book, compare_cards(book, cards), moment_now())


def moment_now() -> str:
    """This moment in ISO form, to the second."""
    return datetime.now().isoformat(timespec="seconds")


# ---------------------------------------------------------------- what would change


@dataclass(slots=True)
class _State:
    """A card of the book as the cards that came in before have left it."""

    entry: CardEntry | None
    sections: dict[str, Section]
    bases: Mapping[str, Section]
    form: str
    again: bool = False


def compare_cards(
    book: Book, cards: Iterable[Card], choose: Choose = take_by_default, *, by_title: bool = False
) -> tuple[CardMerge, ...]:
    """How each card would be merged, each after what the ones before it left; nothing is written.

    `by_title`: a pledge is also known by its title alone, where either side has no number and only one has the title.
    """
    states: dict[tuple[str, str], _State] = {}
    made = []
    for number, card in enumerate(cards):
        pledge, namesake = find_pledge(book.conn, card.pledge), ""
        if pledge is None and by_title:
            pledge, namesake = _by_title(book.conn, card.pledge)
        if pledge is not None and by_title:
            card = replace(card, pledge=replace(card.pledge, id=pledge.id))
        key = pledge.id if pledge else card.pledge.number or card.pledge.title, card.period.label
        state = states.get(key) or _state(book, card, pledge.id if pledge else "")
        others = [
            each for each in namesakes(book.conn, card.pledge) if pledge is None or each.id != pledge.id
        ]
        made.append(replace(_compared(number, card, state, choose, others), namesake=namesake))
        states[key] = state
    return tuple(made)


def _by_title(conn: sqlite3.Connection, pledge: Pledge) -> tuple[Pledge | None, str]:
    """(the only pledge of the title, where one of the two has no number; else the number of one of the title)."""
    others = namesakes(conn, pledge)
    if len(others) == 1:
        numbers = {_plain(each.number) for each in (pledge, others[0]) if each.number}
        if len(numbers) < 2:
            return others[0], ""
    return None, others[0].number if others else ""


def _plain(number: str) -> str:
    """A number without blanks and leading zeros: `1 - 02` is `1-2`."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", "".join(number.split()))


def _state(book: Book, card: Card, pledge: str) -> _State:
    period = "select id from period where label = ?"
    row = book.conn.execute(
        f"select id from card where pledge = ? and period = ({period}) and deleted = ''",
        (pledge, card.period.label),
    ).fetchone()
    if row is None:
        return _State(None, {}, {}, card.form)
    entry = card_entry(book, row["id"])
    held = load_card(book, entry)
    return _State(entry, dict(held.sections), bases_of(book.conn, entry.card), entry.form)


def bases_of(conn: sqlite3.Connection, card: str) -> dict[str, Section]:
    """What came last into each section of a card by an import that wasn't taken back, under the book's ids."""
    rows = conn.execute(
        "select section, body from import_section join import_run on import_run.id = run"
        " where card = ? and undone = '' order by import_section.rowid",
        (card,),
    )
    return {row["section"]: unpacked(row["body"]) for row in rows}


def _is_another_title(difference: Difference, others: list[Pledge]) -> bool:
    """Whether a title isn't another spelling of the pledge's but another pledge's: unlike it, or one that the book has."""
    likeness = SequenceMatcher(None, str(difference.mine), str(difference.theirs), autojunk=False).ratio()
    return bool(others) or likeness < _LIKE


_LIKE = 0.6
"""How like another title must be to be taken for the same pledge's (1 = the same)."""


def _compared(number: int, card: Card, state: _State, choose: Choose, others: list[Pledge]) -> CardMerge:
    new = state.entry is None and not state.again
    found: list[Difference] = []
    title = tuple(_title(card, state.entry))
    contested = bool(title) and _is_another_title(title[0], others)
    sections: dict[str, Merged] = {}
    changed, foreign = set(), []
    for key, section in card.sections:
        own = state.sections.get(key)
        if not new and card.form != state.form and (own is None or own.kind != section.kind):
            foreign += [] if is_empty(section) else [key]
            continue
        if own is None and contested:
            foreign += [] if is_empty(section) else [key]
        elif own is None:
            sections[key] = Merged(section, section, (), {})
            changed.add(key)
        elif not is_empty(section):
            base = state.bases.get(key)
            merged = merge(
                key, base, own, section, lambda difference: choose(number, difference), contested=contested
            )
            sections[key] = merged
            found += merged.differences
            changed |= {key} if merged.section != own else set()
    merge_ = CardMerge(
        number, card, state.entry, state.again, sections, frozenset(changed),
        (*title, *found), tuple(foreign), any(choose(number, each) for each in title),
    )  # fmt: skip
    state.sections |= {key: merged.section for key, merged in sections.items()}
    state.bases, state.again = {}, True
    return merge_


def _title(card: Card, entry: CardEntry | None) -> Iterator[Difference]:
    """The pledge's title, where a pledge of this number has another one in the book."""
    if entry is not None and card.pledge.number:
        own, new = entry.pledge.title, card.pledge.title
        if "".join(own.split()) != "".join(new.split()):
            yield Difference(Place(PLEDGE, "", "title"), "", "conflict", own, new)


# ---------------------------------------------------------------- writing


def write_merges(book: Book, merges: Iterable[CardMerge], moment: str) -> Added:
    """Write merged cards inside a transaction. BookTrouble where a period is frozen."""
    conn, added = book.conn, Added()
    ids = []
    for merged in merges:
        identity = _card(conn, merged, added)
        ids.append(identity)
        versions = section_versions(conn, identity)
        for key in merged.sections:
            if key in merged.changed:
                joined = merged.sections[key]
                after = write_section(conn, SectionChange(identity, key, joined.section), moment)
                before = versions.get(key, 0)
                added.written.append(
                    Written(merged.number, identity, key, before, after, joined.base, joined.ids)
                )
        if merged.title and merged.held is not None:
            held, title = merged.held.pledge, merged.card.pledge.title
            conn.execute("update pledge set title = ? where id = ?", (title, held.id))
            added.made.append(("title", held.id, json.dumps([held.title, title])))
        added.merges = (*added.merges, merged)
    added.cards = tuple(ids)
    return added


def _card(conn: sqlite3.Connection, merged: CardMerge, added: Added) -> str:
    """The id of the card, which is added where the book has none; with what had to be made for it."""
    card = merged.card
    counts = {what: _count(conn, what) for what in ("period", "pledge")}
    period = period_id(conn, card.period)
    pledge = pledge_id(conn, card.pledge)
    for what, id_ in (("period", period), ("pledge", pledge)):
        if _count(conn, what) > counts[what]:
            added.made.append((what, id_, ""))
    row = conn.execute(
        "select id from card where pledge = ? and period = ? and deleted = ''", (pledge, period)
    ).fetchone()
    if row is not None:
        return str(row["id"])
    identity = new_id()
    insert(conn, "card", [{"id": identity, "pledge": pledge, "period": period, "form": card.form}])
    added.made.append(("card", identity, ""))
    return identity


def _count(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"select count(*) from {table}").fetchone()[0])


def refuse_frozen_periods(conn: sqlite3.Connection, cards: Iterable[Card]) -> None:
    """BookTrouble where the period of one of the cards is frozen."""
    for label in dict.fromkeys(card.period.label for card in cards):
        row = conn.execute("select label, frozen from period where label = ?", (label,)).fetchone()
        if row is not None:
            refuse_frozen(row)
