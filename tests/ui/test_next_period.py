"""The next period in the window: rolled by keys, looked at tab by tab, plans made results, submitted and opened again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit, QToolButton

from govtracker.ui.editors.outline.edit import OutlineEdit
from govtracker.ui.grid.view import GridView
from govtracker.ui.tasks import periods
from govtracker.ui.tasks.period_dialogs import Freeze, NextPeriod, Plans, Unfreeze

from .conftest import ALT, CTRL, Hand
from .test_window import when

Key = Qt.Key


def rolled(hand: Hand) -> Hand:
    seen: list[tuple[str, object]] = []

    def go(dialog: NextPeriod) -> None:
        seen.append((dialog.label.text(), dialog.day()))
        QTest.keyClick(dialog.label, Key.Key_Return)

    when(NextPeriod, go)
    periods.roll(hand.window)
    hand.rest()
    hand.rest()
    assert str(seen) == "[('2024년 상반기', datetime.date(2024, 6, 30))]"
    assert hand.window.session.chosen_period.label == "2024년 상반기"
    return hand


def test_the_next_period_opens_with_marks_that_go_when_it_is_looked_at(hand: Hand):
    old = hand.card
    rolled(hand).go("6-2")
    view = hand.window.view
    assert hand.card.section("facts") == old.section("facts")
    assert hand.card.section("next_steps").parts == ()
    hand.until(lambda: view.carried.isVisible())
    assert "사업 구분" in view.carried.text.text()
    assert not view.tabs.tabIcon(0).isNull()
    hand.into(view.carried.done).press(Key.Key_Return)
    hand.until(lambda: not view.carried.isVisible())
    assert view.tabs.tabIcon(0).isNull()
    hand.period("2023년 하반기")
    assert hand.card == old
    assert not view.carried.isVisible()


def test_typing_into_a_carried_section_takes_its_mark_away(hand: Hand):
    rolled(hand).go("6-2")
    view = hand.window.view
    hand.until(lambda: view.carried.isVisible())
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type("가")
    assert "사업 구분" not in view.carried.text.text()
    hand.window.save()
    hand.go("1-1").go("6-2")
    hand.until(lambda: view.carried.isVisible())
    assert "사업 구분" not in view.carried.text.text()


def test_plans_that_were_done_become_results_in_one_step(hand: Hand):
    plans = [item.text for item in hand.card.section("next_steps").parts[0].items if item.level == 0]
    rolled(hand).go("6-2")
    view = hand.window.view
    hand.tab("timeline")
    hand.until(lambda: view.carried.plan.isVisible())
    before = hand.card.section("timeline").entries

    def tick(dialog: Plans) -> None:
        assert dialog.list.count() == len(plans)
        assert not dialog.go.isEnabled()
        QTest.keyClick(dialog.list, Key.Key_Space)
        assert dialog.go.isEnabled()
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    when(Plans, tick)
    hand.into(view.carried.plan).press(Key.Key_Return)
    hand.rest()
    after = hand.card.section("timeline").entries
    assert after[:-1] == before
    assert after[-1].title in plans[0]
    hand.until(lambda: f"{len(plans) - 1}건" in view.carried.text.text() or len(plans) == 1)
    hand.into(hand.window.view.editors["timeline"].panel.grid).press(Key.Key_Z, CTRL)
    assert hand.card.section("timeline").entries == before
    hand.window.save()
    hand.until(lambda: f"{len(plans)}건" in view.carried.text.text())


def test_a_submitted_period_can_be_read_and_copied_and_not_typed_into(hand: Hand, qapp):
    when(Freeze, lambda dialog: QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton))
    periods.freeze(hand.window)
    hand.rest()
    assert hand.window.menus.frozen.isVisible()
    before = hand.card
    view = hand.window.view
    for at in range(view.tabs.count()):
        view.to_tab(at)
        for editor in view.editors.values():
            for _, field in editor.fields():
                if not field.isVisible():
                    continue
                if isinstance(field, GridView) and field.sheet_model.sheet.rows:
                    hand.into(field)
                    field.select(0, 0)
                    hand.type("x").press(Key.Key_Delete).press(Key.Key_Minus, CTRL).press(Key.Key_V, CTRL)
                elif isinstance(field, QTextEdit | QLineEdit):
                    hand.into(field).type("x")
    assert hand.card == before
    grid = hand.tab("people").panel.grid
    hand.into(grid)
    grid.select(0, 0)
    hand.press(Key.Key_C, CTRL)
    assert qapp.clipboard().text() == before.section("people").persons[0].department
    assert not grid.sheet_model.has_new

    def reason(dialog: Unfreeze) -> None:
        assert not dialog.go.isEnabled()
        QTest.keyClicks(dialog.reason, "typo")
        QTest.keyClick(dialog.reason, Key.Key_Return)

    when(Unfreeze, reason)
    periods.unfreeze(hand.window)
    hand.rest()
    hand.go("6-2")
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type("가")
    assert hand.card != before


def test_enter_in_the_freezing_dialog_submits_nothing(hand: Hand):
    when(Freeze, lambda dialog: QTest.keyClick(dialog, Key.Key_Return))
    periods.freeze(hand.window)
    hand.rest()
    assert not hand.window.session.chosen_period.frozen


def test_an_empty_period_can_be_added(hand: Hand):
    def go(dialog: NextPeriod) -> None:
        dialog.label.selectAll()
        QTest.keyClicks(dialog.label, "2024")
        QTest.keyClick(dialog.label, Key.Key_Return)

    when(NextPeriod, go)
    periods.add_period(hand.window)
    hand.rest()
    assert hand.window.session.chosen_period.label == "2024"
    assert hand.window.session.cards == ()


def frozen(hand: Hand) -> Hand:
    when(Freeze, lambda dialog: QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton))
    periods.freeze(hand.window)
    hand.rest()
    return hand


def test_every_card_of_a_submitted_period_is_read_only_in_every_field_and_key(hand: Hand):
    """Another card than the one that was open, with the keys that texts have of their own, and undo."""
    hand.into(hand.tab("facts").entries["span"]).press(Key.Key_End).type("가")
    hand.window.save()
    hand.tab("next_steps")
    frozen(hand)
    hand.press(Key.Key_Z, CTRL)
    for number in ("6-2", "1-1", "3-1"):
        hand.go(number)
        before, view = hand.card, hand.window.view
        for at in range(view.tabs.count()):
            view.to_tab(at)
            for edit in view.stack.currentWidget().findChildren(OutlineEdit):
                if edit.isVisible():
                    hand.into(edit).type("몰래").press(Key.Key_Return).press(Key.Key_Backspace)
                    hand.press(Key.Key_2, CTRL).press(Key.Key_Down, ALT).press(Key.Key_B, CTRL)
                    hand.press(Key.Key_V, CTRL)
                    edit.commit()
            for field in view.stack.currentWidget().findChildren(QLineEdit):
                assert field.isReadOnly() or not field.isVisible()
            buttons = view.stack.currentWidget().findChildren(QToolButton)
            assert [
                b.text() for b in buttons if b.isVisible() and b.isEnabled() and b.objectName() == "small"
            ] == []
            hand.press(Key.Key_Z, CTRL)
        assert hand.card == before
        assert hand.window.session.nothing_unsaved
    assert hand.window.flush()


def test_plans_of_a_submitted_card_can_not_be_taken(hand: Hand):
    frozen(rolled(hand))
    hand.go("6-2")
    hand.tab("timeline")
    QTest.qWait(100)
    hand.rest()
    assert not hand.window.view.carried.isVisible()
