"""A second start hands its book to the window that is there."""

from __future__ import annotations

import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from govtracker.ui import run
from govtracker.ui.kit.single import Listener, copy_name, is_handed_over

from .conftest import Hand

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from govtracker.ui.kit.single import is_handed_over
app = QCoreApplication([])
print(is_handed_over(sys.argv[1], Path(sys.argv[2]) if sys.argv[2:] else None))
"""


@pytest.fixture
def name() -> str:
    return f"govtracker-test-{uuid.uuid4().hex[:12]}"


def second(name: str, *book: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, name, *map(str, book)], stdout=subprocess.PIPE, text=True
    )


def test_the_book_of_a_second_start_opens_in_the_first_window(hands, name: str, book: Path, two_book: Path):
    hand: Hand = hands().open(book)
    Listener(name, lambda wanted: run.come_forward(hand.window, wanted), hand.window)
    other = second(name, two_book)
    hand.until(lambda: other.poll() is not None)
    hand.rest()
    assert other.communicate()[0].strip() == "True"
    assert run.same_file(hand.window.session.book.path, two_book)


def test_a_second_start_without_a_book_or_on_the_same_changes_nothing(hands, name: str, book: Path):
    hand: Hand = hands().open(book)
    shown = hand.opened
    Listener(name, lambda wanted: run.come_forward(hand.window, wanted), hand.window)
    for each in (second(name), second(name, book)):
        hand.until(lambda each=each: each.poll() is not None)
        assert each.communicate()[0].strip() == "True"
    hand.rest()
    assert hand.opened == shown
    assert hand.window.isVisible()


def test_where_nobody_runs_nothing_is_handed_over(qapp, name: str, book: Path):
    assert not is_handed_over(name, book)


def test_words_that_are_not_the_programs_open_nothing(qapp, qtbot, name: str):
    asked: list[Path | None] = []
    listener = Listener(name, asked.append)
    for words in (b"hello\n", b"[]\n", b"\xff\n", b'{"book": 3}\n'):
        socket = QLocalSocket()
        socket.connectToServer(name)
        assert socket.waitForConnected(1000)
        socket.write(words)
        socket.flush()
        qtbot.waitUntil(
            lambda socket=socket: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState
        )
    assert asked == []
    listener.server.close()


def test_a_desktop_is_its_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISPLAY", ":1")
    one = copy_name("xcb")
    monkeypatch.setenv("DISPLAY", ":2")
    assert copy_name("xcb") != one
    assert copy_name("offscreen") == ""
