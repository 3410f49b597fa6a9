"""What the tasks and commands need of the window, so that they need not know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from govtracker.session.draft import Change
from govtracker.session.events import Event
from govtracker.session.state import BookInfo, Session
from govtracker.ui.backend import Backend
from govtracker.ui.kit.worker import Worker


class Host(Protocol):
    """A window on a session."""

    backend: Backend
    worker: Worker

    @property
    def session(self) -> Session:
        """What is open."""
        ...

    @property
    def widget(self) -> QWidget:
        """The parent of dialogs."""
        ...

    def leave(self, event: Event) -> None:
        """Hand an event to the session, after what is being typed."""
        ...

    def edited(self, card: str, change: Change) -> None:
        """A section of the open card has a new value."""
        ...

    def flush(self) -> bool:
        """Save everything and wait for it; whether nothing is left unsaved."""
        ...

    def settle(self) -> bool:
        """Wait until the card that was asked for is shown (keys wait, too); whether it is still the same one."""
        ...

    def say(self, text: str) -> None:
        """Tell in the status bar."""
        ...

    def attempt(self, job: Callable[[], Any]) -> bool:
        """Do something that the world may refuse (it is told); whether it was done."""
        ...

    def close_book(self) -> bool:
        """Save and close the open book; whether none is open any more."""
        ...

    def change_book(self, other: Callable[[], BookInfo | None]) -> None:
        """Leave the book for another one; where there is none after all the one before is opened again."""
        ...

    def save(self) -> None:
        """Save now."""
        ...

    def undo(self) -> None:
        """One step back in the open card."""
        ...

    def redo(self) -> None:
        """One step forward again."""
        ...

    def turn_tab(self, by: int) -> None:
        """The next (1) or the previous tab (-1) of the card."""
        ...

    def to_tab(self, number: int) -> None:
        """The tab of a number, from 0."""
        ...

    def tab_sections(self) -> tuple[str, ...]:
        """Keys of the sections on the shown tab of the card."""
        ...

    def toggle_preview(self) -> None:
        """Show or hide the pages beside the card."""
        ...

    def preview_shown(self) -> bool:
        """Whether the pages are shown."""
        ...

    def find_pledge(self) -> None:
        """Focus to the search field."""
        ...

    def step_pledge(self, by: int) -> None:
        """The next (1) or the previous card (-1) of the list."""
        ...

    def next_pane(self, by: int) -> None:
        """Focus to the next (1) or the previous pane (-1)."""
        ...

    def show_checks(self) -> None:
        """Show anew which commands are on."""
        ...

    def quit(self) -> None:
        """Close the window."""
        ...
