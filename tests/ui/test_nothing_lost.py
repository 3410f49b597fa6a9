"""Showing a card changes nothing, and whatever it holds can be seen, whether or not the form knows it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from govtracker.app import Program
from govtracker.db.cards import list_cards
from govtracker.db.sections import load_card
from govtracker.forms import loader
from govtracker.jobs import books
from govtracker.model.card import Amount, BudgetItem, Event, Fact, Facts, Part, Timed
from govtracker.model.content import Line, Picture, Run, Table, TableCell
from govtracker.model.dates import Months, parse_term
from govtracker.model.figure import Figure, value
from govtracker.session.draft import Change, Draft
from govtracker.session.state import CardItem, Opened
from govtracker.ui.cards.card_view import CardView
from govtracker.ui.editors.base import context_of

from .conftest import Hand

TERM = parse_term("2022-07-01..2026-06-30")
NUMBERS = ("1-1", "1-2", "2-1", "3-1", "4-2", "5-1", "6-1", "6-2")
Key = Qt.Key


@pytest.fixture
def cards(book):
    program = Program()
    program.open(book)
    yield (
        program,
        {e.pledge.number: load_card(program.open_book, e) for e in list_cards(program.open_book)},
    )
    program.close()


def taken(view: CardView, change: Change) -> None:
    """The change is in the draft that the view shows."""
    view.show_card(replace(view.opened, draft=view.opened.draft.change(change, 0.0)), view.context)


def shown(qtbot, program, card) -> CardView:
    """A card view with every tab shown and everything committed."""
    view = CardView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    view.edited.connect(lambda _, change: taken(view, change))
    view.show_card(
        Opened(CardItem("", card.pledge), Draft(card)), context_of(program, TERM, card, lambda: True)
    )
    for at in range(view.tabs.count()):
        view.tabs.setCurrentIndex(at)
        view.commit()
    return view


def seen(view: CardView) -> str:
    """All text that the view's widgets show."""
    from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit

    from govtracker.ui.grid.view import GridView

    found = [w.text() for kind in (QLabel, QLineEdit) for w in view.findChildren(kind) if not w.isHidden()]
    found += [w.toPlainText() for kind in (QTextEdit, QPlainTextEdit) for w in view.findChildren(kind)]
    for grid in view.findChildren(GridView):
        sheet = grid.sheet_model.sheet
        found += sheet.heads
        found += [sheet.view(r, c).text for r in range(sheet.rows) for c in range(len(sheet.heads))]
    return "\n".join(found)


@pytest.mark.parametrize("number", NUMBERS)
def test_showing_changes_nothing(qtbot, cards, number):
    program, found = cards
    card = found[number]
    view = shown(qtbot, program, card)
    assert view.opened.draft.card == card
    assert not view.opened.draft.dirty
    for key, _ in card.sections:
        view.editors[key].set(card)
        view.editors[key].commit()
    assert view.opened.draft.card == card
    assert not view.opened.draft.done


