"""The summaries of 24 pledges that a reader can check by eye, and that no table ever loses a card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.arithmetic import overview
from govtracker.arithmetic.finances import Money, has_money
from govtracker.arithmetic.summary import Entry, Summary, entry, finance, own_words, ratio, summarise
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.measures import EXECUTED, SECURED
from govtracker.forms.options import option_key
from govtracker.forms.schema import COST, Form, Overview
from govtracker.forms.summary import GROUPS
from govtracker.model.card import (
    Amount,
    Budget,
    BudgetItem,
    Card,
    Change,
    Changes,
    Fact,
    Facts,
    People,
    Period,
    Person,
    Pledge,
    Section,
)
from govtracker.model.dates import Months, Term, year_months
from govtracker.model.figure import BLANK, Figure, parse_figure, value
from tests.forms.everything.card import FORM as HARD_FILE
from tests.forms.everything.card import SETTING as HARD_SETTING
from tests.support.random_cards import cards
from tests.support.summaries import reference

GWANAK, HARD = loader.find("gwanak"), loader.load(HARD_FILE)
SETTING = Setting(Term(date(2022, 7, 1), date(2026, 6, 30)), date(2023, 12, 31))


def card(*sections: tuple[str, Section], form: Form = GWANAK, field: str = "") -> Card:
    return Card(Pledge("공약", "1-1", field), Period("기간", SETTING.as_of), form.key, sections)


def facts(*values: Fact) -> tuple[str, Section]:
    return "facts", Facts(values)


# ------------------------------------------------------------------------ the reference's 24 pledges


def test_counts_by_field_are_those_of_the_reference() -> None:
    table = summarise(reference()).fields
    assert table.columns == ("done", "done_continued", "on_track", "behind", "on_hold", "dropped")
    assert [(row.label, row.count, *row.counts) for row in table.rows] == [
        ("소통·행정", 5, 2, 2, 1, 0, 0, 0),
        ("경제·일자리", 4, 1, 1, 1, 1, 0, 0),
        ("복지·보건", 6, 1, 3, 2, 0, 0, 0),
        ("교육·문화", 4, 1, 2, 1, 0, 0, 0),
        ("도시·환경·안전", 5, 1, 1, 2, 0, 1, 0),
    ]
    assert (table.total.count, *table.total.counts) == (24, 6, 9, 7, 1, 1, 0)
    assert [str(table.share(row)) for row in table.rows] == ["20.8", "16.7", "25.0", "16.7", "20.8"]
    assert [str(ratio(count, 24)) for count in table.total.counts] == [
        "25.0",
        "37.5",
        "29.2",
        "4.2",
        "4.2",
        "0.0",
    ]


def test_kinds_are_those_of_the_reference() -> None:
    assert [(kind.key, kind.counts) for kind in summarise(reference()).kinds] == [
        ("nature", (("new", 9), ("continuing", 15))),
        ("completion", (("within", 20), ("after", 4))),
        ("finance", (("money", 19), ("no_money", 5))),
    ]


def test_money_and_rates_are_those_of_the_reference() -> None:
    table = summarise(reference()).finance
    assert table.columns == ("national", "regional", "local", "private", "other")
    assert [table.all(key) for key in (COST, SECURED, EXECUTED)] == [
        value(186_420_000_000), value(147_755_000_000), value(125_028_000_000),
    ]  # fmt: skip
    assert str(table.execution_rate()) == "84.6"
    assert [str(table.execution_rate(at)) for at in range(5)] == ["90.0", "84.3", "83.5", "75.3", "76.4"]


def test_groups_hold_every_pledge_and_changes_are_listed_in_order() -> None:
    found = summarise(reference())
    assert [each.number for group in found.groups for each in group.entries] == [
        e.number for e in reference()
    ]
    assert [group.tally for group in found.groups] == list(found.fields.rows)
    assert [changed.number for changed in found.changes] == ["1-4", "3-3", "5-1"]


# ------------------------------------------------------------------------ what is missing, spelled otherwise, zero


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 16, "6.3"),
        (3, 16, "18.8"),
        (1, 80, "1.3"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (0, 5, "0.0"),
        (5, 5, "100.0"),
    ],
)
def test_ratios_are_rounded_half_up(part: int, whole: int, expected: str) -> None:
    assert str(ratio(part, whole)) == expected
    assert ratio(0, 0) is None


def test_what_has_no_value_is_counted_apart_and_only_then() -> None:
    found = summarise(
        [Entry(), Entry(status="done", field="복지", department="과", nature="new", completion="after")]
    )
    assert found.fields.columns[-1] == ""
    assert found.fields.columns == found.departments.columns
    assert [(row.label, row.count) for row in found.fields.rows] == [("복지", 1), ("", 1)]
    assert found.fields.total.counts == (1, 0, 0, 0, 0, 0, 1)
    assert [kind.counts[-1] for kind in found.kinds] == [("", 1), ("", 1), ("no_money", 2)]
    assert "" not in summarise(reference()).fields.columns


def test_spacing_variants_of_a_field_are_one() -> None:
    table = summarise([Entry(field="복지 보건"), Entry(field="복지보건"), Entry(field="교육")]).fields
    assert [(row.label, row.count) for row in table.rows] == [("복지 보건", 2), ("교육", 1)]


def test_money_of_an_unknown_source_has_a_column_of_its_own() -> None:
    pieces = (Money(SECURED, "", value(5)), Money(SECURED, "national", value(7)))
    table = finance((Entry(money=pieces),))
    assert table.columns[-1] == ""
    assert table.figures(SECURED) == (value(7), BLANK, BLANK, BLANK, BLANK, value(5))
    assert table.all(SECURED) == value(12)


@pytest.mark.parametrize(("secured", "executed"), [("", "5"), ("0", "5"), ("-", "5"), ("5", ""), ("5", "-")])
def test_there_is_no_rate_without_both_and_none_over_zero(secured: str, executed: str) -> None:
    pieces = (Money(SECURED, "own", parse_figure(secured)), Money(EXECUTED, "own", parse_figure(executed)))
    assert finance((Entry(money=pieces),)).execution_rate() is None


# ------------------------------------------------------------------------ what a card says


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("완료", "done"), ("완료종료", "done"), ("완료(계속)", "done_continued"), ("완료 （계속）", "done_continued"),
        ("이행후 계속추진", "done_continued"), ("이행 후\n지속추진", "done_continued"), ("완료지속추진", "done_continued"),
        ("정상 추진", "on_track"), ("정상추진(65.5%)", "on_track"), ("추진중", "on_track"), ("부진", "behind"),
        ("일부추진", "behind"), ("보 류", "on_hold"), ("폐기", "dropped"), ("완료(일부)", ""), ("", ""), ("곧", ""),
    ],
)  # fmt: skip
def test_spellings_of_a_status_mean_one_status(typed: str, key: str) -> None:
    assert option_key(typed, loader.catalogue()["status"]) == key
    assert overview.status(GWANAK, card(facts(Fact("status", typed))))[0] == key


def test_the_label_of_a_status_is_the_cards_own() -> None:
    assert overview.status(GWANAK, card(facts(Fact("status", "", ("behind",))))) == ("behind", "부진")
    assert overview.status(GWANAK, card(facts(Fact("status", "완료 (계속)")))) == (
        "done_continued",
        "완료 (계속)",
    )
    assert overview.status(GWANAK, card(facts(Fact("status", "완료(계속)", ("done_continued",))))) == (
        "done_continued", "완료(계속)",
    )  # fmt: skip
    assert overview.status(GWANAK, card(facts(Fact("status", "완료(계속)", ("behind",))))) == (
        "behind",
        "부진",
    )
    assert overview.status(GWANAK, card(facts(Fact("status", "검토 중")))) == ("", "검토 중")
    assert overview.status(HARD, card(facts(Fact("status", "", ("done",))), form=HARD)) == ("done", "끝냄")


def test_a_form_may_hold_its_status_in_another_fact() -> None:
    other = replace(GWANAK, overview=Overview(status="remark"))
    assert overview.status(other, card(facts(Fact("remark", "완료(계속)")))) == (
        "done_continued",
        "완료(계속)",
    )


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Fact("nature", "", ("new",)), "new"), (Fact("kind_of_work", "", ("continuing",)), "continuing"),
        (Fact("category", "신 규"), "new"), (Fact("kind_of_work", "", ("own",)), ""), (Fact("category", "핵심"), ""),
    ],
)  # fmt: skip
def test_new_or_continuing_is_found_in_whatever_fact_says_it(fact: Fact, expected: str) -> None:
    assert overview.nature(GWANAK, card(facts(fact))) == expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Fact("completion", "", ("after",)), "after"), (Fact("completion", "임기내"), "within"),
        (Fact("target_month", "2026. 6."), "within"), (Fact("target_month", "2026. 7."), "after"),
        (Fact("target_month", "미정"), ""), (Fact("remark", "2026. 7."), ""),
    ],
)  # fmt: skip
def test_completion_is_said_or_follows_from_the_target_month(fact: Fact, expected: str) -> None:
    assert overview.completion(GWANAK, card(facts(fact)), SETTING) == expected


def test_the_department_is_the_fact_else_that_of_the_first_person() -> None:
    people = ("people", People((Person(department="기획과"), Person(department="예산과"))))
    assert overview.department(card(people)) == "기획과"
    assert overview.department(card(people, facts(Fact("lead_department", "총무\n과")))) == "총무 과"
    assert overview.department(card(("people", People()))) == ""


def test_the_rate_is_the_closing_row_else_the_progress_fact() -> None:
    bare = replace(GWANAK, overview=Overview())
    assert overview.fulfilment(bare, card(facts(Fact("progress", "65.5%"))), SETTING) == value("65.5")
    assert overview.fulfilment(bare, card(), SETTING) == BLANK


# ------------------------------------------------------------------------ money of a card


def budget(key: str, *amounts: tuple[str, Months, str, int]) -> tuple[str, Section]:
    made = (Amount(0, source, span, measure, value(won)) for source, span, measure, won in amounts)
    return key, Budget(1_000_000, (BudgetItem(),), tuple(made))


PAST, NOW, NEXT = Months("2022-07", "2022-12"), year_months(2023), year_months(2024)


def money_of(
    form: Form, section: tuple[str, Section], setting: Setting = SETTING
) -> dict[tuple[str, str], Figure]:
    table = finance((entry(form, card(section, form=form), setting),))
    return {
        (row, column): figure
        for row, figures in table.rows
        for column, figure in zip(table.columns, figures, strict=True)
        if figure
    }


def test_the_cost_is_the_column_that_the_form_marks() -> None:
    section = budget(
        "budget",
        ("national", PAST, "planned", 5),
        ("metropolitan", NEXT, "planned", 7),
        ("district", PAST, "executed", 3),
    )
    assert money_of(GWANAK, section) == {
        (COST, "national"): value(5), (COST, "regional"): value(7), (EXECUTED, "local"): value(3),
    }  # fmt: skip


def test_the_cost_follows_the_columns_own_formula() -> None:
    section = budget(
        "plan", ("national", PAST, "secured", 100), ("national", PAST, "executed", 90), ("city", NOW, "secured", 20),
        ("city", NOW, "executed", 8), ("city", NEXT, "planned", 3), ("private", PAST, "executed", 4),
    )  # fmt: skip
    assert money_of(HARD, section) == {
        (COST, "national"): value(90), (COST, "local"): value(23), (COST, "private"): value(4),
        (SECURED, "national"): value(100), (SECURED, "local"): value(20),
        (EXECUTED, "national"): value(90), (EXECUTED, "local"): value(8), (EXECUTED, "private"): value(4),
    }  # fmt: skip


def test_the_cost_of_a_stacked_column_is_its_first_figure() -> None:
    section = budget(
        "pairs",
        ("province", PAST, "secured", 1),
        ("province", PAST, "executed", 1),
        ("city", NEXT, "secured", 2),
    )
    assert money_of(HARD, section)[COST, "regional"] == value(1)
    assert money_of(HARD, section)[COST, "local"] == value(2)


def test_a_form_without_a_column_of_that_role_has_no_cost() -> None:
    bare = replace(
        GWANAK, block=tuple(replace(b, column=()) if b.kind == "money" else b for b in GWANAK.block)
    )
    assert money_of(bare, budget("budget", ("national", PAST, "planned", 5))) == {}


def test_an_amount_that_no_column_prints_is_in_no_sum() -> None:
    before = Months(None, "2022-06")
    section = budget("budget", ("national", before, "planned", 100), ("national", PAST, "planned", 5))
    assert money_of(GWANAK, section) == {(COST, "national"): value(5)}


@pytest.mark.parametrize(("won", "paid"), [("0", False), ("-", False), ("미정", False), ("1", True)])
def test_a_pledge_has_money_where_an_amount_is_not_zero(won: str, paid: bool) -> None:
    amount = Amount(0, "national", PAST, "planned", parse_figure(won))
    held = card(("budget", Budget(1_000_000, (BudgetItem(),), (amount,))))
    assert has_money(GWANAK, held, SETTING) is paid


def test_every_source_of_the_catalogue_has_a_column() -> None:
    assert {each.get("group") for each in loader.vocabulary("source").values()} <= set(GROUPS)


# ------------------------------------------------------------------------ the execution rate


def hard(*amounts: tuple[str, Months, str, int]) -> Entry:
    return entry(HARD, card(budget("pairs", *amounts), form=HARD), SETTING)


BOTH = hard(("city", PAST, "secured", 200), ("city", PAST, "executed", 100), ("city", NEXT, "secured", 999))
SECURED_ONLY = hard(("city", PAST, "secured", 700))
EXECUTED_ONLY = entry(GWANAK, card(budget("budget", ("district", PAST, "executed", 700))), SETTING)
APART = hard(("city", NEXT, "secured", 5), ("city", PAST, "executed", 4))


def test_the_execution_rate_divides_the_same_months_of_the_same_cards() -> None:
    found = finance((BOTH, SECURED_ONLY, EXECUTED_ONLY, APART, Entry()))
    assert (found.all(SECURED), found.all(EXECUTED)) == (value(1904), value(804))
    assert (found.flow(SECURED), found.flow(EXECUTED)) == (value(200), value(100))
    assert (str(found.execution_rate()), found.matched, found.left_out) == ("50.0", 1, 3)
    assert [found.execution_rate(at) for at in range(5)] == [None, None, Decimal("50.0"), None, None]


def test_where_no_card_has_both_there_is_no_rate() -> None:
    found = finance((SECURED_ONLY, EXECUTED_ONLY))
    assert (found.execution_rate(), found.matched, found.left_out) == (None, 0, 2)


def test_a_dash_is_no_figure_to_divide() -> None:
    dashed = Money(EXECUTED, "local", parse_figure("-"))
    assert not Entry(money=(Money(SECURED, "local", value(5)), dashed)).matched
    assert Entry(money=(Money(SECURED, "local", value(5)), Money(EXECUTED, "local", value(0)))).matched


# ------------------------------------------------------------------------ words of the forms


def test_words_that_differ_from_the_common_ones_are_listed_once_in_the_catalogues_order() -> None:
    labels = [
        ("behind", "부진"), ("on_track", "추진중"), ("on_track", "정상 추진"), ("on_track", "정상추진(65%)"),
        ("done_continued", "완료(계속)"), ("done_continued", "완료 （계속）"), ("", "검토 중"), ("done", ""), ("done", "완료"),
    ]  # fmt: skip
    entries = [Entry(status=status, status_label=label) for status, label in labels]
    assert [(word.own, word.status) for word in own_words(entries)] == [
        ("완료(계속)", "done_continued"), ("추진중", "on_track"), ("부진", "behind"), ("검토 중", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("key", loader.form_keys())
def test_every_word_of_a_form_counts_as_one_common_status(key: str) -> None:
    form = loader.find(key)
    for option in form.fact["status"].options if "status" in form.fact else ():
        spoken = Card(
            Pledge("가"), Period("기간", SETTING.as_of), key, (facts(Fact("status", option.label)),)
        )
        assert overview.status(form, spoken) == (option.key, option.label)


def test_changes_of_every_section_are_taken() -> None:
    one, two = Change("2023. 1.", "하나"), Change("2023. 2.", "둘")
    made = card(("a", Changes((one,))), ("b", Changes((two,))))
    assert entry(GWANAK, made, SETTING).changes == (one, two)


# ------------------------------------------------------------------------ every table has the same N


def check(found: Summary, count: int) -> None:
    for table in (found.fields, found.departments):
        assert table.total.count == sum(row.count for row in table.rows) == count
        assert table.total.counts == tuple(map(sum, zip(*(row.counts for row in table.rows), strict=True)))
    assert found.fields.total == found.departments.total
    for kind in found.kinds:
        assert sum(number for _, number in kind.counts) == count
    assert sum(len(group.entries) for group in found.groups) == count
    for group in found.groups:
        assert group.tally.count == len(group.entries)
    for key, figures in found.finance.rows:
        assert (found.finance.all(key).value or Decimal(0)) == sum(f.value or 0 for f in figures)


def several(form: Form, setting: Setting) -> st.SearchStrategy[list[Card]]:
    fields = st.sampled_from(("", "복지", "교육 문화", "교육문화"))
    one = st.builds(
        lambda made, name: replace(made, pledge=replace(made.pledge, field=name)),
        cards(form, setting),
        fields,
    )
    return st.lists(one, min_size=1, max_size=4)


def same_count(form: Form, setting: Setting) -> Callable[[], None]:
    @given(several(form, setting))
    def look(drawn: list[Card]) -> None:
        entries = [entry(form, each, setting) for each in drawn]
        check(summarise(entries), len(drawn))
        held = sum(piece.figure.value or 0 for each in entries for piece in each.money)
        table = summarise(entries).finance
        assert held == sum((table.all(key).value or Decimal(0)) for key, _ in table.rows)

    return look


def test_every_table_counts_every_card() -> None:
    same_count(GWANAK, SETTING)()


def test_every_table_counts_every_card_of_the_hard_form() -> None:
    same_count(HARD, HARD_SETTING)()


def test_the_references_tables_have_the_same_count() -> None:
    check(summarise(reference()), 24)


@pytest.mark.parametrize(
    ("typed", "shown"), [("52%", "52"), ("100", "100"), ("46.5 %", "46.5"), ("진행 중", "진행 중"), ("", "")]
)
def test_a_forms_rate_may_be_a_fact(typed: str, shown: str) -> None:
    form = loader.find("geumcheon")
    made = Card(
        Pledge("가", "1"),
        Period("기간", SETTING.as_of),
        form.key,
        (("facts", Facts((Fact("fulfilment", typed),))),),
    )
    assert overview.shown(form, made, SETTING).fulfilment.printed() == shown


@pytest.mark.parametrize(
    ("form", "label"),
    [("gwanak", "총 이행률(%)"), ("geumcheon", "이행률(%)"), ("suwon", "전체 사업진도율(%)"), ("goyang", "")],
)
def test_a_form_names_its_rate(form: str, label: str) -> None:
    assert overview.fulfilment_label(loader.find(form)) == label
