"""What slips between two events (a dialog, a loading card, a button, closing) is still the right card's, and kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from govtracker.app import Program
from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.sections import SectionChange, load_cards, save_sections
from govtracker.jobs import demo
from govtracker.model.card import Card, Outline, Part, Section, pictures_of
from govtracker.model.content import Line, Picture, Run, Table
from govtracker.session.state import CardItem
from govtracker.ui.tasks import importing
from govtracker.ui.tasks.new_pledge import NewPledge
from govtracker.ui.wizard.wizard import ImportWizard

from .conftest import CTRL, NO, Hand, taking_everything
from .test_window import when

Key = Qt.Key


class Slow(Program):
    """A program that takes its time to read a card and to save it."""

    wait = 0.0

    def read(self, card: str) -> tuple[CardItem, Card]:
        time.sleep(self.wait)
        return super().read(card)

    def save(self, card: str, sections: Mapping[str, Section]) -> tuple[str, CardItem]:
        time.sleep(self.wait)
        return super().save(card, sections)


@pytest.fixture
def slow(hands: Callable[..., Hand], book: Path) -> Hand:
    hand = hands(Slow()).open(book).go("6-2")
    hand.window.backend.wait = 0.3
    return hand


def stored(book: Path) -> dict[str, Card]:
    """The cards of a closed book by number."""
    with Book.open(book) as opened:
        entries = list_cards(opened)
        return {e.pledge.number: card for e, card in zip(entries, load_cards(opened, entries), strict=True)}


def click(button: QToolButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, NO)


def tool(panel, tip: str) -> QToolButton:
    """A button of a panel by its name."""
    return next(each for each in panel.findChildren(QToolButton) if each.accessibleName() == tip)


def pick(monkeypatch: pytest.MonkeyPatch, picture: Path) -> None:
    """The file dialog, behind which whatever is on its way arrives."""

    def answer(*_: object) -> tuple[str, str]:
        loop = QEventLoop()
        QTimer.singleShot(600, loop.quit)
        loop.exec()
        return str(picture), ""

    monkeypatch.setattr("govtracker.ui.editors.outline.panel.QFileDialog.getOpenFileName", answer)


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize(("section", "kind"), [("participation", "entry"), ("situation", "part")])
def test_a_picture_never_lands_in_the_card_that_came_up_meanwhile(
    slow, book, tmp_path, monkeypatch, message, section, kind
):
    hand = slow
    editor = hand.tab(section)
    if kind == "entry":
        hand.cell(editor.panel.grid, 0, 0)
        panel = editor.texts["details"]
    else:
        panel = editor.panels[0]
    hand.line(panel.edit, 0)
    Image.new("RGB", (300, 200), "navy").save(tmp_path / "사진.png")
    pick(monkeypatch, tmp_path / "사진.png")
    seen = message()
    before = {number: pictures_of(card) for number, card in stored_by(hand).items()}
    hand.window.step_pledge(-1)
    hand.tool("그림 넣기")
    hand.rest()
    hand.window.view.commit()
    assert "다른 카드" in seen[0]
    hand.close()
    assert {number: pictures_of(card) for number, card in stored(book).items()} == before


def stored_by(hand: Hand) -> dict[str, Card]:
    """The cards by number, read by the window's own program."""
    program = hand.window.backend
    return {item.pledge.number: Program.read(program, item.id)[1] for item in hand.window.session.cards}


def test_a_picture_lands_where_the_cursor_was_while_a_save_went_on(slow, book, tmp_path, monkeypatch):
    hand = slow
    panel = hand.tab("situation").panels[0]
    before = len(pictures_of(hand.card))
    hand.line(panel.edit, 0).type("!")
    Image.new("RGB", (300, 200), "navy").save(tmp_path / "사진.png")
    pick(monkeypatch, tmp_path / "사진.png")
    hand.press(Key.Key_S, CTRL)
    hand.tool("그림 넣기")
    hand.close()
    card = stored(book)["6-2"]
    items = card.section("situation").parts[0].items
    assert isinstance(items[0], Line)
    assert items[0].text.endswith("!")
    assert isinstance(items[1], Picture)
    assert len(pictures_of(card)) == before + 1


def change_section(book: Path, number: str, key: str, section: Section) -> None:
    """Another section in a card of a closed book."""
    with Book.open(book) as opened:
        card = next(entry.card for entry in list_cards(opened) if entry.pledge.number == number)
        save_sections(opened, [SectionChange(card, key, section)])


