"""Menus, toolbar and shortcuts of the window, and the panes that F6 goes through."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QSizePolicy, QToolBar, QWidget

from govtracker.ui import help as help_page
from govtracker.ui.tasks.files import PDFS, SHEETS, choose_summary

if TYPE_CHECKING:
    from govtracker.ui.window import Window

WITH_BOOK = (
    "pdf",
    "excel",
    "summary",
    "print",
    "originals",
    "save",
    "close",
    "undo",
    "redo",
    "preview",
    "tab+",
    "tab-",
)
ON_DESK = (*WITH_BOOK, "add", "find", "next", "previous")
"""What can be done only with an open book."""


class Chrome:
    """Makes the actions of a window; `enable` says whether a book is open."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.actions: dict[str, QAction] = {}
        self._menus()
        for number in range(9):
            self._shortcut(f"Alt+{number + 1}", partial(window.view.to_tab, number))
        self._shortcut("F6", lambda: self.next_pane(1))
        self._shortcut("Shift+F6", lambda: self.next_pane(-1))
        self.period = QComboBox()
        self.as_of = QLabel()
        self.bar = self._toolbar()

    def _shortcut(self, keys: str, run: Callable[[], Any]) -> None:
        QShortcut(QKeySequence(keys), self.window).activated.connect(run)

    def _menus(self) -> None:
        window, standard = self.window, QKeySequence.StandardKey
        bar = window.menuBar()
        file, edit, look = bar.addMenu("파일(&F)"), bar.addMenu("편집(&E)"), bar.addMenu("보기(&V)")
        pledge, about = bar.addMenu("공약(&P)"), bar.addMenu("도움말(&H)")
        self._action(file, "new", "새 대장…", window.new_book, standard.New)
        self._action(file, "open", "대장 열기…", window.choose_book, standard.Open)
        file.addSeparator()
        self._action(file, "import", "가져오기…", window.choose_import, "Ctrl+I")
        self._action(file, "pdf", "PDF로 내보내기…", lambda: window.choose_export(PDFS), "Ctrl+E")
        self._action(file, "excel", "엑셀로 내보내기…", lambda: window.choose_export(SHEETS))
        self._action(file, "summary", "총괄·세부·변경 현황표 내보내기…", lambda: choose_summary(window))
        self._action(file, "print", "인쇄…", window.print_cards, standard.Print)
        file.addSeparator()
        keep = self._action(file, "originals", "그림 원본도 보관", self._keep_originals)
        keep.setCheckable(True)
        keep.setStatusTip("앞으로 넣거나 가져오는 그림을 인쇄용으로 줄이기 전의 원본도 대장에 둡니다.")
        self._action(file, "save", "지금 저장", window.save_now, standard.Save)
        self._action(file, "close", "대장 닫기", window.close_book)
        self._action(file, "quit", "끝내기", window.close, standard.Quit)
        self._action(edit, "undo", "되돌리기", lambda: window.view.step(back=True), "Ctrl+Z")
        self._action(edit, "redo", "다시 하기", lambda: window.view.step(back=False), "Ctrl+Y")
        self._action(look, "preview", "미리보기", window.toggle_preview, "F9").setCheckable(True)
        self._action(look, "tab+", "다음 탭", lambda: window.view.turn_tab(1), "Ctrl+Tab")
        self._action(look, "tab-", "앞 탭", lambda: window.view.turn_tab(-1), "Ctrl+Shift+Tab")
        self._action(pledge, "add", "공약 추가…", window.add_pledge)
        self._action(pledge, "find", "공약 찾기", window.navigator.search.setFocus, "Ctrl+K")
        self._action(pledge, "next", "다음 공약", lambda: window.navigator.step(1), "Ctrl+PgDown")
        self._action(pledge, "previous", "앞 공약", lambda: window.navigator.step(-1), "Ctrl+PgUp")
        self._action(about, "help", "도움말", lambda: help_page.show(window), "F1")

    def _action(
        self, menu: QMenu, key: str, text: str, run: Callable[[], Any], shortcut: Any = None
    ) -> QAction:
        action = QAction(text, self.window)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda: run())
        menu.addAction(action)
        self.actions[key] = action
        return action

    def _toolbar(self) -> QToolBar:
        bar = self.window.addToolBar("도구")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for key, text in (("import", "가져오기"), ("pdf", "PDF로"), ("excel", "엑셀로"), ("print", "인쇄")):
            self.actions[key].setIconText(text)
            bar.addAction(self.actions[key])
        bar.addSeparator()
        for key in ("undo", "redo"):
            bar.addAction(self.actions[key])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        bar.addWidget(QLabel("보고기간 "))
        self.period.setMinimumWidth(150)
        self.period.setAccessibleName("보고기간")
        bar.addWidget(self.period)
        bar.addWidget(self.as_of)
        bar.addAction(self.actions["preview"])
        return bar

    def enable(self, book: bool) -> None:
        """What can be done with and without a book."""
        for key in ON_DESK:
            self.actions[key].setEnabled(book)
        self.bar.setVisible(book)

        self.actions["originals"].setChecked(book and self.window.desk.keeps_originals())

    def _keep_originals(self) -> None:
        """Keep the originals of pictures from now on, or don't, as the menu says."""
        desk, action = self.window.desk, self.actions["originals"]
        if not self.window.attempt(lambda: desk.keep_originals(action.isChecked())):
            action.setChecked(desk.keeps_originals())

    def next_pane(self, by: int) -> None:
        """Focus goes to the next pane: search, tree, editor, preview (where it is shown)."""
        window = self.window
        if window.info is None:
            return
        panes: list[tuple[QWidget, Callable[[], object]]] = [
            (window.navigator.search, window.navigator.search.setFocus),
            (window.navigator.tree, window.navigator.enter),
        ]
        if window.saver.draft is not None:
            panes.append((window.view, window.view.enter))
        if window.preview.isVisible():
            panes.append((window.preview, window.preview.area.setFocus))
        now: QWidget | None = QApplication.focusWidget()
        at = -1
        if now is not None:
            at = next((i for i, (pane, _) in enumerate(panes) if pane is now or pane.isAncestorOf(now)), -1)
        panes[(at + by) % len(panes) if at >= 0 else 0][1]()
