"""Colours, type and the style sheet of the window (contrasts measured in the look notes)."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

TEXT, MUTED, LINE, WINDOW, ACCENT, TINT = "#1B1F24", "#525B66", "#D3D8DE", "#F3F4F6", "#1F5FA8", "#E2ECF8"
SELECTION, COMPUTED, COMPUTED_TEXT, HEAD, GANTT = "#D3E3F5", "#ECEEF1", "#39414B", "#EFF1F4", "#7A8898"
ERROR, ERROR_TINT, WARNING, BORDER, DISABLED = "#B3261E", "#FCEBEA", "#855000", "#7F8893", "#A5ACB4"
FAMILIES = ("Malgun Gothic", "맑은 고딕", "Noto Sans KR", "Noto Sans CJK KR", "NanumGothic", "나눔고딕")

SHEET = f"""
QWidget {{ color: {TEXT}; }}
QMainWindow, QDialog, QWidget#page {{ background: {WINDOW}; }}
QMenuBar {{ background: white; padding: 2px 8px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {SELECTION}; color: {TEXT}; }}
QMenu {{ background: white; border: 1px solid {LINE}; padding: 4px; }}
QMenu::item {{ padding: 6px 28px 6px 16px; }}
QToolBar {{ background: white; border: 0; border-bottom: 1px solid {LINE}; padding: 6px 10px; spacing: 6px; }}
QToolBar QToolButton {{ padding: 6px 9px; border: 1px solid transparent; border-radius: 4px; }}
QToolBar#outlineBar {{ padding: 2px 8px; spacing: 1px; }}
QToolBar#outlineBar QToolButton {{ padding: 4px 6px; }}
QToolBar QToolButton:disabled {{ color: {DISABLED}; }}
QToolBar QToolButton:hover {{ background: {HEAD}; }}
QStatusBar {{ background: white; border-top: 1px solid {LINE}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ padding: 0 10px; }}
QFrame#panel {{ background: white; border: 1px solid {LINE}; border-radius: 4px; }}
QLabel#panelTitle {{ font-weight: bold; padding: 2px 0; }}
QLabel#muted {{ color: {MUTED}; }}
QLabel#number {{ border: 1px solid {BORDER}; border-radius: 3px; padding: 2px 6px; background: white; }}
QLabel#foot {{ padding: 2px 4px; }}
QLabel#title {{ font-weight: bold; }}
QLabel#problem {{ color: {ERROR}; background: {ERROR_TINT}; padding: 6px 10px; }}
QWidget#steps {{ background: white; border-bottom: 1px solid {LINE}; }}
QWidget#wizardFoot {{ background: white; border-top: 1px solid {LINE}; }}
QWidget#navigator, QWidget#cardHead, QWidget#previewHead {{ background: white; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit {{ background: white; border: 1px solid {BORDER}; border-radius: 4px;
  padding: 4px 6px; selection-background-color: {SELECTION}; selection-color: {TEXT}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{ border: 2px solid {ACCENT}; padding: 3px 5px; }}