def test_pictures_joined_on_one_line_are_both_kept(hands, book):
    shas = sorted({p for card in stored(book).values() for p in pictures_of(card)})
    one, other = shas[0], shas[-1]
    items = (
        Line(0, "○", (Run("앞줄"),)),
        Picture(one, 60.0, 40.0),
        Picture(other, 60.0, 40.0, "둘째"),
        Line(0, "○", (Run("뒷줄"),)),
    )
    change_section(book, "6-2", "situation", Outline((Part(label="현황", items=items),)))
    hand = hands().open(book).go("6-2")
    panel = next(p for p in hand.tab("situation").panels if p.part.items)
    for at in (3, 2, 1):  # the last line, then each picture, to the line before
        hand.line(panel.edit, at).press(Key.Key_Home).press(Key.Key_Backspace)
        if at == 3:  # the first takes the mark away
            hand.press(Key.Key_Backspace)
    card = hand.card
    hand.close()
    (part,) = (part for part in stored(book)["6-2"].section("situation").parts if part.items)
    assert [item.sha for item in part.items if isinstance(item, Picture)] == [one, other]
    words = [item.text if isinstance(item, Line) else item.caption for item in part.items]
    assert words == ["앞줄", "", "둘째뒷줄"]
    assert stored(book)["6-2"] == card


# ---------------------------------------------------------------- pledges


def test_a_taken_number_is_refused_and_asked_again(hand, message, qapp):
    before, opened = stored_by(hand), hand.opened
    seen = message()
    tries: list[str] = []

    def second(box: NewPledge) -> None:
        tries.append(f"{box.number.text()} {box.title.text()}")
        hand.into(box.number).press(Key.Key_A, CTRL).type("77-1")
        box.ok.click()

    def first(box: NewPledge) -> None:
        hand.into(box.number).type("1-1").into(box.title).type("새 공약")
        again(seen, second)
        box.ok.click()

    when(NewPledge, first)
    hand.window.menus.actions["add"].trigger()
    hand.rest()
    assert "이미" in seen[0]
    assert tries == ["1-1 새 공약"], "what was typed is still there"
    assert hand.card.pledge.number == "77-1"
    assert hand.opened != opened
    after = stored_by(hand)
    assert after.pop("77-1").pledge.title == "새 공약"
    assert after == before


def again(seen: list[str], act: Callable[[NewPledge], None]) -> None:
    """Does something when the dialog is up again after a message."""

    def look() -> None:
        now = QApplication.activeModalWidget()
        if isinstance(now, NewPledge) and seen:
            act(now)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_a_taken_title_without_a_number_is_refused(hand, message):
    def fill(title: str) -> Callable[[NewPledge], None]:
        def act(box: NewPledge) -> None:
            hand.into(box.title).type(title)
            box.ok.click()

        return act

    when(NewPledge, fill("번호 없는 공약"))
    hand.window.menus.actions["add"].trigger()
    hand.rest()
    count, opened = len(hand.items), hand.opened
    seen = message()

    def leave(box: NewPledge) -> None:
        again(seen, lambda back: back.reject())
        fill("번호 없는 공약")(box)

    when(NewPledge, leave)
    hand.window.menus.actions["add"].trigger()
    hand.rest()
    assert "이미" in seen[0]
    assert (len(hand.items), hand.opened) == (count, opened)


def test_the_window_stays_where_a_name_was_refused_while_closing(slow, message):
    hand = slow
    seen = message()
    hand.into(hand.window.view.head.number).press(Key.Key_A, CTRL).type("1-1")
    hand.window.close()
    hand.until(lambda: bool(seen))
    assert hand.window.isVisible()
    assert "이미" in seen[0]
    assert hand.card.pledge.number == "6-2"
    hand.close()


# ---------------------------------------------------------------- cells


def test_a_cell_that_is_typed_into_outlives_the_outlines_tools(hand, reopened):
    """The tools do nothing while no outline is typed into."""
    editor = hand.tab("timeline")
    hand.line(editor.texts["details"].edit, 0)
    hand.cell(editor.panel.grid, 0, 1).type("고친 제목")
    assert not hand.window.view.bar.isEnabled()
    hand.tool("표 넣기")
    card = reopened()
    assert card.section("timeline").entries[0].title == "고친 제목"
    assert not any(isinstance(item, Table) for item in card.section("timeline").entries[0].details)


