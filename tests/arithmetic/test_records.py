from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from govtracker.arithmetic.records import RECORDS, RecordTable, parts, records
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Block, Form, Named
from govtracker.model.card import (
    KINDS,
    Card,
    Indicator,
    Indicators,
    Outline,
    Part,
    Period,
    Pledge,
    Schedule,
    Task,
    Timed,
)
from govtracker.model.content import line
from govtracker.model.dates import Months, quarter_months, year_months
from govtracker.model.figure import BLANK, DASH, Figure, parse_figure, value
from tests.support.random_cards import printed

FIRST = Months("2022-07", "2022-12")


def results_block(form: Form) -> Block:
    return next(block for block in form.block if block.footer)


def card_of(setting: Setting, **sections: object) -> Card:
    period = Period("2023년 하반기", setting.as_of)
    return Card(Pledge("공약", "6-2"), period, "gwanak", tuple(sections.items()))  # type: ignore[arg-type]


def indicator(weight: str, actual: str, **targets: str) -> Indicator:
    spans = {"first": FIRST, "y2023": year_months(2023), "y2024": year_months(2024)}
    timed = tuple(Timed(spans[key], parse_figure(text)) for key, text in targets.items())
    return Indicator("지표", weight=parse_figure(weight), actual=parse_figure(actual), targets=timed)


def results(form: Form, setting: Setting, *rows: Indicator) -> RecordTable:
    return RecordTable(form, results_block(form), card_of(setting, indicators=Indicators(rows)), setting)


def shown(table: RecordTable, key: str) -> list[Figure]:
    leaf = next(leaf for leaf in table.leaves if leaf.key == key)
    found = [table.shown(row, leaf) for row in table.rows]
    assert all(isinstance(figure, Figure) for figure in found)
    return found  # type: ignore[return-value]


def test_total_rate_is_weighted_from_unrounded_rates(gwanak: Form, setting: Setting) -> None:
    rows = [
        indicator(w, a, y2023=t)
        for w, t, a in (("30", "24", "16"), ("30", "9", "3"), ("20", "40", "18"), ("20", "16", "6"))
    ]
    table = results(gwanak, setting, *rows)
    assert [figure.printed() for figure in shown(table, "rate")] == ["66.7", "33.3", "45.0", "37.5"]
    assert table.footed(table.block.footer[0]).printed() == "46.5"


def test_total_rate_of_thirds_is_whole_where_rounded_rates_would_miss_it(
    gwanak: Form, setting: Setting
) -> None:
    table = results(gwanak, setting, *(indicator("33.3", "1", y2023="3") for _ in range(3)))
    assert table.footed(table.block.footer[0]).printed() == "33.3"
    assert (
        results(gwanak, setting, indicator("100", "2", y2023="3")).footed(table.block.footer[0]).printed()
        == "66.7"
    )


@pytest.mark.parametrize("target", ["", "-", "0", "미정"])
def test_no_rate_where_the_target_is_blank_or_zero(gwanak: Form, setting: Setting, target: str) -> None:
    table = results(gwanak, setting, indicator("50", "3", y2023=target), indicator("50", "1", y2023="2"))
    assert shown(table, "rate") == [BLANK, value("50.0")]
    assert table.footed(table.block.footer[0]).printed() == "25.0"
    alone = results(gwanak, setting, indicator("50", "3", y2023=target))
    assert alone.footed(alone.block.footer[0]) == BLANK


@pytest.mark.parametrize("actual", ["", "-", "진행 중"])
def test_no_rate_where_the_actual_is_no_number(gwanak: Form, setting: Setting, actual: str) -> None:
    assert shown(results(gwanak, setting, indicator("50", actual, y2023="4")), "rate") == [BLANK]


def test_rate_may_pass_a_hundred_and_zero_is_a_rate(gwanak: Form, setting: Setting) -> None:
    table = results(gwanak, setting, indicator("50", "30", y2023="20"), indicator("50", "0", y2023="20"))
    assert [figure.printed() for figure in shown(table, "rate")] == ["150.0", "0.0"]


def test_target_is_the_sum_of_the_terms_years_also_of_hidden_ones(gwanak: Form, setting: Setting) -> None:
    row = indicator("100", "3", first="1", y2023="2.5", y2024="-")
    outside = replace(
        row,
        targets=(
            *row.targets,
            Timed(quarter_months(2023, 1), value(99)),
            Timed(year_months(2021), value(99)),
        ),
    )
    assert shown(results(gwanak, setting, outside), "target") == [value("3.5")]
    assert shown(results(gwanak, setting, indicator("100", "", y2023="-")), "target") == [DASH]
    assert shown(results(gwanak, setting, indicator("100", "")), "target") == [BLANK]


def test_quarters_are_shaded_where_the_task_runs(gwanak: Form, setting: Setting) -> None:
    block = next(b for b in gwanak.block if b.section == "schedule")
    card = card_of(setting, schedule=Schedule((Task("과제", ("2022Q3", "2023Q1")),)))
    table = RecordTable(gwanak, block, card, setting)
    shaded = [
        leaf.span
        for leaf in table.leaves
        if leaf.column.field == "quarter" and table.shown(table.rows[0], leaf)
    ]
    assert shaded == [quarter_months(2022, 3), quarter_months(2023, 1)]


def test_records_come_in_the_order_of_the_forms_groups(gwanak: Form, setting: Setting) -> None:
    grouped = replace(
        gwanak,
        section=tuple(
            replace(s, groups=(Named("original", "당초"), Named("changed", "변경")))
            if s.key == "indicators"
            else s
            for s in gwanak.section
        ),
    )
    rows = tuple(
        Indicator(name, group=group)
        for name, group in (("가", "changed"), ("나", "original"), ("다", ""), ("라", "changed"))
    )
    _, found = records(grouped, card_of(setting, indicators=Indicators(rows)), results_block(grouped))
    assert [row.name for row in found] == ["나", "가", "라", "다"]


def test_named_slots_come_in_the_forms_order_and_free_parts_follow(gwanak: Form, setting: Setting) -> None:
    goal, free = Part("goal", "옛 이름", (line("○ 가"),)), Part("", "따로", (line("○ 나"),))
    card = card_of(setting, situation=Outline((free, goal)))
    _, found = parts(gwanak, card, "situation")
    assert [(part.slot, part.label, heading) for part, heading in found] == [
        ("situation", "현 황", "□"), ("goal", "정책목표", "□"), ("participation", "주민참여", "【 】"), ("", "따로", ""),
    ]  # fmt: skip
    assert found[1][0].id == goal.id


def test_card_without_its_sections_has_empty_tables(gwanak: Form, setting: Setting) -> None:
    for block in gwanak.block:
        if block.kind == "table":
            assert RecordTable(gwanak, block, card_of(setting), setting).rows == []


def test_every_kind_with_records_has_its_reader() -> None:
    assert set(RECORDS) == set(KINDS) - {"facts", "outline", "budget", "counts"}
    for kind, (empty, attribute, _) in RECORDS.items():
        assert type(empty) is KINDS[kind]
        assert getattr(empty, attribute) == ()


def test_cells_of_a_table_have_places_of_their_own(gwanak: Form, setting: Setting) -> None:
    @given(printed(gwanak, "indicators", setting))
    def check(section: Indicators) -> None:
        card = card_of(setting, indicators=section)
        tables = [RecordTable(gwanak, b, card, setting) for b in gwanak.block if b.section == "indicators"]
        for table in tables:
            found = [table.place(row, leaf) for row in table.rows for leaf in table.leaves]
            assert len(found) == len(set(found))

    check()
