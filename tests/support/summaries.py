"""The 24 pledges of the summary form's reference picture, as entries: figures that a reader can check by eye."""

from __future__ import annotations

from datetime import date

from govtracker.arithmetic.finances import Money
from govtracker.arithmetic.summary import Entry
from govtracker.forms.columns import Setting
from govtracker.forms.measures import EXECUTED, SECURED
from govtracker.forms.schema import COST
from govtracker.model.card import Change
from govtracker.model.dates import Term
from govtracker.model.figure import value

SETTING = Setting(Term(date(2018, 7, 1), date(2022, 6, 30)), date(2021, 12, 31))
FIELDS = {
    "소통·행정": ("done", "done", "done_continued", "done_continued", "on_track"),
    "경제·일자리": ("done", "done_continued", "on_track", "behind"),
    "복지·보건": ("done", "done_continued", "done_continued", "done_continued", "on_track", "on_track"),
    "교육·문화": ("done", "done_continued", "done_continued", "on_track"),
    "도시·환경·안전": ("done", "done_continued", "on_track", "on_track", "on_hold"),
}
DEPARTMENTS = (
    "기획예산과",
    "일자리경제과",
    "복지정책과",
    "교육문화과",
    "도시재생과",
    "안전총괄과",
    "청년정책담당관",
)
MILLIONS = {
    COST: (41250, 28730, 103940, 9500, 3000),
    SECURED: (33180, 21460, 84215, 6800, 2100),
    EXECUTED: (29874, 18092, 70338, 5120, 1604),
}
GROUPS = ("national", "regional", "local", "private", "other")
LONG = "시설 규모를 지상 3층에서 지상 5층으로 넓히고 주민이 함께 쓰는 공간을 더 둠. "


def reference(changes: bool = True) -> list[Entry]:
    """N = 24: 6 done, 9 continued, 7 on track, 1 behind, 1 on hold; 9 new; 20 within the term; 19 with money."""
    made = []
    for part, (field, statuses) in enumerate(FIELDS.items(), 1):
        for at, status in enumerate(statuses, 1):
            number = len(made)
            made.append(
                Entry(
                    f"{part}-{at}", f"{field} 분야의 {at}번째 공약사업", field, DEPARTMENTS[number % len(DEPARTMENTS)], status, "",
                    value(f"{100 - number * 3}.0"), "new" if number < 9 else "continuing", "within" if number < 20 else "after",
                    number < 19, money() if number == 0 else (), change(number) if changes else (),
                )
            )  # fmt: skip
    return made


def money() -> tuple[Money, ...]:
    return tuple(
        Money(row, group, value(amount * 1_000_000))
        for row, amounts in MILLIONS.items()
        for group, amount in zip(GROUPS, amounts, strict=True)
    )


def change(number: int) -> tuple[Change, ...]:
    if number % 8 != 3:
        return ()
    times = 1 if number < 11 else 40
    return (
        Change(
            "2020. 11. 30.",
            "사업 규모 변경",
            "지상 3층, 1,200㎡",
            LONG * times,
            "주민 의견 반영",
            "공약이행평가단 심의\n홈페이지 공개",
        ),
    )