def test_a_cell_that_is_typed_into_outlives_a_change_of_another_section(hand, reopened):
    """Both sections on one tab, so that the one is shown anew when the other tells a change."""
    people, summary = hand.tab("people"), hand.window.view.editors["summary"]
    hand.cell(people.panel.grid, 0, 2).type("아무개")
    hand.line(summary.panels[0].edit, 0).tool("표 넣기")
    card = reopened()
    assert card.section("people").persons[0].name == "아무개"
    assert any(isinstance(item, Table) for item in card.section("summary").parts[0].items)


def test_an_open_cell_goes_with_its_row(hand, reopened):
    editor = hand.tab("timeline")
    before = hand.card.section("timeline").entries
    hand.cell(editor.panel.grid, 1, 1).type("옮긴 제목")
    click(tool(editor.panel, "위로 (Alt+위)"))
    entries = reopened().section("timeline").entries
    assert entries[0].title == "옮긴 제목"
    assert [e.title for e in entries[1:]] == [before[0].title, *(e.title for e in before[2:])]


def test_undo_with_an_open_cell_takes_back_what_is_typed_in_it(hand):
    editor = hand.tab("people")
    before = hand.card
    hand.cell(editor.panel.grid, 0, 2).type("아무개").press(Key.Key_Z, CTRL)
    hand.window.view.commit()
    assert hand.card.section("people") == before.section("people")


# ---------------------------------------------------------------- importing


def test_what_is_typed_right_after_an_import_joins_what_came_in(hands, book):
    """A section that the import filled is shown before anything can be typed over it."""
    was = stored(book)["6-2"].section("summary")
    change_section(book, "6-2", "summary", Outline())
    hand = hands(Slow()).open(book).go("6-2")
    hand.tab("summary")
    hand.window.backend.wait = 0.3
    when(ImportWizard, taking_everything)
    importing.import_file(hand.window, demo.sample_workbooks()[0].file)
    hand.into(hand.tab("summary").panels[0].edit).press(Key.Key_End, CTRL).type("덧붙임")
    hand.close()
    items = stored(book)["6-2"].section("summary").parts[0].items
    assert items[:-1] == was.parts[0].items[:-1]
    assert items[-1].text == was.parts[0].items[-1].text + "덧붙임"


# ---------------------------------------------------------------- closing


def test_keys_typed_while_closing_saves_are_saved(slow, book):
    hand = slow
    field = hand.tab("facts").entries["span"]
    hand.into(field).press(Key.Key_End).type("하나")
    QTimer.singleShot(100, lambda: hand.type("둘"))
    hand.close()
    assert stored(book)["6-2"].section("facts").get("span").text.endswith("하나둘")


def test_closing_twice_closes_once(slow, book, recwarn):
    hand = slow
    field = hand.tab("facts").entries["span"]
    hand.into(field).press(Key.Key_End).type("하나")
    QTimer.singleShot(100, hand.window.close)
    hand.window.close()
    hand.until(lambda: not hand.window.isVisible())
    assert stored(book)["6-2"].section("facts").get("span").text.endswith("하나")


def test_a_save_of_another_card_does_not_stop_the_timer(slow, book):
    """Typed while an older save is on its way, and then nothing more is done: it is saved by itself."""
    hand = slow
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type("하나")
    hand.press(Key.Key_PageUp, CTRL)
    number = hand.window.session.item(hand.window.session.card).pledge.number
    hand.until(lambda: hand.window.session.asked is None)
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type("둘")
    hand.until(lambda: hand.window.session.nothing_unsaved, 6000)
    cards = stored_by(hand)
    assert cards["6-2"].section("facts").get("span").text.endswith("하나")
    assert cards[number].section("facts").get("span").text.endswith("둘")


def test_a_free_part_keeps_what_is_typed_when_it_moves(hand, reopened):
    editor = hand.tab("situation")
    click(tool(editor.add, "새 묶음 추가"))
    panel = editor.panels[-1]
    hand.into(panel.label).type("새 묶음")
    hand.into(panel.edit).type("새 글")
    click(tool(panel, "묶음을 위로"))
    parts = reopened().section("situation").parts
    moved = next(part for part in parts if part.label == "새 묶음")
    assert [item.text for item in moved.items] == ["새 글"]
