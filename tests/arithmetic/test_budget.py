from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from govtracker.arithmetic.budget import MoneyTable, grand_total, lines, total_place
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form
from govtracker.model.card import Amount, Budget, BudgetItem, Card, Period, Pledge
from govtracker.model.dates import Months, year_months
from govtracker.model.figure import BLANK, DASH, Figure, parse_figure, scaled, value
from govtracker.model.place import Place
from tests.support.random_cards import printed

FIRST, AFTER = Months("2022-07", "2022-12"), Months("2026-07", None)
MILLION = 1_000_000


def amount(source: str, span: Months, typed: str, measure: str = "planned", unit: int = MILLION) -> Amount:
    return Amount(0, source, span, measure, scaled(parse_figure(typed), unit))


def card_of(setting: Setting, budget: Budget) -> Card:
    return Card(
        Pledge("공약", "6-2"), Period("2023년 하반기", setting.as_of), "gwanak", (("budget", budget),)
    )


def planned(form: Form, setting: Setting, *amounts: Amount) -> dict[tuple[str, str], Figure]:
    """Figures of the planned table: by source ("" for the total row) and the column's last label."""
    block = next(b for b in form.block if b.kind == "money" and b.measure == "planned")
    table = MoneyTable(form, block, card_of(setting, Budget(MILLION, (BudgetItem(),), amounts)), setting)
    return {
        (row.source if row else "", leaf.head[-1]): table.sums.figure(row, leaf, leaf.measure or "planned")
        for row in (None, *table.rows)
        for leaf in table.leaves
        if not leaf.column.field
    }


def test_sums_go_across_and_down_and_meet_in_the_total(gwanak: Form, setting: Setting) -> None:
    found = planned(
        gwanak, setting,
        amount("national", FIRST, "100"), amount("national", year_months(2023), "1,185"), amount("national", AFTER, "15"),
        amount("district", year_months(2023), "0.5"),
    )  # fmt: skip
    assert found["national", "소 계"] == value(1285)
    assert found["national", "계"] == value(1300)
    assert found["", "2023"] == value("1185.5")
    assert found["", "계"] == value("1300.5")
    assert found["other", "계"] == BLANK


def test_blank_dash_and_zero_stay_apart_in_sums(gwanak: Form, setting: Setting) -> None:
    found = planned(
        gwanak, setting,
        amount("national", FIRST, "-"), amount("metropolitan", FIRST, "0"), amount("district", FIRST, "-"), amount("district", AFTER, "0"),
    )  # fmt: skip
    assert found["national", "계"] == DASH
    assert found["metropolitan", "계"] == value(0)
    assert found["district", "소 계"] == DASH
    assert found["district", "계"] == value(0)
    assert found["other", "2022"] == BLANK
    assert found["", "2022"] == value(0)
    assert found["", "2023"] == BLANK


def test_text_stands_outside_of_sums(gwanak: Form, setting: Setting) -> None:
    found = planned(
        gwanak, setting, amount("national", FIRST, "미정"), amount("national", year_months(2023), "5")
    )
    assert found["national", "2022"].printed() == "미정"
    assert found["national", "계"] == value(5)


def test_money_finer_than_the_unit_is_exact(gwanak: Form, setting: Setting) -> None:
    found = planned(
        gwanak, setting, amount("national", FIRST, "225,500", unit=1_000), amount("other", FIRST, "1", unit=1)
    )
    assert found["national", "2022"].printed() == "225.5"
    assert found["", "계"].printed() == "225.500001"


def test_amounts_outside_the_columns_or_of_the_other_measure_are_not_shown(
    gwanak: Form, setting: Setting
) -> None:
    found = planned(
        gwanak, setting, amount("national", year_months(2020), "7"), amount("national", FIRST, "9", "executed")
    )  # fmt: skip
    assert set(found.values()) == {BLANK}


def test_every_total_is_the_sum_of_its_rows(gwanak: Form, setting: Setting) -> None:
    blocks = [b for b in gwanak.block if b.kind == "money"]

    @given(printed(gwanak, "budget", setting))
    def check(budget: Budget) -> None:
        for block in blocks:
            table = MoneyTable(gwanak, block, card_of(setting, budget), setting)
            whole = next(leaf for leaf in table.leaves if leaf.key == "all")
            own = [
                a.figure.value
                for a in budget.amounts
                if a.measure == block.measure and a.figure.value is not None
            ]
            shown = table.sums.figure(None, whole, block.measure)
            assert shown.value == (sum(own, Decimal(0)) / MILLION if own else None)
            assert shown == grand_total(gwanak, card_of(setting, budget), setting, block.measure)

    check()


def test_grand_total_of_one_source_and_the_cell_that_shows_it(gwanak: Form, setting: Setting) -> None:
    budget = Budget(MILLION, (BudgetItem(),), (amount("national", FIRST, "3"), amount("other", FIRST, "4")))
    card = card_of(setting, budget)
    assert grand_total(gwanak, card, setting, "planned") == value(7)
    assert grand_total(gwanak, card, setting, "planned", "national") == value(3)
    assert grand_total(gwanak, card, setting, "planned", "district") == BLANK
    assert grand_total(gwanak, card, setting, "secured") == BLANK
    places = {total_place(gwanak, card, setting, "planned", source) for source in ("", "national", "other")}
    assert places == {
        Place("budget", item, source, None, "planned", "all")
        for item, source in (("", ""), (budget.items[0].id, "national"), (budget.items[0].id, "other"))
    }
    assert total_place(gwanak, card, setting, "secured", "") is None


def test_card_without_a_budget_has_the_forms_rows_and_no_figures(gwanak: Form, setting: Setting) -> None:
    card = Card(Pledge("공약"), Period("기간", setting.as_of), "gwanak")
    block = next(b for b in gwanak.block if b.kind == "money")
    table = MoneyTable(gwanak, block, card, setting)
    assert [row.label for row in table.rows] == ["국 비", "시 비", "구 비", "기 타"]
    assert grand_total(gwanak, card, setting, "planned") == BLANK


@pytest.mark.parametrize("used", [("city",), ("province", "city"), ()])
def test_items_list_only_their_own_sources(used: tuple[str, ...]) -> None:
    hard = loader.load(Path(__file__).parents[1] / "forms" / "everything" / "everything.toml")
    block = next(b for b in hard.block if b.section == "works")
    amounts = tuple(Amount(1, source, FIRST, "planned", value(1)) for source in reversed(used))
    found = lines(
        hard.section_def("works"), block, Budget(MILLION, (BudgetItem("가"), BudgetItem("나")), amounts)
    )
    assert [(row.item_name, row.source) for row in found] == [
        ("가", "province"), *(("나", source) for source in used or ("province",)),
    ]  # fmt: skip


def test_a_grand_total_is_that_of_the_printed_table(gwanak: Form, setting: Setting) -> None:
    """Money of before the term has no column in the form: neither the table nor the header counts it."""
    before = Amount(0, "national", Months(None, "2022-06"), "planned", value(100_000_000))
    within = Amount(0, "national", Months("2022-07", "2022-12"), "planned", value(5_000_000))
    card = card_of(setting, Budget(1_000_000, (BudgetItem(),), (before, within)))
    assert grand_total(gwanak, card, setting, "planned") == value(5)
