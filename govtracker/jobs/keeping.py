"""Backups as an officer meets them: once a day, before an import, listed, held against the book, put back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from govtracker.db.backups import BEFORE_RESTORE, DAILY, is_due, list_backups, make_backup, put_back
from govtracker.db.book import Book
from govtracker.db.cards import card_entry, list_cards
from govtracker.db.sections import each_card, load_cards, mend_sections
from govtracker.errors import BookTrouble
from govtracker.forms import loader
from govtracker.model.content import one_line


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in words: its file, when (`2024-01-05 09:12`) and why it was made, its size in kB."""

    path: Path
    at: str
    why: str
    size: int


def backup_daily(book: Book) -> Path | None:
    """The day's backup where there is none yet."""
    return make_backup(book.conn, book.path, DAILY) if is_due(book.path, datetime.now()) else None


def look_after(book: Book) -> list[str]:
    """What is done once a day: every card is read, damage is mended, a backup is made; a sentence for what was damaged.

    On later openings only what was met already is mended.
    """
    due = is_due(book.path, datetime.now())
    told = mend(book) if due else mend_met(book)
    backup_daily(book)
    return told


def mend(book: Book) -> list[str]:
    """Read every card and write again what was damaged; a sentence for each such section."""
    for _ in each_card(book, list_cards(book)):
        pass
    return mend_met(book)


def mend_met(book: Book) -> list[str]:
    """Write the damaged sections that were met again as they were saved; a sentence for each."""
    told = damages(book)
    if told:
        mend_sections(book, list(book.mended))
    return told


def damages(book: Book) -> list[str]:
    """A sentence for each damaged section that was met: its pledge, period and label."""
    found = []
    for (card, key), by_version in book.mended.items():
        entry = card_entry(book, card)
        name = f"{entry.pledge.number} {entry.pledge.title}".strip()
        fault = (
            "손상된 값을 마지막 저장본에서 되살렸습니다"
            if by_version
            else "이력이 손상되어 지금 값으로 다시 적었습니다"
        )
        found.append(f"{name} — {entry.period.label}, {_label(entry.form, key)}: {fault}.")
    return found


def kept(path: Path) -> tuple[Kept, ...]:
    """A book's backups, the last one first."""
    return tuple(
        Kept(each.path, each.at.strftime("%Y-%m-%d %H:%M"), each.why, each.path.stat().st_size // 1024)
        for each in list_backups(path)
    )


def differing(book: Book, backup: Path) -> list[str]:
    """A sentence for each card that the backup has otherwise than the book: the labels of its sections."""
    with Book.reading_copy(backup) as other:
        then, now = _cards(other), _cards(book)
    found = []
    for key in dict.fromkeys((*now, *then)):
        name = f"{key[1]} — {key[0]}"
        if key not in then:
            found.append(f"{name}: 백업에는 없는 카드")
        elif key not in now:
            found.append(f"{name}: 지금은 없는 카드")
        else:
            (form, mine), (_, theirs) = now[key], then[key]
            keys = [part for part in dict.fromkeys((*mine, *theirs)) if mine.get(part) != theirs.get(part)]
            if keys:
                found.append(f"{name}: {', '.join(_label(form, part) for part in keys)}")
    return found


def _cards(book: Book) -> dict[tuple[str, str], tuple[str, dict[str, object]]]:
    entries = list_cards(book)
    return {
        (entry.period.label, f"{entry.pledge.number} {entry.pledge.title}".strip()): (
            entry.form,
            dict(card.sections),
        )
        for entry, card in zip(entries, load_cards(book, entries), strict=True)
    }


def _label(form: str, key: str) -> str:
    found = next((section.label for section in loader.find(form).section if section.key == key), key)
    return one_line(found)


def restore(path: Path, backup: Path) -> Path | None:
    """A backup in the place of a closed book, which is kept as a backup, too, where it can be read, and beside the book."""
    if path.exists():
        with (
            suppress(BookTrouble),
            Book.reading(path) as book,
        ):  # a damaged one stays beside the book as it is
            make_backup(book.conn, path, BEFORE_RESTORE, spared=backup)
    return put_back(path, backup)
