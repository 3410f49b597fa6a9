"""The heads that each official form prints at two as-of dates and in two terms: tables to be checked by eye."""

from __future__ import annotations

from datetime import date

import pytest

from govtracker.forms import loader
from govtracker.forms.columns import Setting, expand
from govtracker.model.dates import Term

SEVENTH, EIGHTH = Term(date(2018, 7, 1), date(2022, 6, 30)), Term(date(2022, 7, 1), date(2026, 6, 30))
SPRING_21, END_21, SUMMER_24 = date(2021, 3, 31), date(2021, 12, 31), date(2024, 6, 30)

GOYANG_MONEY = {
    (SEVENTH, END_21): "공약사업명 · 구 분 · 계 · 기투자 · '18.7. · '19 · '20 · '21 · '22.6. · 임기후",
    (SEVENTH, SPRING_21): "공약사업명 · 구 분 · 계 · 기투자 · '18.7. · '19 · '20 · '21 · '22.6. · 임기후",
    (EIGHTH, SUMMER_24): "공약사업명 · 구 분 · 계 · 기투자 · '22.7. · '23 · '24 · '25 · '26.6. · 임기후",
}
GOYANG_PAIRS = {
    (SEVENTH, END_21): "기투자 '18.7. '19 '20",
    (SEVENTH, date(2022, 3, 31)): "기투자 '18.7. '19 '20 '21",
    (EIGHTH, SUMMER_24): "기투자 '22.7. '23",
}
SUWON_MONEY = {
    (SEVENTH, SPRING_21): (
        "구 분 · 소요예산 (a~g합계) · 기투자 (a) · 2018.7월~12월|확보 · 2018.7월~12월|집행 (b) · 2019년|확보 · "
        "2019년|집행 (c) · 2020년|확보 · 2020년|집행 (d) · 2021년|확보 (e) · 2021년|집행 · "
        "2022.6월 까지|계획 (f) · 2022.7월 이후|계획 (g)"
    ),
    (SEVENTH, date(2020, 6, 30)): (
        "구 분 · 소요예산 (a~g합계) · 기투자 (a) · 2018.7월~12월|확보 · 2018.7월~12월|집행 (b) · 2019년|확보 · "
        "2019년|집행 (c) · 2020년|확보 (d) · 2020년|집행 · 2021년|계획 (e) · 2022.6월 까지|계획 (f) · "
        "2022.7월 이후|계획 (g)"
    ),
    (EIGHTH, SUMMER_24): (
        "구 분 · 소요예산 (a~g합계) · 기투자 (a) · 2022.7월~12월|확보 · 2022.7월~12월|집행 (b) · 2023년|확보 · "
        "2023년|집행 (c) · 2024년|확보 (d) · 2024년|집행 · 2025년|계획 (e) · 2026.6월 까지|계획 (f) · "
        "2026.7월 이후|계획 (g)"
    ),
}
SUWON_PAST = {
    (
        SEVENTH,
        SPRING_21,
    ): "성 과 지 표 · 성 과 지 표 · 단위 · 성과지표|2018년 · 성과지표|2019년 · 성과지표|2020년",
    (SEVENTH, date(2019, 12, 31)): "성 과 지 표 · 성 과 지 표 · 단위 · 성과지표|2018년",
    (EIGHTH, SUMMER_24): "성 과 지 표 · 성 과 지 표 · 단위 · 성과지표|2022년 · 성과지표|2023년",
}
SUWON_NOW = {
    (SEVENTH, SPRING_21): (
        "성 과 지 표 · 성 과 지 표 · 단위 · 성과지표|2021년|1분기 · 성과지표|2021년|2분기 · 성과지표|2021년|3분기 · "
        "성과지표|2021년|4분기 · 성과지표|2022년 6월까지 · 성과지표|2022년 7월이후"
    ),
    (SEVENTH, date(2022, 6, 30)): (
        "성 과 지 표 · 성 과 지 표 · 단위 · 성과지표|2022년|1분기 · 성과지표|2022년|2분기 · 성과지표|2022년 7월이후"
    ),
    (EIGHTH, SUMMER_24): (
        "성 과 지 표 · 성 과 지 표 · 단위 · 성과지표|2024년|1분기 · 성과지표|2024년|2분기 · 성과지표|2024년|3분기 · "
        "성과지표|2024년|4분기 · 성과지표|2025년 · 성과지표|2026년 6월까지 · 성과지표|2026년 7월이후"
    ),
}
GEUMCHEON_MONEY = {
    (SEVENTH, date(2021, 6, 30)): (
        "확보액 및 투자수요 · 집행액 · 2018년|확보액 · 2018년|집행액 · 2019년|확보액 · 2019년|집행액 · 2020년|확보액 · "
        "2020년|집행액 · 2021년|확보액 · 2021년|집행액 · 2022년|투자 수요 · 2022년|집행액"
    ),
    (SEVENTH, date(2019, 6, 30)): (
        "확보액 및 투자수요 · 집행액 · 2018년|확보액 · 2018년|집행액 · 2019년|확보액 · 2019년|집행액 · 2020년|투자 수요 · "
        "2020년|집행액 · 2021년|투자 수요 · 2021년|집행액 · 2022년|투자 수요 · 2022년|집행액"
    ),
    (EIGHTH, SUMMER_24): (
        "확보액 및 투자수요 · 집행액 · 2022년|확보액 · 2022년|집행액 · 2023년|확보액 · 2023년|집행액 · 2024년|확보액 · "
        "2024년|집행액 · 2025년|투자 수요 · 2025년|집행액 · 2026년|투자 수요 · 2026년|집행액"
    ),
}
GEUMCHEON_PLAN = {
    (SEVENTH, date(2021, 6, 30)): "구 분 · 2018년 · 2019년 · 2020년 · 2021년 · 2022년",
    (EIGHTH, SUMMER_24): "구 분 · 2022년 · 2023년 · 2024년 · 2025년 · 2026년",
}


