"""A real book, a real window, real key events."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QToolButton, QWidget

from govtracker.app import Program
from govtracker.importer.assembly.plan import Given
from govtracker.jobs import demo, importing
from govtracker.model.card import Card
from govtracker.session.draft import Draft
from govtracker.session.state import CardItem
from govtracker.ui.cards.tree import ITEM
from govtracker.ui.editors.outline.edit import OutlineEdit
from govtracker.ui.grid.view import GridView
from govtracker.ui.kit import theme
from govtracker.ui.tasks import books
from govtracker.ui.window import Window
from govtracker.ui.wizard.wizard import CHANGES, ImportWizard

NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "a.govtracker"
    importing.import_into(path, demo.sample_workbooks()[0].file, Given())
    return path


@pytest.fixture
def book(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "대장.govtracker"))


@pytest.fixture(scope="session")
def two_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sample in two periods."""
    path = tmp_path_factory.mktemp("book") / "two.govtracker"
    for label, day in (("2023년 하반기", date(2023, 12, 31)), ("2024년 상반기", date(2024, 6, 30))):
        importing.import_into(path, demo.sample_workbooks()[0].file, Given(period=label, as_of=day))
    return path


@pytest.fixture
def two_book(two_samples: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(two_samples, tmp_path / "두 기간.govtracker"))


def to_changes(wizard: ImportWizard) -> None:
    """Goes on in the import's wizard with clicks to its last page."""
    while wizard.pages.currentIndex() < CHANGES:
        before = wizard.pages.currentIndex()
        QTest.mouseClick(wizard.forward, Qt.MouseButton.LeftButton)
        assert wizard.pages.currentIndex() > before, "the wizard doesn't go on"


def through(wizard: ImportWizard) -> None:
    """Goes on in the import's wizard with clicks until it closes."""
    to_changes(wizard)
    QTest.mouseClick(wizard.forward, Qt.MouseButton.LeftButton)


def tick(table: QTableWidget, row: int, column: int) -> None:
    """Clicks the check box of a cell."""
    place = table.visualItemRect(table.item(row, column))
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, NO, QPoint(place.left() + 12, place.center().y())
    )


def taking_everything(wizard: ImportWizard) -> None:
    """Takes every value of the file, by ticking what isn't ticked, and imports."""
    to_changes(wizard)
    page = wizard.changes
    for card in range(page.list.count()):
        page.list.setCurrentRow(card)
        last = page.table.columnCount() - 1
        for row in range(page.table.rowCount()):
            item = page.table.item(row, last)
            if item is not None and item.checkState() == Qt.CheckState.Unchecked:
                tick(page.table, row, last)
    QTest.mouseClick(wizard.forward, Qt.MouseButton.LeftButton)


