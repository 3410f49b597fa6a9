"""Backups of a book: whole copies, read back before they count, thinned as they grow old."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from govtracker.errors import BookTrouble
from govtracker.files import BOOK

DAILY, BEFORE_IMPORT, BEFORE_MIGRATION, BEFORE_RESTORE = (
    "매일",
    "가져오기 전",
    "새 판으로 바꾸기 전",
    "되살리기 전",
)
"""Why a backup was made, as its file is named."""
LATEST, DAYS, WEEKS, MONTHS = 10, 14, 8, 24
"""How many of the last ones are kept, and for how many days, weeks and months one of each."""
_NAME = re.compile(r"(?P<at>\d{4}-\d{2}-\d{2} \d{6}) (?P<why>.+)")
_STAMP = "%Y-%m-%d %H%M%S"
_BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file that was not closed."""


class Backup(NamedTuple):
    """A backup's file, when and why it was made."""

    path: Path
    at: datetime
    why: str


def backup_folder(book: Path) -> Path:
    """Where a book's backups lie: in the user's own data, called by the book and its place."""
    from platformdirs import user_data_path

    root = os.environ.get("GOVTRACKER_DATA")
    data = Path(root) if root else user_data_path("GovTracker", appauthor=False)
    place = hashlib.sha256(str(book.resolve()).encode()).hexdigest()[:8]
    return data / "backups" / f"{book.stem} {place}"


def list_backups(book: Path) -> list[Backup]:
    """A book's backups, the last one first."""
    found = []
    with contextlib.suppress(OSError):
        for path in backup_folder(book).glob(f"*{BOOK.suffix}"):
            named = _NAME.fullmatch(path.stem)
            if named:
                with contextlib.suppress(ValueError):
                    found.append(Backup(path, datetime.strptime(named["at"], _STAMP), named["why"]))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def make_backup(
    connection: sqlite3.Connection,
    book: Path,
    why: str,
    now: datetime | None = None,
    spared: Path | None = None,
) -> Path:
    """A whole copy of an open book by SQLite's own means, read back; older ones are thinned, but for the `spared` one.

    BookTrouble where it fails.
    """
    folder, moment = backup_folder(book), now or datetime.now()
    path = folder / f"{moment.strftime(_STAMP)} {why}{BOOK.suffix}"
    temporary = path.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(temporary)) as other:
            connection.backup(other)
        if not is_whole(temporary):
            raise BookTrouble(path.name, "백업을 다시 읽을 수 없습니다.", "디스크를 검사하세요.")
        temporary.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise BookTrouble(
            book.name,
            "백업을 만들지 못했습니다.",
            "남은 공간과 사용자 폴더의 권한을 확인하세요.",
            detail=str(error),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    for old in to_thin(list_backups(book), moment):
        if old.path == spared:
            continue
        with contextlib.suppress(OSError):
            old.path.unlink()
    return path


def is_whole(path: Path) -> bool:
    """Whether a file opens as a book and every page of it can be read."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            if connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok":
                return False
            connection.execute("select count(*) from pledge").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    return True


def newest_whole(book: Path) -> Backup | None:
    """The last backup that can be read back, None where there is none."""
    return next((backup for backup in list_backups(book) if is_whole(backup.path)), None)


def is_due(book: Path, now: datetime) -> bool:
    """Whether no backup was made today."""
    return not any(backup.at.date() == now.date() for backup in list_backups(book))


def to_thin(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """The backups that nobody needs any more: not one of the last, nor the last of its day, week or month."""
    ordered = sorted(backups, key=lambda backup: backup.at, reverse=True)
    kept = {backup.path for backup in ordered[:LATEST]}
    for days, key in ((DAYS, "%Y-%m-%d"), (WEEKS * 7, "%G-%V"), (MONTHS * 31, "%Y-%m")):
        seen: set[str] = set()
        for backup in ordered:
            when = backup.at.strftime(key)
            if backup.at >= now - timedelta(days=days) and when not in seen:
                seen.add(when)
                kept.add(backup.path)
    return [backup for backup in ordered if backup.path not in kept]


def put_back(book: Path, backup: Path) -> Path | None:
    """A backup in a closed book's place; where the file lies that was there before (None where there was none).

    Nothing of it is lost: it stays beside the book under another name. BookTrouble where the backup can't be read.
    """
    if not is_whole(backup):
        raise BookTrouble(backup.name, "이 백업은 읽을 수 없습니다.", "다른 백업을 고르세요.")
    moment = datetime.now().strftime(_STAMP)
    aside = book.with_name(f"{book.stem} 바꾸기 전 {moment}{book.suffix}")
    temporary = book.with_name(f".{book.name}.{os.getpid()}.restored")
    try:
        temporary.write_bytes(backup.read_bytes())
        existed = book.exists()
        for ending in ("", *_BESIDE):  # a journal that is left would be played into the backup
            own = book.with_name(book.name + ending)
            if own.exists():
                own.rename(aside.with_name(aside.name + ending))
        temporary.replace(book)
    except OSError as error:
        raise BookTrouble(
            book.name, "백업을 되살리지 못했습니다.", "폴더에 쓸 수 있는지 확인하세요.", detail=str(error)
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return aside if existed else None
