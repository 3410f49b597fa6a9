"""A book file: created, opened safely, locked for one writer, closed.

What is no book (zero bytes, foreign, damaged, newer) is refused with a clear message and left untouched.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtracker.db import schema
from govtracker.db.backups import BEFORE_MIGRATION, make_backup
from govtracker.db.damage import is_related
from govtracker.errors import BookBusy, BookDamaged, BookReplaced, BookTrouble, HeldElsewhere
from govtracker.files import BOOK

if TYPE_CHECKING:
    from filelock import FileLock

_MAGIC = b"SQLite format 3\x00"
RESTORE = "백업한 대장이 있으면 그것을 여세요."
CHOOSE = f"확장자가 {BOOK.suffix}인 대장을 고르세요."


class Book:
    """An open book; its methods may be called from any one thread at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None) -> None:
        self.path = path
        self.conn = connection
        self.lock = lock
        self.identity = _identity(path)
        self.mended: dict[tuple[str, str], bool] = {}
        """Damaged sections by (card, key) that were read as they were saved: whether by their version."""

    @classmethod
    def create(cls, path: Path, municipality: str, term: str, form: str) -> Book:
        """A new empty book; BookTrouble where the file exists or can't be written."""
        if path.exists():
            raise BookTrouble(path.name, "같은 이름의 파일이 이미 있습니다.", "다른 이름을 고르세요.")
        lock = acquire(path)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            temporary.unlink(missing_ok=True)
            with contextlib.closing(_connect(temporary)) as connection:
                connection.execute(f"pragma application_id = {schema.APPLICATION_ID}")
                _migrated(connection)
                values = {"municipality": municipality, "term": term, "form": form}
                connection.executemany("insert into book (key, value) values (?, ?)", values.items())
                connection.commit()
            if path.exists():
                raise BookTrouble(path.name, "같은 이름의 파일이 이미 있습니다.", "다른 이름을 고르세요.")
            temporary.replace(path)
            return cls(path, _connect(path), lock)
        except (OSError, sqlite3.Error) as error:
            release(lock)
            raise BookTrouble(
                path.name,
                "대장을 만들 수 없습니다.",
                "폴더가 있는지, 쓸 수 있는지, 남은 공간이 있는지 확인하세요.",
                detail=str(error),
            ) from error
        except BaseException:
            release(lock)
            raise
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    @classmethod
    def open(cls, path: Path, *, anyway: bool = False) -> Book:
        """The book of a file, for writing; BookTrouble for what is no book, newer, damaged or in use.

        HeldElsewhere, before anything is written, where another computer's note lies beside it, unless it is to be
        opened `anyway`.
        """
        check_header(path)
        if not anyway:
            _refuse_held_elsewhere(path)
        with contextlib.ExitStack() as on_failure:
            lock = acquire(path)
            on_failure.callback(release, lock)
            try:
                connection = _connect(path)
                on_failure.callback(connection.close)
                _check_whole(path, connection)
                _keep_before_migration(path, connection)
                _migrated(connection)
                _check_related(path, connection)
            except sqlite3.OperationalError as error:
                raise BookTrouble(
                    path.name,
                    "대장을 열 수 없습니다.",
                    "다른 프로그램이 쓰고 있지 않은지 확인하세요.",
                    detail=str(error),
                ) from error
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                raise BookDamaged(path.name, "손상된 대장입니다.", RESTORE, detail=str(error)) from error
            on_failure.pop_all()
            return cls(path, connection, lock)

    @classmethod
    def reading(cls, path: Path) -> Book:
        """The book of a file that nothing is written to, whoever has it open; BookTrouble for what can't be read."""
        check_header(path)
        try:
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
            connection.row_factory = sqlite3.Row
            connection.execute("select count(*) from pledge").fetchone()
        except sqlite3.Error as error:
            raise BookDamaged(path.name, "손상된 대장입니다.", RESTORE, detail=str(error)) from error
        return cls(path, connection, None)

    @classmethod
    @contextlib.contextmanager
    def reading_copy(cls, path: Path) -> Iterator[Book]:
        """A copy of a book file, brought to the newest form: the file itself stays as it is. BookTrouble as in `reading`."""
        with cls.reading(path) as book, tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            with contextlib.closing(sqlite3.connect(copy)) as other:
                book.conn.backup(other)
            connection = _connect(copy)
            try:
                _migrated(connection)
                yield cls(copy, connection, None)
            finally:
                connection.close()

    def close(self) -> None:
        """Close the file and let others write."""
        self.conn.close()
        release(self.lock)
        self.lock = None

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def value(self, key: str) -> str:
        """A value of the book itself: municipality, term, form; "" where it isn't set."""
        row = self.conn.execute("select value from book where key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def set_value(self, key: str, value: str) -> None:
        """Set a value of the book itself, in a transaction of its own."""
        with self.writing() as connection:
            write_value(connection, key, value)

    def copy_to(self, path: Path) -> None:
        """A whole copy of the book under a name; BookTrouble where that is this book, is in use, or can't be written.

        What lay there before is replaced in one step, after the copy was made.
        """
        if path.exists() and self.path.exists() and path.samefile(self.path):
            raise BookTrouble(path.name, "지금 열려 있는 대장과 같은 파일입니다.", "다른 이름을 고르세요.")
        lock = acquire(path)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.copy")
        try:
            temporary.unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(temporary)) as other:
                self.conn.backup(other)
            temporary.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise BookTrouble(
                path.name,
                "대장을 복사하지 못했습니다.",
                "폴더에 쓸 수 있는지, 남은 공간이 있는지 확인하세요.",
                detail=str(error),
            ) from error
        finally:
            release(lock)
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; BookTrouble where the file can't be written: then nothing of it is.

        BookReplaced where another file lies in its place, BookBusy where another program uses it just now.
        """
        if _identity(self.path) != self.identity:
            raise BookReplaced(
                self.path.name,
                "열어 둔 동안 대장 파일이 옮겨지거나 다른 파일로 바뀌었습니다.",
                "동기화 폴더라면 그 프로그램이 바꾼 것입니다. ‘다른 곳에 저장’으로 지금 내용을 새 파일에 담으세요.",
            )
        try:
            with self.conn:
                yield self.conn
        except sqlite3.Error as error:
            raise _told(self.path.name, error) from error


_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CAUSES = {
    sqlite3.SQLITE_FULL: ("디스크에 남은 공간이 없습니다.", "필요 없는 파일을 지운 뒤 다시 저장하세요."),
    sqlite3.SQLITE_READONLY: (
        "이 파일에 쓸 권한이 없습니다.",
        "파일이 읽기 전용인지 확인하거나 ‘다른 곳에 저장’을 누르세요.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "폴더에 쓸 수 없거나 폴더가 없어졌습니다.",
        "네트워크 드라이브나 USB가 이어져 있는지 확인하세요.",
    ),
    sqlite3.SQLITE_IOERR: (
        "디스크에 쓰는 중에 오류가 났습니다.",
        "드라이브가 이어져 있는지 확인하고 ‘다른 곳에 저장’을 누르세요.",
    ),
}
"""Fault and remedy of a write that failed, by SQLite's primary code."""


