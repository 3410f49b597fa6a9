"""The next period out of the last one (이월), and a period frozen as it was submitted (제출본)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govtracker.db.book import Book
from govtracker.db.cards import CardEntry, card_entry, list_cards_of
from govtracker.db.carried import carried_of, keep_plan, mark_seen, write_carried
from govtracker.db.merge import moment_now
from govtracker.db.periods import list_periods, period_id
from govtracker.db.rows import insert
from govtracker.db.sections import SectionChange, load_card, load_cards, write_section
from govtracker.db.submissions import freeze, submissions, unfreeze
from govtracker.errors import Refused
from govtracker.export.writers import writer_of
from govtracker.files import PDF, Progress
from govtracker.forms import loader
from govtracker.forms.empty import empty_section
from govtracker.forms.rolling import (
    Rolled,
    as_results,
    entries_of,
    ids_of,
    joined,
    roll_card,
    without_entries,
)
from govtracker.jobs import exporting
from govtracker.jobs.books import setting_of, term_of
from govtracker.model.card import Period, Section
from govtracker.model.content import one_line
from govtracker.model.emptiness import is_empty
from govtracker.model.ids import new_id


@dataclass(frozen=True, slots=True)
class RolledCard:
    """What became of one pledge: labels of the sections that stand as they stood, (label, text) of plans that wait."""

    pledge: str
    kept: tuple[str, ...]
    plans: tuple[tuple[str, str], ...]


def period_named(book: Book, label: str) -> Period:
    """The period of a label; Refused where the book has none."""
    periods = list_periods(book)
    found = next((period for period in periods if period.label == label), None)
    if found is None:
        names = ", ".join(period.label for period in periods) or "없음"
        raise Refused(label, "이런 보고기간이 없습니다.", f"있는 보고기간: {names}")
    return found


def roll(book: Book, source: str, target: str, as_of: date) -> list[RolledCard]:
    """Make the cards of a new period out of those of an earlier one, in one transaction; what became of each.

    Refused where the new period isn't later, has cards already or another as-of date, or where there is nothing to roll.
    """
    old = period_named(book, source)
    entries = list_cards_of(book, old.id)
    new = _new_period(book, old, target, as_of)
    if not entries:
        raise Refused(source, "이 보고기간에는 카드가 없습니다.", "카드가 있는 보고기간을 고르세요.")
    settings = setting_of(book, old), setting_of(book, new)
    made = []
    for entry, card in zip(entries, load_cards(book, entries), strict=True):
        rolled = roll_card(loader.find(entry.form), card, *settings, new)
        for key, plan in carried_of(book, entry.card)[1].items():
            left = without_entries(plan, ids_of(card.section(key)))  # still not done in the period that ends
            if not is_empty(left):
                rolled.plans[key] = joined(left, rolled.plans[key]) if key in rolled.plans else left
        made.append((entry, rolled))
    moment = moment_now()
    with book.writing() as conn:
        identity = period_id(conn, new)
        for entry, rolled in made:
            card_id = new_id()
            insert(
                conn, "card",
                [{"id": card_id, "pledge": entry.pledge.id, "period": identity, "form": entry.form}],
            )  # fmt: skip
            for key, section in rolled.card.sections:
                write_section(conn, SectionChange(card_id, key, section), moment)
            write_carried(conn, card_id, entry.card, rolled.kept, rolled.plans)
    return [_told(entry, rolled) for entry, rolled in made]


def _new_period(book: Book, old: Period, label: str, as_of: date) -> Period:
    label = one_line(label)
    if not label:
        raise Refused("보고기간", "새 보고기간의 이름이 없습니다.", "예: 2024년 상반기")
    if as_of <= old.as_of:
        raise Refused(
            label, "새 기준일이 지난 기준일보다 늦지 않습니다.", f"지난 기준일: {old.as_of.isoformat()}"
        )
    known = next((period for period in list_periods(book) if period.label == label), None)
    if known is None:
        return Period(label, as_of)
    if known.as_of != as_of:
        raise Refused(
            label,
            f"이 보고기간의 기준일은 {known.as_of.isoformat()}입니다.",
            "그 기준일로 이월하거나 다른 이름을 쓰세요.",
        )
    if list_cards_of(book, known.id):
        raise Refused(label, "이 보고기간에는 이미 카드가 있습니다.", "카드가 없는 보고기간으로 이월하세요.")
    return known


def _told(entry: CardEntry, rolled: Rolled) -> RolledCard:
    form = loader.find(entry.form)

    def label(key: str) -> str:
        return one_line(form.section_def(key).label)

    plans = tuple((label(key), text) for key, plan in rolled.plans.items() for _, text in entries_of(plan))
    name = f"{entry.pledge.number} {entry.pledge.title}".strip()
    return RolledCard(name, tuple(label(key) for key in rolled.kept), plans)


def beyond_term(book: Book, as_of: date) -> str:
    """A sentence where an as-of date lies outside of the book's term of office; "" where it doesn't."""
    term = term_of(book)
    if term.start <= as_of <= term.end:
        return ""
    return f"새 기준일이 이 대장의 임기({term.start.isoformat()}~{term.end.isoformat()})를 벗어납니다. 새 임기는 새 대장에서 시작하세요."


# ---------------------------------------------------------------- what was carried, looked at


def carried(book: Book, card: str) -> tuple[frozenset[str], dict[str, list[tuple[str, str]]]]:
    """(keys of the sections that nobody looked at yet, by section of results the (id, text) of the plans that wait).

    A plan that became a result keeps its id: it waits again where the result was taken back.
    """
    kept, plans = carried_of(book, card)
    if not plans:
        return kept, {}
    held = load_card(book, card_entry(book, card))
    waiting = {}
    for key, plan in plans.items():
        done = ids_of(held.section(key))
        left = [entry for entry in entries_of(plan) if entry[0] not in done]
        if left:
            waiting[key] = left
    return kept, waiting


def confirm_sections(book: Book, card: str, keys: tuple[str, ...]) -> None:
    """Sections of a card were looked at and stand."""
    mark_seen(book, card, keys)


def take_plans(book: Book, card: str, key: str, chosen: frozenset[str], current: Section | None) -> Section:
    """The section of results with the chosen plans in it; `current` is the section as it is typed now."""
    plan = carried_of(book, card)[1][key]
    entry = card_entry(book, card)
    definition = loader.find(entry.form).section_def(key)
    held = current or load_card(book, entry).section(key) or empty_section(definition)
    return as_results(plan, chosen, held)


def drop_plans(book: Book, card: str, key: str, gone: frozenset[str]) -> None:
    """Plans that nobody wants wait no more."""
    plan = without_entries(carried_of(book, card)[1][key], gone)
    keep_plan(book, card, key, None if is_empty(plan) else plan)


# ---------------------------------------------------------------- submitted


def freeze_period(book: Book, label: str, progress: Progress | None = None) -> tuple[str, int] | None:
    """Freeze a period with the hash of its PDF: (sha-256, pages); None where it was cancelled.

    Refused where it is frozen already or has no cards.
    """
    period = period_named(book, label)
    if period.frozen:
        raise Refused(label, "이미 확정한 제출본입니다.", "고치려면 먼저 확정을 푸세요.")
    entries = list_cards_of(book, period.id)
    if not entries:
        raise Refused(label, "이 보고기간에는 카드가 없습니다.", "카드가 있는 보고기간을 고르세요.")
    front = exporting.front_matter(book, entries)
    made = writer_of(Path(f"{label}{PDF.suffix}")).encode(
        exporting.publication(book, entries, front), progress
    )
    if not made.parts:
        return None
    sha = hashlib.sha256(made.data).hexdigest()
    freeze(book, period.id, sha, made.parts)
    return sha, made.parts


def unfreeze_period(book: Book, label: str, reason: str) -> None:
    """Open a frozen period again; Refused without a reason, or where it isn't frozen."""
    period = period_named(book, label)
    if not period.frozen:
        raise Refused(label, "확정하지 않은 보고기간입니다.", "확정한 보고기간을 고르세요.")
    if not one_line(reason):
        raise Refused(label, "확정을 푸는 까닭이 없습니다.", "까닭을 적으세요. 대장에 남습니다.")
    unfreeze(book, period.id, one_line(reason))


def stamp(book: Book, label: str) -> str:
    """What is known of a period's last submission, in a line; "" where it was never submitted."""
    found = submissions(book, period_named(book, label).id)
    if not found:
        return ""
    last = found[0]
    text = f"{last.at.replace('T', ' ')[:16]} 확정 · {last.pages}쪽 · PDF {last.sha[:12]}"
    return f"{text} · {last.unfrozen.replace('T', ' ')[:16]} 풂({last.reason})" if last.unfrozen else text