def strange(card):
    """A card with things that the form doesn't know."""
    facts = card.section("facts")
    values = tuple(f for f in facts.values if f.key not in ("status", "central_help"))
    values += (
        Fact("status", chosen=("on_hold",)),
        Fact("central_help", chosen=("needed", "needed.system", "needed.other")),
        Fact("remark", "다른 서식의 비고"),
        Fact("kind_of_work", chosen=("own",)),
        Fact("unheard_of", "낯선 값"),
    )
    card = card.with_section("facts", Facts(values))
    people = card.section("people")
    persons = (replace(people.persons[0], rank="행정6급"), *people.persons[1:])
    card = card.with_section("people", replace(people, persons=persons))
    plan = card.section("situation")
    odd = (
        Line(0, "", (Run("- 표지 아닌 글"),)),
        Line(1, "○", (Run("  두  칸  "), Run("굵게", bold=True), Run("", bold=True))),
        Line(0, "", ()),
        Table(((TableCell("가 "), TableCell("나\n다")), (TableCell("합", colspan=2), None)), head_rows=0),
        Picture("0" * 64, 30.0, 20.0, "없는 그림"),
        Line(12, "①", (Run("깊은 줄"),)),
    )
    parts = (*plan.parts, Part("elsewhere", "다른 서식의 자리", odd), Part("situation", "둘째 현황", odd[:1]))
    card = card.with_section("situation", replace(plan, parts=parts))
    budget = card.section("budget")
    extra = (
        Amount(0, "private", Months("2023-01", "2023-12"), "planned", value(Decimal(111_000_000))),
        Amount(0, "national", Months("2019-01", "2019-12"), "planned", value(Decimal(222_000_000))),
        Amount(0, "national", Months("2023-01", "2023-12"), "secured", value(Decimal(333_000_000))),
        Amount(1, "national", Months("2023-01", "2023-12"), "planned", value(Decimal(444_000_000))),
        Amount(0, "other", Months("2018-01", "2018-12"), "planned", Figure("text", None, "얼마쯤")),
    )
    items = (*budget.items, BudgetItem("둘째 사업"))
    card = card.with_section("budget", replace(budget, items=items, amounts=(*budget.amounts, *extra)))
    indicators = card.section("indicators")
    row = indicators.rows[0]
    spans = (Timed(Months("2021-01", "2021-12"), value(987)), Timed(Months(None, "2020-12"), value(986)))
    first = replace(row, group="changed", targets=(*row.targets, *spans))
    card = card.with_section("indicators", replace(indicators, rows=(first, *indicators.rows[1:])))
    timeline = card.section("timeline")
    events = (Event("때 모름", "회의", "제목", heading=True), *timeline.entries)
    card = card.with_section("timeline", replace(timeline, entries=events))
    schedule = card.section("schedule")
    task = replace(schedule.tasks[0], quarters=("2019Q4", *schedule.tasks[0].quarters))
    return card.with_section("schedule", replace(schedule, tasks=(task, *schedule.tasks[1:])))


def test_what_the_form_does_not_know_is_shown_and_left_alone(qtbot, cards):
    program, found = cards
    card = strange(found["6-2"])
    view = shown(qtbot, program, card)
    assert view.opened.draft.card == card
    assert not view.opened.draft.done
    text = seen(view)
    for word in (
        "보류", "needed.other", "다른 서식의 비고", "자체", "낯선 값", "행정6급", "표지 아닌 글", "다른 서식의 자리",
        "둘째 현황", "깊은 줄", "111", "222", "333", "444", "얼마쯤", "둘째 사업", "987", "986", "changed", "회의",
        "2019 4/4",
    ):  # fmt: skip
        assert word in text, word


def test_editing_beside_strange_things_keeps_them(qtbot, cards):
    program, found = cards
    card = strange(found["6-2"])
    view = shown(qtbot, program, card)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    hand = Hand(qtbot, view)
    panels = view.editors["situation"].panels
    view.tabs.setCurrentIndex(1)
    for panel in panels[-2:]:
        hand.into(panel.edit).press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        hand.press(Key.Key_End).press(Key.Key_Return).type("새 줄")
    view.commit()
    was, now = card.section("situation").parts, view.opened.draft.card.section("situation").parts
    assert now[:-2] == was[:-2]
    kept = [item for item in now[-2].items if not (isinstance(item, Line) and item.text == "새 줄")]
    assert kept[0] == was[-2].items[0]
    assert [i for i in kept if not isinstance(i, Line)] == [
        i for i in was[-2].items if not isinstance(i, Line)
    ]
    assert kept[-1] == was[-2].items[-1]
    assert now[-1].label == "둘째 현황"
    view.tabs.setCurrentIndex(0)
    field = view.editors["facts"].entries["span"]
    hand.into(field).type("앞")
    facts, before = view.opened.draft.card.section("facts"), card.section("facts")
    assert [f for f in facts.values if f.key != "span"] == [f for f in before.values if f.key != "span"]


def test_a_new_empty_card_is_shown_and_unchanged(qtbot, cards):
    from govtracker.model.card import Pledge

    program, found = cards
    made = books.add_pledge(program.open_book, Pledge("빈 공약", "9-9"), next(iter(found.values())).period)
    card = program.read(made)[1]
    assert shown(qtbot, program, card).opened.draft.card == card


@pytest.mark.parametrize("key", loader.form_keys())
def test_every_form_shows_its_empty_card(qtbot, cards, key):
    from govtracker.model.card import KINDS, Card, Pledge

    program, found = cards
    form = loader.find(key)
    sections = tuple((section.key, KINDS[section.kind]()) for section in form.section)
    card = Card(Pledge("빈 공약", "9-9"), next(iter(found.values())).period, key, sections)
    view = shown(qtbot, program, card)
    assert view.opened.draft.card == card
    assert set(view.editors) == {section.key for section in form.section}
