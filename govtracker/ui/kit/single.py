"""One running copy for each user: a second start hands its book to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECTED, ANSWERED = 300, 2000
"""Milliseconds that a second start waits for the first: until it is met, until it answers."""
_ANSWER = b"ok\n"

Asked = Callable[[Path | None], None]


def copy_name(platform: str) -> str:
    """What the copies on a user's desktop find each other by; "" on a Qt platform that shows nothing."""
    if platform in ("offscreen", "minimal"):
        return ""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "GOVTRACKER_DATA")
    parts = [getpass.getuser(), platform, *(os.environ.get(name, "") for name in names)]
    return f"govtracker-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"


def is_handed_over(name: str, book: Path | None) -> bool:
    """Whether a running copy took the book (None: only its window is wanted). A copy that doesn't answer takes nothing."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(CONNECTED):
        return False
    socket.write(json.dumps({"book": str(book.resolve()) if book else ""}).encode() + b"\n")
    socket.flush()
    while socket.waitForReadyRead(ANSWERED):
        if bytes(socket.readAll().data()).startswith(_ANSWER):
            return True
    return False


class Listener(QObject):
    """The first copy: `asked` is called with the book of every start after it."""

    def __init__(self, name: str, asked: Asked, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self.server = QLocalServer(self)
        self.server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self.server.newConnection.connect(self._met)
        QLocalServer.removeServer(name)  # what a copy that was killed left behind
        self.server.listen(name)

    def _met(self) -> None:
        while (socket := self.server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            said = json.loads(bytes(socket.readLine().data()))["book"]
            book = Path(said) if said else None
        except (ValueError, LookupError, TypeError):  # not from this program
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        self.asked(book)
