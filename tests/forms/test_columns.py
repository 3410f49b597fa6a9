"""Columns are rules over the term and the as-of date: the gwanak form's heads, spelled out."""

from __future__ import annotations

from datetime import date

import pytest

from govtracker.forms.columns import Leaf, Setting, expand, range_of, relation
from govtracker.forms.schema import Form
from govtracker.model.dates import Months, Term

SEVENTH = Term(date(2018, 7, 1), date(2022, 6, 30))
EIGHTH = Term(date(2022, 7, 1), date(2026, 6, 30))
END_OF_2023, MID_2025 = date(2023, 12, 31), date(2025, 6, 30)


def leaves(form: Form, kind: str, section: str, setting: Setting, which: int = 0) -> tuple[Leaf, ...]:
    block = [b for b in form.block if b.kind == kind and b.section == section][which]
    return expand(block, form.section_def(section), form, setting)


def heads(found: tuple[Leaf, ...]) -> list[str]:
    return [" > ".join(leaf.head) for leaf in found if not leaf.column.hidden]


MONEY = ["구 분", "계", "임기 내 > 소 계"]
TARGETS = ["구 분", "구 분", "확인지표", "단위"]
SCHEDULE = ["구 분", "구 분"]


def quarters(*years: int) -> list[str]:
    return [f"{year} > {quarter}/4" for year in years for quarter in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("term", "years"),
    [(SEVENTH, ["2018", "2019", "2020", "2021", "2022"]), (EIGHTH, ["2022", "2023", "2024", "2025", "2026"])],
)
@pytest.mark.parametrize("as_of", [END_OF_2023, MID_2025])
@pytest.mark.parametrize("which", [0, 1])
def test_money_has_a_column_per_year_of_the_term(
    gwanak: Form, term: Term, years: list[str], as_of: date, which: int
) -> None:
    found = leaves(gwanak, "money", "budget", Setting(term, as_of), which)
    assert heads(found) == [*MONEY, *(f"임기 내 > {year}" for year in years), "임기 후"]
    assert [leaf.measure for leaf in found if leaf.span] == [("planned", "executed")[which]] * 6


@pytest.mark.parametrize(
    ("term", "first", "last", "beyond"),
    [
        (SEVENTH, Months("2018-07", "2018-12"), Months("2022-01", "2022-06"), Months("2022-07", None)),
        (EIGHTH, Months("2022-07", "2022-12"), Months("2026-01", "2026-06"), Months("2026-07", None)),
    ],
)
def test_first_and_last_year_of_money_are_cut_by_the_term(
    gwanak: Form, term: Term, first: Months, last: Months, beyond: Months
) -> None:
    spans = [leaf.span for leaf in leaves(gwanak, "money", "budget", Setting(term, END_OF_2023)) if leaf.span]
    assert (spans[0], spans[-2], spans[-1]) == (first, last, beyond)
    assert all(span.first[5:] == "01" and span.last[5:] == "12" for span in spans[1:-2])  # type: ignore[index]


def test_schedule_has_every_quarter_of_the_terms_years_whole(gwanak: Form) -> None:
    found = leaves(gwanak, "table", "schedule", Setting(EIGHTH, END_OF_2023))
    all_quarters = quarters(2022, 2023, 2024, 2025, 2026)
    # The term begins in July 2022: its first quarter there is the third; the last year is kept whole.
    assert heads(found) == [*SCHEDULE, *all_quarters[2:], "비 고"]
    spans = [leaf.span for leaf in found if leaf.span]
    assert (spans[0], spans[-1]) == (Months("2022-07", "2022-09"), Months("2026-10", "2026-12"))


@pytest.mark.parametrize(
    ("term", "years"), [(SEVENTH, "2018 2019 2020 2021 2022"), (EIGHTH, "2022 2023 2024 2025 2026")]
)
@pytest.mark.parametrize("as_of", [END_OF_2023, MID_2025])
def test_targets_have_a_column_per_year_of_the_term(
    gwanak: Form, term: Term, years: str, as_of: date
) -> None:
    assert heads(leaves(gwanak, "table", "indicators", Setting(term, as_of))) == [
        *TARGETS,
        "목표",
        *years.split(),
    ]


