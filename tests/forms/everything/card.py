"""The made-up card of the made-up form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from govtracker.forms.columns import Setting
from govtracker.model.card import (
    Amount,
    Budget,
    BudgetItem,
    Card,
    Change,
    Changes,
    Count,
    Counts,
    Event,
    Events,
    Fact,
    Facts,
    Indicator,
    Indicators,
    Outline,
    Part,
    People,
    Period,
    Person,
    Pledge,
    Response,
    Responses,
    Schedule,
    Task,
    Timed,
)
from govtracker.model.content import Line, Run, Table, TableCell, line
from govtracker.model.dates import Months, Term, quarter_months, year_months
from govtracker.model.figure import Figure, parse_figure, scaled

FORM = Path(__file__).with_name("everything.toml")
TERM = Term(date(2018, 7, 1), date(2022, 6, 30))
AS_OF = date(2021, 3, 31)
SETTING = Setting(TERM, AS_OF)
FIRST, LAST = Months("2018-07", "2018-12"), Months("2022-01", "2022-06")
BEFORE, AFTER = Months(None, "2018-06"), Months("2022-07", None)


def won(text: str, unit: int) -> Figure:
    return scaled(parse_figure(text), unit)


def nested() -> Table:
    """Two head levels, spans across and down."""
    return Table(
        (
            (TableCell("구분", 2, 1), TableCell("위쪽 마을", 1, 2), None, TableCell("모두", 2, 1)),
            (None, TableCell("가"), TableCell("나"), None),
            (TableCell("모임"), TableCell("13"), TableCell("1,204"), TableCell("1,217")),
            (TableCell("글", 1, 2), None, TableCell("-"), TableCell("2.5")),
        ),
        2,
    )


def periods() -> Outline:
    return Outline(
        (
            Part(
                "",
                "그동안 한 일\n(2018. ~ 2020.)",
                (
                    line("【마을 모임】", 0),
                    line("○ 마을 모임을 열다", 0),
                    line("- 때 : 2020. 8. ~ 12.", 1),
                    line("· 자리 : 열두 마을", 2),
                    nested(),
                    line("○ 의견을 모으다", 0),
                ),
            ),
            Part(
                "",
                "위 반기에 한 일\n(2021. 1. ~ 6.)",
                (
                    Line(0, "○", (Run("굵은 "), Run("글자", True), Run("가 섞인 줄"))),
                    line("※ 살필 것", 1),
                ),
                "고침",
            ),
            Part("", "아래 반기에 할 일", (line("○ 차례로 이어서 하다", 0),)),
        )
    )


def pairs() -> Budget:
    unit = 1_000_000
    rows = [
        ("city", FIRST, "79", "74"),
        ("city", year_months(2019), "84", "82"),
        ("city", year_months(2020), "187", "178"),
        ("province", year_months(2020), "0", "-"),
    ]
    amounts = [
        Amount(0, source, span, measure, won(text, unit))
        for source, span, a, b in rows
        for measure, text in (("secured", a), ("executed", b))
    ]
    amounts += [
        Amount(0, "city", year_months(2021), "secured", won("257", unit)),
        Amount(0, "other", AFTER, "secured", won("-", unit)),
        Amount(0, "national", BEFORE, "secured", won("5", unit)),
    ]
    return Budget(unit, (BudgetItem(),), tuple(amounts))


def plan() -> Budget:
    unit = 1_000
    rows = [
        ("city", year_months(2019), "31", "15"),
        ("city", year_months(2020), "32", "14"),
        ("city", year_months(2021), "29", "0"),
        ("private", year_months(2020), "-", "-"),
        ("national", FIRST, "1.5", "절반쯤"),
    ]
    amounts = [
        Amount(0, source, span, measure, won(text, unit))
        for source, span, a, b in rows
        for measure, text in (("secured", a), ("executed", b))
    ]
    amounts += [
        Amount(0, "city", LAST, "planned", won("29", unit)),
        Amount(0, "city", AFTER, "planned", won("29", unit)),
    ]
    return Budget(unit, (BudgetItem(),), tuple(amounts))


def works() -> Budget:
    items = (BudgetItem("마을 길 넓히기"), BudgetItem("샘터 손보기"))
    unit = 1_000_000
    amounts = [
        Amount(0, "province", year_months(2019), "planned", won("120", unit)),
        Amount(0, "city", year_months(2019), "planned", won("1,080", unit)),
        Amount(1, "city", LAST, "planned", won("33", unit)),
        Amount(1, "city", FIRST, "planned", won("-", unit)),
    ]
    return Budget(unit, items, tuple(amounts))


def measures() -> Indicators:
    def timed(span: Months, text: str) -> Timed:
        return Timed(span, parse_figure(text))

    return Indicators(
        (
            Indicator(
                "조례 만들기",
                "",
                "회",
                "original",
                targets=(timed(FIRST, "-"), timed(year_months(2019), "1"), timed(year_months(2020), "-")),
            ),
            Indicator(
                "모임 꾸리기",
                "",
                "-",
                "original",
                targets=(
                    timed(year_months(2019), "운영"),
                    timed(year_months(2020), "운영"),
                    timed(quarter_months(2021, 1), "운영"),
                ),
            ),
            Indicator(
                "배움터 열기",
                "",
                "회",
                "changed",
                targets=(
                    timed(year_months(2020), "2"),
                    timed(quarter_months(2021, 2), "3회 이상"),
                    timed(LAST, "4"),
                ),
            ),
        )
    )


def weights() -> Indicators:
    def row(name: str, weight: str, target: str, actual: str) -> Indicator:
        return Indicator(
            name,
            weight=parse_figure(weight),
            actual=parse_figure(actual),
            targets=(Timed(year_months(2021), parse_figure(target)),) if target else (),
        )

    return Indicators((row("길", "60", "3", "1"), row("샘", "40", "", "2")))


def hard_card() -> Card:
    facts = Facts(
        (
            Fact("category", "약속"),
            Fact("status", "", ("done_continued",)),
            Fact("progress", "100"),
            Fact("target_month", "2019.12."),
            Fact("lead_department", "살림과"),
            Fact("remark", "다시 봄"),
        )
    )
    quarters = Events(
        (
            Event("19년 1분기", "", "- 모임 1개 끝냄", (), True),
            Event("'19. 1.", "", "모임을 꾸리다", (line("· 열두 사람", 1),)),
            Event("'19. 3. ~ 4.", "", "배움터를 열다"),
            Event("19년 2분기", "", "", (), True),
            Event("'19. 5. 20.", "", "돌아보다: 세 곳"),
        )
    )
    sections = (
        ("state", facts),
        (
            "outline",
            Outline((Part("outline", "", (line("○ 기간 : 2018. 2월 ~ 이어서", 0), line("- 누구나", 1))),)),
        ),
        ("periods", periods()),
        ("tally", Counts((Count("visit", parse_figure("78")), Count("press", parse_figure("-"))))),
        ("pairs", pairs()),
        ("plan", plan()),
        ("works", works()),
        ("measures", measures()),
        ("weights", weights()),
        ("changes", Changes((Change("2020. 3. 2.", "", "열 곳", "열두 곳", "마을이 늘어서", "의회 보고"),))),
        (
            "answers",
            Responses(
                (
                    Response(
                        (line("• 모임을 자주 열자", 0),), (line("• 달마다 연다", 0), line("- 첫째 월요일", 1))
                    ),
                )
            ),
        ),
        ("quarters", quarters),
        (
            "ahead",
            Events(
                (
                    Event("2021. 4. ~ 10.", "", "길을 넓히다"),
                    Event("2021. 11. ~ 2022. 2.", "", "책을 펴내다"),
                    Event("", "", "날을 정하지 않은 일"),
                )
            ),
        ),
        (
            "gantt",
            Schedule((Task("길 넓히기", ("2018Q3", "2019Q1", "2022Q2")), Task("샘터 손보기", ("2020Q4",)))),
        ),
        (
            "names",
            People(
                (
                    Person("", "살림과", "과장", "홍길동", "02-000-0000"),
                    Person("", "살림과", "팀장", "김철수", "0001"),
                    Person("", "마을과", "주무관", "이영희", "0002"),
                )
            ),
        ),
    )
    return Card(Pledge("마을이 함께 정하는 살림"), Period("2021년 1분기", AS_OF), "everything", sections)
