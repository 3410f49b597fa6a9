"""Menu bar, toolbar and shortcuts, made from the commands; the period box in the toolbar."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from govtracker.model.card import Period
from govtracker.model.dates import korean_date
from govtracker.session.state import Session
from govtracker.ui.commands import ALWAYS, BOOK, COMMANDS, MENUS, TOOLBAR, Command
from govtracker.ui.host import Host
from govtracker.ui.kit.icons import icon


class PeriodBox(QComboBox):
    """The periods of the book. `wanted(id)` when somebody chooses one."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(150)
        self.setAccessibleName("보고기간")
        self.currentIndexChanged.connect(lambda at: self.wanted.emit(self.itemData(at) or ""))

    def show_periods(self, periods: tuple[Period, ...], chosen: str) -> None:
        """Show the periods and which one is chosen."""
        blocked = QSignalBlocker(self)
        if [(self.itemData(at), self.itemText(at)) for at in range(self.count())] != [
            (period.id, period.label) for period in periods
        ]:
            self.clear()
            for period in periods:
                self.addItem(period.label, period.id)
        self.setCurrentIndex(self.findData(chosen) if chosen else -1)
        blocked.unblock()


class Menus:
    """The actions of a window by the commands' keys; `show` says what can be done."""

    def __init__(self, window: QMainWindow, host: Host) -> None:
        self.window, self.host = window, host
        self.actions = {command.key: self._action(command) for command in COMMANDS}
        self.period, self.as_of = PeriodBox(), QLabel()
        self.frozen = QLabel("제출본 (읽기 전용)")
        self.frozen.setObjectName("number")
        self._menus()
        self.bar = self._toolbar()

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self.window)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.setCheckable(command.checked is not None)
        action.setStatusTip(command.tip)
        action.setIconText(command.tool)
        if command.icon:
            action.setIcon(icon(command.icon))
            action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda: command.run(self.host))
        self.window.addAction(action)
        return action

    def _menus(self) -> None:
        menus: dict[str, QMenu] = {name: self.window.menuBar().addMenu(name) for name in MENUS}
        for command in COMMANDS:
            if command.menu:
                if command.after:
                    menus[command.menu].addSeparator()
                menus[command.menu].addAction(self.actions[command.key])

    def _toolbar(self) -> QToolBar:
        bar = self.window.addToolBar("도구")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        side = bar.fontMetrics().height()
        bar.setIconSize(QSize(side + 4, side))
        *left, right = TOOLBAR
        for group in left:
            for key in group:
                bar.addAction(self.actions[key])
            if group is not left[-1]:
                bar.addSeparator()
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for widget in (space, QLabel("보고기간 "), self.period, self.as_of):
            bar.addWidget(widget)
        self.frozen_action = bar.addWidget(self.frozen)
        self.frozen_action.setVisible(False)
        for key in right:
            bar.addAction(self.actions[key])
        return bar

    def fit(self, width: int) -> None:
        """The tools with their words where there is room for them in so many pixels, else their icons alone."""
        style = Qt.ToolButtonStyle
        self.bar.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        if self.bar.sizeHint().width() > width:
            self.bar.setToolButtonStyle(style.ToolButtonIconOnly)

    def show_session(self, session: Session) -> None:
        """The book's periods, and which commands can be used."""
        book, period = session.book, session.chosen_period
        self.bar.setVisible(book is not None)
        self.period.show_periods(book.periods if book else (), session.period)
        as_of = f"  기준일 {korean_date(period.as_of)} " if period else ""
        if as_of != self.as_of.text():
            self.as_of.setText(as_of)
            self.fit(self.window.width())
        for command in COMMANDS:
            usable = command.when == ALWAYS or (
                book is not None if command.when == BOOK else session.opened is not None
            )
            self.actions[command.key].setEnabled(usable)

    def show_frozen(self, *, frozen: bool) -> None:
        """Whether the shown period was submitted."""
        self.frozen.setVisible(frozen)
        self.frozen_action.setVisible(frozen)
        self.actions["freeze"].setVisible(not frozen)
        self.actions["unfreeze"].setVisible(frozen)

    def show_checks(self) -> None:
        """Which of the commands that can be on are on in the open book."""
        for command in COMMANDS:
            if command.checked is not None and self.host.session.book is not None:
                self.actions[command.key].setChecked(command.checked(self.host))
