"""`step(session, event)`: the session after an event, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from govtracker.model.card import Card, Pledge
from govtracker.session import events
from govtracker.session.draft import Draft
from govtracker.session.events import Effect, Event
from govtracker.session.state import (
    BookInfo,
    CardItem,
    Listing,
    Loading,
    Opened,
    Renaming,
    Session,
    Unsaved,
    is_frozen,
)

Next = tuple[Session, tuple[Effect, ...]]


def step(session: Session, event: Event) -> Next:
    """The next session, and its effects in order. Answers to older questions change nothing."""
    return _STEPS[type(event)](session, event)


# ---------------------------------------------------------------- books and periods


def _book_opened(session: Session, event: events.BookOpened) -> Next:
    last = event.book.periods[-1].id if event.book.periods else ""
    return _list(Session(book=event.book, questions=session.questions), event.book, last)


def _book_changed(session: Session, event: events.BookChanged) -> Next:
    known = {period.id for period in event.book.periods}
    period = next((p for p in (event.period, session.period) if p in known), "")
    if not period and event.book.periods:
        period = event.book.periods[-1].id
    saved, effects = _save(session)
    listed, more = _list(saved, event.book, period, event.card)
    return listed, (*effects, *more)


def _book_closed(session: Session, _: events.BookClosed) -> Next:
    return Session(questions=session.questions), ()


def _period_chosen(session: Session, event: events.PeriodChosen) -> Next:
    if session.book is None or event.period == session.period:
        return session, ()
    saved, effects = _save(session)
    listed, more = _list(saved, session.book, event.period)
    return listed, (*effects, *more)


def _list(session: Session, book: BookInfo, period: str, card: str = "") -> Next:
    """Ask for a period's cards; the card before stays open until they are there."""
    number = session.questions + 1
    asked = Listing(number, card, _pledge_before(session))
    wanted = replace(
        session, book=book, period=period, cards=(), card="", absent=None, asked=asked, questions=number
    )
    if period:
        return wanted, (events.ReadList(number, period),)
    return _listed(wanted, events.CardsListed(number, ()))


def _pledge_before(session: Session) -> Pledge | None:
    if session.opened is not None:
        return session.opened.draft.card.pledge
    return session.asked.pledge if isinstance(session.asked, Listing) else session.absent


def _listed(session: Session, event: events.CardsListed) -> Next:
    asked = session.asked
    if not isinstance(asked, Listing) or asked.number != event.number:
        return session, ()
    cards = tuple(_named(item, _names(session)) for item in event.cards)
    listed = replace(session, cards=cards)
    wanted = _wanted(cards, asked)
    if wanted:
        return _load(listed, wanted)
    saved, effects = _save(listed)
    absent = asked.pledge if session.period else None
    return replace(_put_away(saved), absent=absent, asked=None), effects


def _wanted(cards: tuple[CardItem, ...], asked: Listing) -> str:
    """The card to be opened: the one that was asked for, else the same pledge's, else the first (of no pledge)."""
    if any(item.id == asked.card for item in cards):
        return asked.card
    if asked.pledge is not None:
        return next((item.id for item in cards if item.pledge.id == asked.pledge.id), "")
    return cards[0].id if cards else ""


# ---------------------------------------------------------------- cards


def _card_chosen(session: Session, event: events.CardChosen) -> Next:
    if event.card == session.card or session.item(event.card) is None:
        return session, ()
    saved, effects = _save(session)
    loading, more = _load(saved, event.card)
    return loading, (*effects, *more)


def _load(session: Session, card: str) -> Next:
    number = session.questions + 1
    wanted = replace(session, card=card, absent=None, asked=Loading(number, card), questions=number)
    return wanted, (events.ReadCard(number, card),)


def _loaded(session: Session, event: events.CardLoaded) -> Next:
    asked = session.asked
    if not isinstance(asked, Loading) or asked.number != event.number:
        return session, ()
    saved, effects = _save(session)
    put_away = _put_away(saved)
    item = _named(event.item, _names(session))
    card = replace(_with_unsaved(put_away, item.id, event.card), pledge=item.pledge)
    kept = dict(put_away.kept)
    before = kept.pop(item.id, None)
    draft = before.reread(card) if before else Draft(card)
    cards = tuple(item if other.id == item.id else other for other in put_away.cards)
    return replace(put_away, cards=cards, opened=Opened(item, draft), kept=kept, asked=None), effects


