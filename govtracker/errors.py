"""The world's failures (wrong file, locked, full disk), apart from bugs.

A `Trouble` is shown to the officer as it is: place, fault, remedy, in calm Korean. Anything else that is
raised is a bug and is shown with its details.
"""

from __future__ import annotations

UNCHANGED = "기존 자료는 바뀌지 않았습니다."


class Trouble(Exception):  # noqa: N818 - the vocabulary's word
    """A failure of the world: `place` (file or field), `fault` (what is wrong), `remedy` (what to do)."""

    def __init__(self, place: str, fault: str, remedy: str, *, detail: str = "") -> None:
        super().__init__(f"{place}: {fault} {remedy}")
        self.place = place
        self.fault = fault
        self.remedy = remedy
        self.detail = detail

    def sentence(self) -> str:
        """Text for the officer: three lines, closing with the assurance that nothing changed."""
        return f"{self.place}\n{self.fault}\n{self.remedy}\n{UNCHANGED}"


class FileTrouble(Trouble):
    """A file that can't be read or written."""


class BookTrouble(Trouble):
    """A book that can't be opened, or not for writing."""


class BookDamaged(BookTrouble):
    """A book that can't be read whole."""


class BookBusy(BookTrouble):
    """A book that another program uses just now: it passes by itself."""


class BookReplaced(BookTrouble):
    """Another file lies where the open book was."""


class HeldElsewhere(BookTrouble):
    """A book that another computer may have open: a note of it lies beside the file, though nothing is locked here."""


class ImportTrouble(Trouble):
    """A workbook that can't be imported."""


class FormTrouble(Trouble):
    """A form file with an error: the place names the file, the section and the key."""


class Refused(Trouble):
    """A request that can't be met with what the book holds."""