def _told(name: str, error: sqlite3.Error) -> BookTrouble:
    """What kept a book from being written, in words."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return BookBusy(
            name,
            "다른 프로그램(백업, 동기화, 백신)이 대장 파일을 쓰고 있습니다.",
            "끝나면 저절로 다시 저장합니다.",
            detail=str(error),
        )
    fault, remedy = _CAUSES.get(
        code, ("저장하지 못했습니다.", "다시 저장해 보고, 안 되면 ‘다른 곳에 저장’을 누르세요.")
    )
    return BookTrouble(name, fault, remedy, detail=str(error))


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path (device and number); None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def write_value(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set a value of the book itself, inside a transaction."""
    connection.execute("insert or replace into book (key, value) values (?, ?)", (key, value))


def _beginning(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(100)


def check_header(path: Path) -> None:
    """BookTrouble by the file's first bytes alone, before anything opens it as a database."""
    name = path.name
    try:
        size = path.stat().st_size
        head = _beginning(path)
    except FileNotFoundError as error:
        raise BookTrouble(name, "대장 파일이 없습니다.", "파일의 위치를 확인하세요.") from error
    except OSError as error:
        raise BookTrouble(
            name, "대장 파일을 읽을 수 없습니다.", "읽기 권한을 확인하세요.", detail=str(error)
        ) from error
    if path.is_dir():
        raise BookTrouble(name, "파일이 아니라 폴더입니다.", "대장 파일을 고르세요.")
    if size == 0:
        raise BookDamaged(name, "빈 파일(0바이트)입니다. 대장이 아닙니다.", RESTORE)
    if not head.startswith(_MAGIC):
        raise BookDamaged(name, "대장 파일이 아니거나 앞부분이 손상되었습니다.", CHOOSE)
    version, application = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    if application != schema.APPLICATION_ID:
        raise BookTrouble(name, "다른 프로그램의 데이터베이스 파일입니다.", CHOOSE)
    if version > schema.VERSION:
        raise BookTrouble(
            name, "더 새 판의 프로그램으로 만든 대장입니다.", "프로그램을 새 판으로 바꾼 뒤 여세요."
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=2.0, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = full")
    except BaseException:  # a damaged schema is met here, and its error may not even be a text
        connection.close()
        raise
    return connection


def _check_whole(path: Path, connection: sqlite3.Connection) -> None:
    result = connection.execute("pragma integrity_check(1)").fetchone()[0]
    if result != "ok":
        raise BookDamaged(path.name, "손상된 대장입니다.", RESTORE, detail=str(result))


def _check_related(path: Path, connection: sqlite3.Connection) -> None:
    try:
        related, detail = is_related(connection), "rows without their owner or version"
    except sqlite3.OperationalError as error:
        related, detail = False, str(error)
    if not related:
        raise BookDamaged(path.name, "손상된 대장입니다.", RESTORE, detail=detail)


def _keep_before_migration(path: Path, connection: sqlite3.Connection) -> None:
    """A backup of a book of an older form, before it is brought to the newest."""
    if connection.execute("pragma user_version").fetchone()[0] != schema.VERSION:
        make_backup(connection, path, BEFORE_MIGRATION)


def _migrated(connection: sqlite3.Connection) -> None:
    if connection.execute("pragma user_version").fetchone()[0] == schema.VERSION:
        return
    from sqlite_utils import Database

    schema.migrate(Database(connection))
    connection.execute(f"pragma user_version = {schema.VERSION}")
    connection.commit()


# ---------------------------------------------------------------- one writer


def acquire(path: Path) -> FileLock:
    """The write lock of a book; BookTrouble naming who holds it. A dead process holds nothing."""
    from filelock import FileLock, Timeout

    if not path.parent.is_dir():  # FileLock would make it
        raise BookTrouble(path.name, f"폴더가 없습니다: {path.parent}", "있는 폴더를 고르세요.")
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BookTrouble(
            path.name,
            f"다른 창이나 다른 사람이 이미 열었습니다{_holder(path)}.",
            "그 창을 닫은 뒤 다시 여세요.",
        ) from error
    except OSError as error:
        raise BookTrouble(
            path.name, "이 폴더에는 쓸 수 없습니다.", "쓸 수 있는 폴더로 대장을 옮기세요.", detail=str(error)
        ) from error
    _note_holder(path)
    return lock


def release(lock: FileLock | None) -> None:
    """Give the lock back; the note of who held it goes, too.

    The lock's file goes while it is still held: afterwards it might be another process's.
    """
    if lock is None:
        return
    file = Path(lock.lock_file)
    for path in (file.with_suffix(".holder"), file):
        with contextlib.suppress(OSError):
            path.unlink()
    lock.release()


def _refuse_held_elsewhere(path: Path) -> None:
    """HeldElsewhere where the note beside a book is another computer's."""
    note = _note(path)
    if note and note["host"] != socket.gethostname():
        raise HeldElsewhere(
            path.name,
            f"다른 컴퓨터에서 이 대장을 열어 두었을 수 있습니다{_holder(path)}.",
            "그 컴퓨터에서 닫았는지, 동기화가 끝났는지 확인한 뒤 여세요. 함께 고치면 한쪽이 없어집니다.",
        )


def _note_holder(path: Path) -> None:
    note: dict[str, Any] = {
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "since": datetime.now().strftime("%Y-%m-%d %H:%M"),
    }
    with contextlib.suppress(OSError):
        path.with_name(f"{path.name}.holder").write_text(
            json.dumps(note, ensure_ascii=False), encoding="utf-8"
        )


def _note(path: Path) -> dict[str, str]:
    """Who has a book open by the note beside it: host and since; {} where there is none."""
    try:
        note = json.loads(path.with_name(f"{path.name}.holder").read_text(encoding="utf-8"))
        return {"host": str(note["host"]), "since": str(note["since"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _holder(path: Path) -> str:
    note = _note(path)
    return f"({note['host']}, {note['since']}부터)" if note else ""