def heads(form: str, section: str, term: Term, as_of: date, at: int = 0, skip: int = 0) -> str:
    """The heads of a section's table, its levels (without the first `skip`) parted by |."""
    found = loader.find(form)
    blocks = [b for b in found.block if b.section == section and b.column]
    leaves = expand(blocks[at], found.section_def(section), found, Setting(term, as_of))
    shown = (leaf.head[skip:] if len(leaf.head) > skip else leaf.head for leaf in leaves if leaf.width)
    return " · ".join("|".join(head).replace("\n", " ") for head in shown)


@pytest.mark.parametrize(("setting", "printed"), GOYANG_MONEY.items())
def test_goyang_money(setting: tuple[Term, date], printed: str) -> None:
    assert heads("goyang", "budget", *setting) == printed


@pytest.mark.parametrize(("setting", "printed"), GOYANG_PAIRS.items())
def test_goyang_columns_with_an_executed_figure(setting: tuple[Term, date], printed: str) -> None:
    form = loader.find("goyang")
    block = next(b for b in form.block if b.kind == "money")
    leaves = expand(block, form.section_def("budget"), form, Setting(*setting))
    pairs = [leaf.head[0] for leaf in leaves if len(leaf.measures) == 2 and not leaf.column.sum]
    assert " ".join(pairs) == printed


@pytest.mark.parametrize(("setting", "printed"), SUWON_MONEY.items())
def test_suwon_money(setting: tuple[Term, date], printed: str) -> None:
    assert heads("suwon", "budget", *setting) == printed


@pytest.mark.parametrize(("setting", "printed"), SUWON_PAST.items())
def test_suwon_indicators_of_past_years(setting: tuple[Term, date], printed: str) -> None:
    assert heads("suwon", "indicators", *setting) == printed


@pytest.mark.parametrize(("setting", "printed"), SUWON_NOW.items())
def test_suwon_indicators_from_the_current_year_on(setting: tuple[Term, date], printed: str) -> None:
    assert heads("suwon", "indicators", *setting, at=1) == printed


@pytest.mark.parametrize(("setting", "printed"), GEUMCHEON_MONEY.items())
def test_geumcheon_money(setting: tuple[Term, date], printed: str) -> None:
    assert (
        heads("geumcheon", "budget", *setting, skip=1).replace("합 계|", "") == f"구 분 · 재원별 · {printed}"
    )


@pytest.mark.parametrize(("setting", "printed"), GEUMCHEON_PLAN.items())
def test_geumcheon_plan(setting: tuple[Term, date], printed: str) -> None:
    assert heads("geumcheon", "indicators", *setting) == printed


@pytest.mark.parametrize("form", ["goyang", "gwanak", "suwon", "geumcheon"])
@pytest.mark.parametrize("setting", [(SEVENTH, SPRING_21), (EIGHTH, SUMMER_24), (EIGHTH, date(2026, 6, 30))])
def test_every_table_is_as_wide_as_the_page(form: str, setting: tuple[Term, date]) -> None:
    found = loader.find(form)
    for block in found.block:
        if block.column:
            leaves = expand(block, found.section_def(block.section), found, Setting(*setting))
            assert sum(leaf.width for leaf in leaves) == pytest.approx(170)
