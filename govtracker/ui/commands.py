"""Every command of the window as data: menus, toolbar, shortcuts and the help's list of keys come from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from govtracker.ui import help as help_page
from govtracker.ui.host import Host
from govtracker.ui.tasks import (
    backups,
    books,
    exporting,
    history,
    import_folder,
    importing,
    periods,
    pledges,
    printing,
)

FILE, EDIT, VIEW, PLEDGE, HELP = "파일(&F)", "편집(&E)", "보기(&V)", "공약(&P)", "도움말(&H)"
PERIOD = "보고기간(&R)"
MENUS = (FILE, EDIT, VIEW, PLEDGE, PERIOD, HELP)
ALWAYS, BOOK, CARD = "always", "book", "card"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that the window does.

    `menu` is where it stands ("" = in none), `shortcut` as Qt writes it, `when` what must be open, `tool` its name
    in the toolbar ("" = not there), `checked` whether it is on (None = it can't be), `tip` a sentence about it,
    `after` = a line parts it from what stands before it, `icon` its glyph in the toolbar.
    """

    key: str
    menu: str
    text: str
    run: Callable[[Host], object]
    shortcut: str = ""
    when: str = ALWAYS
    tool: str = ""
    checked: Callable[[Host], bool] | None = None
    tip: str = ""
    after: bool = False
    icon: str = ""


COMMANDS: tuple[Command, ...] = (
    Command("new", FILE, "새 대장…", books.new_book, "Ctrl+N"),
    Command("open", FILE, "대장 열기…", books.choose_book, "Ctrl+O"),
    Command("import", FILE, "가져오기…", importing.choose_import, "Ctrl+I", tool="가져오기", after=True,
            icon="download-2-line"),
    Command("import-folder", FILE, "폴더 가져오기…", import_folder.choose_folder, "", BOOK),
    Command("pdf", FILE, "PDF로 내보내기…", exporting.choose_pdf, "Ctrl+E", BOOK, "PDF로", icon="file-pdf-line"),
    Command("excel", FILE, "엑셀로 내보내기…", exporting.choose_workbook, "", BOOK, "엑셀로", icon="file-excel-2-line"),
    Command("summary", FILE, "총괄·세부·변경 현황표 내보내기…", exporting.choose_summary, "", BOOK),
    Command("print", FILE, "인쇄…", printing.print_cards, "Ctrl+P", BOOK, "인쇄", icon="printer-line"),
    Command(
        "originals", FILE, "그림 원본도 보관", books.toggle_originals, "", BOOK,
        checked=lambda host: host.backend.keeps_originals(), after=True,
        tip="앞으로 넣거나 가져오는 그림을 인쇄용으로 줄이기 전의 원본도 대장에 둡니다.",
    ),
    Command("restore", FILE, "백업에서 되살리기…", backups.restore, "", BOOK),
    Command("save", FILE, "지금 저장", lambda host: host.save(), "Ctrl+S", BOOK),
    Command("close", FILE, "대장 닫기", lambda host: host.close_book(), "", BOOK),
    Command("quit", FILE, "끝내기", lambda host: host.quit(), "Ctrl+Q"),
    Command("undo", EDIT, "되돌리기", lambda host: host.undo(), "Ctrl+Z", CARD, "되돌리기",
            icon="arrow-go-back-line"),
    Command("redo", EDIT, "다시 하기", lambda host: host.redo(), "Ctrl+Y", CARD, "다시 하기",
            icon="arrow-go-forward-line"),
    Command(
        "paste-import", EDIT, "복사한 표 가져오기…", importing.paste_import, "Ctrl+Shift+V", after=True,
        tip="엑셀에서 복사한 표를 가져오기와 같은 차례로 담습니다. 공약 이름이 없는 표는 열린 공약의 것으로 봅니다.",
    ),
    Command("history", EDIT, "지난 판…", history.show_history, "Ctrl+Shift+H", CARD),
    Command("undo-import", EDIT, "가져오기 되돌리기…", importing.undo_import, "", BOOK),
    Command(
        "preview", VIEW, "미리보기", lambda host: host.toggle_preview(), "F9", BOOK, "미리보기",
        icon="layout-right-line",
        checked=lambda host: host.preview_shown(),
    ),
    Command("tab+", VIEW, "다음 탭", lambda host: host.turn_tab(1), "Ctrl+Tab", CARD),
    Command("tab-", VIEW, "앞 탭", lambda host: host.turn_tab(-1), "Ctrl+Shift+Tab", CARD),
    *(
        Command(f"tab{number}", "", f"{number}번째 탭", partial(lambda host, at: host.to_tab(at), at=number - 1),
                f"Alt+{number}", CARD)
        for number in range(1, 10)
    ),
    Command("pane+", "", "다음 구역(찾기·목록·카드·미리보기)", lambda host: host.next_pane(1), "F6", BOOK),
    Command("pane-", "", "앞 구역", lambda host: host.next_pane(-1), "Shift+F6", BOOK),
    Command("add", PLEDGE, "공약 추가…", pledges.add_pledge, "Ctrl+Shift+N", BOOK),
    Command("field", PLEDGE, "분야 정하기…", pledges.choose_field, "", CARD),
    Command("duplicate", PLEDGE, "복제…", pledges.duplicate, "", CARD),
    Command("up", PLEDGE, "목록에서 위로", lambda host: pledges.move(host, -1), "Ctrl+Shift+Up", CARD),
    Command("down", PLEDGE, "목록에서 아래로", lambda host: pledges.move(host, 1), "Ctrl+Shift+Down", CARD),
    Command("delete", PLEDGE, "휴지통으로…", pledges.delete, "", CARD, after=True),
    Command("bin", PLEDGE, "휴지통…", pledges.show_bin, "", BOOK),
    Command("find", PLEDGE, "공약 찾기", lambda host: host.find_pledge(), "Ctrl+K", BOOK, after=True),
    Command("next", PLEDGE, "다음 공약", lambda host: host.step_pledge(1), "Ctrl+PgDown", BOOK),
    Command("previous", PLEDGE, "앞 공약", lambda host: host.step_pledge(-1), "Ctrl+PgUp", BOOK),
    Command("roll", PERIOD, "다음 기간으로 이월…", periods.roll, "", BOOK, "이월", icon="share-forward-line"),
    Command("add-period", PERIOD, "빈 보고기간 추가…", periods.add_period, "", BOOK),
    Command("freeze", PERIOD, "제출본 확정…", periods.freeze, "", BOOK, after=True),
    Command("unfreeze", PERIOD, "확정 풀기…", periods.unfreeze, "", BOOK),
    Command("help", HELP, "도움말", lambda host: show_help(host), "F1"),
)  # fmt: skip
TOOLBAR = (("import", "pdf", "excel", "print"), ("roll",), ("undo", "redo"), ("preview",))
"""Keys in the toolbar: groups at the left, the last one at the right after the period."""


def show_help(host: Host) -> None:
    """The help, with the list of all keys."""
    help_page.show(host.widget, shortcuts())


def shortcuts() -> list[tuple[str, str]]:
    """(keys, what they do) of every command that has some, in the order of the menus."""
    return [(command.shortcut, command.text.rstrip("…")) for command in COMMANDS if command.shortcut]