class Hand:
    """Drives a window as an officer does: looks for a field, presses keys."""

    def __init__(self, qtbot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window

    # ---------------------------------------------------------------- waiting

    def until(self, ready: Callable[[], bool], milliseconds: int = 15000) -> None:
        self.qtbot.waitUntil(ready, timeout=milliseconds)

    def rest(self) -> None:
        """Until nothing is on its way and the chosen card is the one that is shown."""
        session = lambda: self.window.session  # noqa: E731
        self.until(lambda: not self.window.worker.busy and session().asked is None)
        opened, view = session().opened, self.window.view.opened
        assert (opened.id if opened else "") == session().card
        if opened is None:
            assert self.window.centre.currentWidget() is not self.window.view
        else:
            assert view is opened
            assert opened.draft.card.period.id == session().period
            assert self.window.view.head.title.text() == opened.draft.card.pledge.title
            assert self.window.navigator.tree.currentIndex().data(ITEM) in (None, session().item(opened.id))

    def open(self, path: Path) -> Hand:
        books.open_book(self.window, path)
        self.rest()
        return self

    @property
    def opened(self) -> str:
        """Id of the card that is shown."""
        opened = self.window.session.opened
        assert opened is not None
        return opened.id

    @property
    def draft(self) -> Draft:
        opened = self.window.session.opened
        assert opened is not None
        return opened.draft

    @property
    def items(self) -> dict[str, CardItem]:
        """What the list shows, by id."""
        return {item.id: item for item in self.window.session.cards}

    def go(self, number: str) -> Hand:
        """To the card of a number, by a click into the list."""
        tree, proxy = self.window.navigator.tree, self.window.navigator.proxy
        rows = [proxy.index(row, 0) for row in range(proxy.rowCount())]
        rows += [proxy.index(at, 0, row) for row in rows for at in range(proxy.rowCount(row))]
        index = next(i for i in rows if i.data(ITEM) and i.data(ITEM).pledge.number == number)
        tree.scrollTo(index)
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, NO, tree.visualRect(index).center())
        self.rest()
        assert self.draft.card.pledge.number == number
        return self

    def period(self, label: str) -> Hand:
        """To another period, by the keys of its box."""
        box = self.window.menus.period
        self.into(box)
        at = box.findText(label)
        key = Qt.Key.Key_Down if at > box.currentIndex() else Qt.Key.Key_Up
        while box.currentText() != label:
            self.press(key)
        self.rest()
        assert self.window.session.chosen_period.label == label
        return self

    def tab(self, key: str):
        """To the tab with a section, by Alt and its number (or Ctrl+Tab); its editor."""
        if not self.window.isActiveWindow():  # as in `into`
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
        tabs = self.window.view.context.form.tab
        at = next(i for i, tab in enumerate(tabs) if key in tab.sections)
        if at < 9:
            self.press(getattr(Qt.Key, f"Key_{at + 1}"), ALT)
        else:
            for _ in range((at - self.window.view.tabs.currentIndex()) % len(tabs)):
                self.press(Qt.Key.Key_Tab, CTRL)
        assert self.window.view.tabs.currentIndex() == at, (
            at,
            self.window.view.tabs.currentIndex(),
            QApplication.focusWidget(),
        )
        return self.window.view.editors[key]

    # ---------------------------------------------------------------- keys

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO, times: int = 1) -> Hand:
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
            QApplication.processEvents()
        return self

    def type(self, text: str) -> Hand:
        """One key event per character, Hangul too, each to what has the focus then."""
        for character in text:
            if character == "\n":
                self.press(Qt.Key.Key_Return)
                continue
            code = ord(character.upper()) if character.isascii() else 0
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(kind, code, NO, character))
        return self

    def compose(self, *steps: str) -> Hand:
        """An input method: each step composing, the last one committed."""
        for step in steps:
            QApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent(step, []))
        end = QInputMethodEvent("", [])
        end.setCommitString(steps[-1])
        QApplication.sendEvent(QApplication.focusWidget(), end)
        return self

    def into(self, widget: QWidget) -> Hand:
        if not widget.isActiveWindow():  # a dialog was there: offscreen nobody gives the keyboard back
            widget.activateWindow()
        widget.setFocus()
        self.until(lambda: QApplication.focusWidget() is widget)
        return self

    def cell(self, grid: GridView, row: int, column: int) -> Hand:
        """To a cell, by arrow keys."""
        self.into(grid)
        at = grid.currentIndex()
        if not at.isValid():
            grid.select(0, 0)
            at = grid.currentIndex()
        down, right = row - at.row(), column - at.column()
        self.press(Qt.Key.Key_Down if down > 0 else Qt.Key.Key_Up, times=abs(down))
        self.press(Qt.Key.Key_Right if right > 0 else Qt.Key.Key_Left, times=abs(right))
        assert (grid.currentIndex().row(), grid.currentIndex().column()) == (row, column)
        return self

    def line(self, edit: OutlineEdit, number: int) -> Hand:
        """To the end of a line of an outline, by keys."""
        self.into(edit)
        self.press(Qt.Key.Key_Home, CTRL)
        self.press(Qt.Key.Key_Down, times=number)
        self.press(Qt.Key.Key_End)
        return self

    def tool(self, name: str) -> Hand:
        """Clicks a tool of the page's outline bar."""
        buttons = self.window.view.bar.findChildren(QToolButton)
        button = next(each for each in buttons if each.accessibleName() == name and each.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return self

    # ---------------------------------------------------------------- the book

    @property
    def card(self) -> Card:
        self.window.view.commit()
        return self.draft.card

    def close(self) -> None:
        self.window.close()
        assert not self.window.isVisible()


@pytest.fixture(scope="session", autouse=True)
def clipboard_emptied(qapp: QApplication) -> Iterator[None]:
    """Qt's offscreen clipboard outlives Python: data of Python's that is left in it ends the process by a fault."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def hands(qtbot, qapp, tmp_path: Path) -> Iterator[Callable[..., Hand]]:
    """Makes windows (on the program given, a real one otherwise); all are closed at the end."""
    if not qapp.styleSheet():  # once: it dresses every widget there is anew
        theme.apply(qapp)
    made: list[Window] = []

    def make(program: Program | None = None, size: tuple[int, int] = (1366, 900)) -> Hand:
        """Narrow, so that no preview is drawn where a test has nothing to do with it."""
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = Window(program or Program(), settings)
        window.resize(*size)
        window.show()
        window.activateWindow()
        made.append(window)
        qtbot.waitUntil(window.isActiveWindow, timeout=5000)
        return Hand(qtbot, window)

    yield make
    for window in made:
        if window.isVisible():
            window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def hand(hands: Callable[..., Hand], book: Path) -> Hand:
    """A window on the sample's fullest card."""
    return hands().open(book).go("6-2")


@pytest.fixture
def two_periods(hands: Callable[..., Hand], two_book: Path) -> Hand:
    """A window on the same pledges in two periods, the later one chosen."""
    return hands().open(two_book).go("6-2")


@pytest.fixture
def reopened(hand: Hand, book: Path) -> Callable[[], Card]:
    """Closes the window; the card as another program reads it from the file."""

    def read() -> Card:
        wanted = hand.opened
        hand.close()
        program = Program()
        program.open(book)
        try:
            card = program.read(wanted)[1]
            assert not program.open_book.mended
            return card
        finally:
            program.close()

    return read


@pytest.fixture
def waiting_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs of a moment show their window, too, to be cancelled there."""
    monkeypatch.setattr("govtracker.ui.kit.waiting.UNSEEN", 0.0)


@pytest.fixture
def message(qapp) -> Callable[..., list[str]]:
    """Closes the next message that shows; gives its texts."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel, QPushButton

    from govtracker.ui.kit.message import Message

    def wait(*buttons: str) -> list[str]:
        seen: list[str] = []

        def look() -> None:
            box = QApplication.activeModalWidget()
            if not isinstance(box, Message):
                QTimer.singleShot(20, look)
                return
            seen.append("\n".join(label.text() for label in box.findChildren(QLabel)))
            named = {button.text(): button for button in box.findChildren(QPushButton)}
            for name in buttons:
                named[name].click()
                if name == "자세히":
                    seen.append(box.text.toPlainText() if box.text.isVisible() else "")
            named["닫기"].click()

        QTimer.singleShot(0, look)
        return seen

    return wait