def _put_away(session: Session) -> Session:
    """Nothing is open; the draft of the card that was (all of it saved or in the queue) is kept."""
    opened = session.opened
    if opened is None:
        return session
    kept = {**session.kept, opened.id: opened.draft.paused()}
    return replace(session, opened=None, kept=kept)


def _with_unsaved(session: Session, card_id: str, card: Card) -> Card:
    for waiting in session.unsaved:
        if waiting.card == card_id:
            for key, section in waiting.sections.items():
                card = card.with_section(key, section)
    return card


def _not_read(session: Session, event: events.NotRead) -> Next:
    """What can't be read isn't shown: the card before stays, if it is one of the list."""
    if session.asked is None or session.asked.number != event.number:
        return session, ()
    saved, effects = _save(session)
    effects = (*effects, events.TellFailure(event.error))
    opened = saved.opened
    if opened is not None and saved.item(opened.id) is not None:
        return replace(saved, card=opened.id, asked=None), effects
    return replace(_put_away(saved), card="", asked=None), effects


# ---------------------------------------------------------------- editing


def _edited(session: Session, event: events.Edited) -> Next:
    """A change goes to the card that it was made in, whichever is open by now; a closed book takes none.

    Nor does a submitted period.
    """
    if session.book is None:
        return session, ()
    opened = session.opened
    own = opened.draft if opened is not None and opened.id == event.card else session.kept.get(event.card)
    if own is not None and is_frozen(session, own.card.period.id):
        return session, ()
    if opened is not None and opened.id == event.card:
        draft = opened.draft.change(event.change, event.now)
        if draft is opened.draft:
            return session, ()
        return replace(session, opened=replace(opened, draft=draft)), (events.SaveSoon(),)
    draft = session.kept[event.card].change(event.change, event.now)
    waiting = Unsaved(event.card, draft.unsaved())
    kept = {**session.kept, event.card: draft.taken()}
    return _send(replace(session, kept=kept, unsaved=_appended(session, waiting)))


def _place_left(session: Session, _: events.PlaceLeft) -> Next:
    opened = session.opened
    if opened is None or opened.draft.typed_at is None:
        return session, ()
    return replace(session, opened=replace(opened, draft=opened.draft.paused())), ()


def _undone(session: Session, _: events.Undone) -> Next:
    return _stepped(session, Draft.undo, back=True)


def _redone(session: Session, _: events.Redone) -> Next:
    return _stepped(session, Draft.redo, back=False)


def _stepped(session: Session, take: Callable[[Draft], Any], *, back: bool) -> Next:
    if session.opened is None or is_frozen(session, session.opened.draft.card.period.id):
        return session, ()
    draft, taken = take(session.opened.draft)
    shown = events.ShowStep(taken, back)
    if taken is None:
        return session, (shown,)
    return replace(session, opened=replace(session.opened, draft=draft)), (shown, events.SaveSoon())


# ---------------------------------------------------------------- names


def _renamed(session: Session, event: events.Renamed) -> Next:
    if session.book is None:
        return session, ()
    opened = session.opened
    draft = opened.draft if opened and opened.id == event.card else session.kept[event.card]
    old = draft.card.pledge
    if (event.number, event.title) == (old.number, old.title):
        return session, ()
    pledge = replace(old, number=event.number, title=event.title)
    renaming = (*session.renaming, Renaming(pledge, old))
    return replace(_with_pledge(session, pledge), renaming=renaming), (events.SaveName(pledge),)


def _name_saved(session: Session, event: events.NameSaved) -> Next:
    if not session.renaming or session.renaming[0].pledge != event.pledge:
        return session, ()
    return replace(session, renaming=session.renaming[1:]), (events.TellSaved(""),)


def _name_refused(session: Session, event: events.NameRefused) -> Next:
    """The name goes back to what the book calls the pledge, unless another one was given since."""
    if not session.renaming or session.renaming[0].pledge != event.pledge:
        return session, ()
    effects = (events.TellFailure(event.error),)
    first, *others = session.renaming
    later = next((at for at, each in enumerate(others) if _is(each.pledge, first.pledge)), None)
    if later is None:
        return _with_pledge(replace(session, renaming=tuple(others)), first.old), effects
    others[later] = replace(others[later], old=first.old)
    return replace(session, renaming=tuple(others)), effects