@pytest.mark.parametrize(
    ("term", "as_of", "columns"),
    [
        (EIGHTH, END_OF_2023, ["2023년 목표 > 계", *(f"2023년 목표 > {q}/4" for q in (1, 2, 3, 4))]),
        (EIGHTH, MID_2025, ["2025년 목표 > 계", *(f"2025년 목표 > {q}/4" for q in (1, 2, 3, 4))]),
        (EIGHTH, date(2022, 12, 31), ["2022년 목표 > 계", "2022년 목표 > 3/4", "2022년 목표 > 4/4"]),
        (EIGHTH, date(2026, 6, 30), ["2026년 목표 > 계", "2026년 목표 > 1/4", "2026년 목표 > 2/4"]),
        (SEVENTH, date(2021, 12, 31), ["2021년 목표 > 계", *(f"2021년 목표 > {q}/4" for q in (1, 2, 3, 4))]),
        (SEVENTH, date(2018, 12, 31), ["2018년 목표 > 계", "2018년 목표 > 3/4", "2018년 목표 > 4/4"]),
    ],
)
def test_quarterly_targets_are_those_of_the_as_of_year_within_the_term(
    gwanak: Form, term: Term, as_of: date, columns: list[str]
) -> None:
    assert heads(leaves(gwanak, "table", "indicators", Setting(term, as_of), 1)) == [*TARGETS, *columns]


def test_results_keep_the_years_hidden_behind_their_sum(gwanak: Form, setting: Setting) -> None:
    found = leaves(gwanak, "table", "indicators", setting, 2)
    assert heads(found) == [
        "구 분", "구 분", "전체사업\n대비비율(%)", "확인지표", "단위", "목표", "실적", "사업\n이행률(%)", "비 고",
    ]  # fmt: skip
    hidden = [leaf for leaf in found if leaf.column.hidden]
    assert len(hidden) == 5
    assert all(leaf.width == 0 for leaf in hidden)


@pytest.mark.parametrize("term", [SEVENTH, EIGHTH])
def test_every_table_is_as_wide_as_the_text_area(gwanak: Form, term: Term) -> None:
    for block in gwanak.block:
        if block.column:
            found = expand(block, gwanak.section_def(block.section), gwanak, Setting(term, END_OF_2023))
            assert sum(leaf.width for leaf in found) == pytest.approx(gwanak.page.width)


def test_ranges_have_the_months_of_the_term_and_the_date() -> None:
    setting = Setting(EIGHTH, END_OF_2023)
    assert range_of("term", setting) == Months("2022-07", "2026-06")
    assert range_of("term_years", setting) == Months("2022-07", "2026-12")
    assert range_of("as_of_year", setting) == Months("2023-01", "2023-12")
    assert range_of("before_term", setting) == Months(None, "2022-06")
    assert range_of("after_term", setting) == Months("2026-07", None)
    assert range_of("as_of_year", Setting(EIGHTH, date(2026, 6, 30))) == Months("2026-01", "2026-06")
    assert range_of("as_of_year", Setting(EIGHTH, date(2030, 6, 30))) == Months("2030-01", "2030-12")


@pytest.mark.parametrize(
    ("span", "related"),
    [
        (Months("2023-01", "2023-12"), "current"),
        (Months("2023-10", "2023-12"), "current"),
        (Months("2023-07", "2023-09"), "past"),
        (Months(None, "2022-06"), "past"),
        (Months("2024-01", "2024-03"), "future"),
        (Months("2026-07", None), "future"),
    ],
)
def test_interval_is_past_current_or_future_by_the_as_of_month(span: Months, related: str) -> None:
    assert relation(span, END_OF_2023) == related