QPushButton {{ background: white; border: 1px solid {BORDER}; border-radius: 4px; padding: 5px 12px; min-height: 20px; }}
QPushButton:hover {{ background: {HEAD}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 4px 11px; }}
QPushButton:default {{ background: {ACCENT}; color: white; border-color: {ACCENT}; }}
QPushButton:checked {{ background: {TINT}; border-color: {ACCENT}; color: {ACCENT}; }}
QPushButton:disabled {{ color: #6B7480; background: {HEAD}; }}
QPushButton#start {{ text-align: left; padding: 14px 18px; }}
QPushButton#start:focus {{ padding: 13px 17px; }}
QToolButton#small {{ border: 1px solid {LINE}; border-radius: 4px; padding: 3px 8px; background: white; }}
QToolButton#small:hover {{ background: {HEAD}; }}
QTabBar {{ background: white; }}
QTabBar::tab {{ background: white; padding: 8px 8px; border: 0; border-bottom: 3px solid transparent; }}
QTabBar::tab:selected {{ color: {ACCENT}; font-weight: bold; border-bottom: 3px solid {ACCENT}; }}
QTabBar::tab:hover {{ background: {HEAD}; }}
QTableView, QTreeView {{ background: white; border: 1px solid {LINE}; gridline-color: {LINE}; selection-background-color: {SELECTION};
  selection-color: {TEXT}; outline: 0; }}
QListWidget {{ background: white; border: 1px solid {LINE}; outline: 0; }}
QListWidget::item {{ padding: 5px 8px; }}
QListWidget::item:selected {{ background: {SELECTION}; color: {TEXT}; }}
QTreeView#tree {{ border: 0; border-top: 1px solid {LINE}; }}
QTableView:focus {{ border: 1px solid {ACCENT}; }}
QTreeView#tree:focus {{ border-top: 1px solid {ACCENT}; }}
QHeaderView::section {{ background: {HEAD}; border: 0; border-right: 1px solid {LINE}; border-bottom: 1px solid {LINE}; padding: 4px 2px;
  font-weight: bold; }}
QHeaderView::section:vertical {{ font-weight: normal; color: {MUTED}; padding: 0; }}
QTableCornerButton::section {{ background: {HEAD}; border: 0; border-right: 1px solid {LINE}; border-bottom: 1px solid {LINE}; }}
QTableView::item {{ padding: 0 4px; }}
QScrollBar {{ background: {HEAD}; border: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: #A9B2BC; border-radius: 4px; margin: 2px; min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {BORDER}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ border: 0; background: {WINDOW}; }}
QScrollArea#previewPages:focus {{ border: 2px solid {ACCENT}; }}
QToolButton#small:focus, QToolBar QToolButton:focus {{ border: 2px solid {ACCENT}; padding: 2px 7px; }}
QToolButton#rail {{ border: 0; border-left: 1px solid {LINE}; background: white; }}
QToolButton#rail:hover {{ background: {HEAD}; }}
QToolButton#rail:focus {{ border: 2px solid {ACCENT}; }}
QToolBar QToolButton:checked {{ background: {TINT}; border: 1px solid {LINE}; }}
QRadioButton, QCheckBox {{ padding: 2px 3px; border: 1px solid transparent; border-radius: 4px; }}
QRadioButton:focus, QCheckBox:focus {{ border: 1px solid {ACCENT}; background: {TINT}; }}
QSplitter::handle {{ background: {LINE}; }}
QWidget#carried {{ background: #FFF3D9; border-bottom: 1px solid {LINE}; }}
QWidget#carried QLabel {{ color: {WARNING}; }}
QToolTip {{ background: white; color: {TEXT}; border: 1px solid {BORDER}; padding: 5px 8px; }}
QProgressBar {{ border: 1px solid {BORDER}; border-radius: 4px; text-align: center; background: white; }}
QProgressBar::chunk {{ background: {ACCENT}; }}
"""


def apply(application: QApplication) -> None:
    """Fonts, palette and style of the application."""
    application.setStyle("Fusion")
    known = set(QFontDatabase.families())
    family = next((name for name in FAMILIES if name in known), None)
    font = application.font()
    if family:
        font.setFamily(family)
    if font.pointSizeF() < 9.5:
        font.setPointSizeF(9.75)
    application.setFont(font)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(WINDOW))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(TEXT))
    palette.setColor(QPalette.ColorRole.Text, QColor(TEXT))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(SELECTION))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor(TEXT))
    palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(MUTED))
    application.setPalette(palette)
    application.setStyleSheet(SHEET)


def heading_font(widget_font: QFont) -> QFont:
    """The font of card and dialog headings."""
    font = QFont(widget_font)
    font.setPointSizeF(widget_font.pointSizeF() * 1.25)
    font.setBold(True)
    return font