def _with_pledge(session: Session, pledge: Pledge) -> Session:
    """The pledge is called so in every card that is listed, open or kept."""
    opened = session.opened
    if opened is not None:
        draft = _draft_named(opened.draft, pledge)
        opened = Opened(_named(opened.item, (pledge,)), draft)
    absent = session.absent
    return replace(
        session,
        cards=tuple(_named(item, (pledge,)) for item in session.cards),
        opened=opened,
        absent=pledge if absent is not None and _is(absent, pledge) else absent,
        kept={card: _draft_named(draft, pledge) for card, draft in session.kept.items()},
    )


def _draft_named(draft: Draft, pledge: Pledge) -> Draft:
    return draft.renamed(pledge) if _is(draft.card.pledge, pledge) else draft


def _named(item: CardItem, pledges: tuple[Pledge, ...]) -> CardItem:
    """The item under the last of these names that is its pledge's."""
    for pledge in pledges:
        if _is(item.pledge, pledge):
            item = replace(item, pledge=pledge)
    return item


def _names(session: Session) -> tuple[Pledge, ...]:
    return tuple(each.pledge for each in session.renaming)


def _is(one: Pledge, other: Pledge) -> bool:
    return one.id == other.id


# ---------------------------------------------------------------- saving


def _save_due(session: Session, _: events.SaveDue) -> Next:
    return _save(session)


def _save(session: Session) -> Next:
    """What is unsaved goes into the queue, and its first on its way."""
    return _send(_queue(session))


def _queue(session: Session) -> Session:
    opened = session.opened
    if opened is None or not opened.draft.dirty:
        return session
    waiting = Unsaved(opened.id, opened.draft.unsaved())
    taken = replace(opened, draft=opened.draft.taken())
    return replace(session, opened=taken, unsaved=_appended(session, waiting))


def _appended(session: Session, waiting: Unsaved) -> tuple[Unsaved, ...]:
    """The queue with something more; it joins the last of the same card, unless that is on its way."""
    queue = session.unsaved
    free = len(queue) > (1 if session.saving else 0)
    if free and queue[-1].card == waiting.card:
        return (*queue[:-1], Unsaved(waiting.card, {**queue[-1].sections, **waiting.sections}))
    return (*queue, waiting)


def _send(session: Session) -> Next:
    if not session.unsaved or session.saving:
        return session, ()
    number, first = session.questions + 1, session.unsaved[0]
    sent = replace(session, saving=number, refused=False, questions=number)
    return sent, (events.Save(number, first.card, first.sections),)


def _saved(session: Session, event: events.Saved) -> Next:
    if event.number != session.saving:
        return session, ()
    item = _named(event.item, _names(session))
    opened = session.opened
    if opened is not None and opened.id == item.id:
        opened = replace(opened, item=item)
    done = replace(
        session,
        saving=0,
        refused=False,
        unsaved=session.unsaved[1:],
        cards=tuple(item if other.id == item.id else other for other in session.cards),
        opened=opened,
    )
    sent, effects = _send(done)
    return sent, (events.TellSaved(event.moment), *effects)


def _not_saved(session: Session, event: events.NotSaved) -> Next:
    """What was not saved stays first in the queue."""
    if event.number != session.saving:
        return session, ()
    return replace(session, saving=0, refused=True), (events.TellNotSaved(event.error),)


_STEPS: dict[type, Callable[[Session, Any], Next]] = {
    events.BookOpened: _book_opened,
    events.BookChanged: _book_changed,
    events.BookClosed: _book_closed,
    events.PeriodChosen: _period_chosen,
    events.CardChosen: _card_chosen,
    events.Edited: _edited,
    events.PlaceLeft: _place_left,
    events.Undone: _undone,
    events.Redone: _redone,
    events.Renamed: _renamed,
    events.SaveDue: _save_due,
    events.CardsListed: _listed,
    events.CardLoaded: _loaded,
    events.NotRead: _not_read,
    events.Saved: _saved,
    events.NotSaved: _not_saved,
    events.NameSaved: _name_saved,
    events.NameRefused: _name_refused,
}
