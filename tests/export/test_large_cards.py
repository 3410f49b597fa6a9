"""Cards far larger than any office's: hundreds of lines, wide tables, words without a blank. Whole, in bounds, in linear time."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govtracker.export.layout import document
from govtracker.export.pages.engine import pages
from govtracker.forms import loader
from govtracker.forms.schema import Form
from govtracker.model.card import Card, Outline, Part, Period, Pledge
from govtracker.model.content import Item, Line, Run, Table, TableCell
from tests.export.test_round_trip import OFFICIAL, assert_whole, of_every_form
from tests.support.random_cards import cards

MOST_LINES, MOST_ROWS, MOST_COLUMNS = 500, 40, 14
WORDS = (
    "주민",
    "협치",
    "2023. 12. 31.",
    "「조례」",
    "大韓民國",
    "😀",
    "1,234",
    "혁신·포용",
    "(5개소)",
    "∼",
    "abc",
    "\U000f1234",
)


def words(rng: random.Random) -> str:
    """A text of anything: now and then a word of up to 2,000 characters without a blank."""
    if rng.random() < 0.02:
        return "".join(rng.choices("가나다라漢字abc.,()「」", k=rng.randint(200, 2000)))
    return " ".join(rng.choices(WORDS, k=rng.randint(1, 30)))


def table(rng: random.Random) -> Table:
    """A table of up to 40 x 14 with merged cells, its first rows heads."""
    rows, columns = rng.randint(1, MOST_ROWS), rng.randint(1, MOST_COLUMNS)
    free: list[list[TableCell | None]] = [[TableCell("") for _ in range(columns)] for _ in range(rows)]
    taken: set[tuple[int, int]] = set()
    head = rng.randint(0, min(2, rows - 1))
    for at in range(rows):
        for column in range(columns):
            if (at, column) in taken:
                continue
            down = rng.randint(1, 3) if rng.random() < 0.05 else 1
            right = rng.randint(1, 3) if rng.random() < 0.05 else 1
            down, right = min(down, (head if at < head else rows) - at), min(right, columns - column)
            area = {(r, c) for r in range(at, at + down) for c in range(column, column + right)}
            if area & taken:
                area, down, right = {(at, column)}, 1, 1
            taken |= area
            for r, c in area:
                free[r][c] = None
            text = rng.choice(("", "7", "1,234", "주민 자치", words(rng)[:60]))
            free[at][column] = TableCell(text, down, right)
    return Table(tuple(map(tuple, free)), head)


def outline(rng: random.Random, marks: tuple[str, ...], count: int) -> tuple[Item, ...]:
    """So many lines, a table between some of them."""
    made: list[Item] = []
    level = 0
    for _ in range(count):
        level = rng.randint(0, min(level + 1, len(marks) - 1))
        made.append(Line(level, marks[level], (Run(words(rng)),)))
        if rng.random() < 0.01:
            made.append(table(rng))
    return tuple(made)


def enlarged(form: Form, card: Card, seed: int, count: int) -> Card:
    """The card with so many lines in its first outline."""
    rng = random.Random(seed)
    definition = next(section for section in form.section if section.kind == "outline")
    items = outline(rng, definition.marks or ("",), count)
    slot = definition.slots[0] if definition.slots else None
    part = Part(slot.key, slot.label, items) if slot else Part("", "긴 묶음", items)
    return card.with_section(definition.key, Outline((part,)))


@of_every_form
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(0, 10**6), count=st.integers(0, MOST_LINES))
def test_a_large_card_stands_whole_on_its_pages(key: str, data: st.DataObject, seed: int, count: int) -> None:
    form, setting = loader.find(key), OFFICIAL[key]
    assert_whole(form, enlarged(form, data.draw(cards(form, setting)), seed, count), setting)


@pytest.mark.soak
@of_every_form
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(0, 10**6), count=st.integers(0, MOST_LINES))
def test_hundreds_of_large_cards_stand_whole_on_their_pages(
    key: str, data: st.DataObject, seed: int, count: int
) -> None:
    form, setting = loader.find(key), OFFICIAL[key]
    assert_whole(form, enlarged(form, data.draw(cards(form, setting)), seed, count), setting)


def steps(work: Callable[[], object]) -> int:
    """How many functions of the program a piece of work calls: the same on every machine, whatever its load."""
    count = 0

    def called(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@of_every_form
@pytest.mark.parametrize("tables", [False, True], ids=["lines", "tables"])
def test_cost_grows_with_the_length_only(key: str, tables: bool) -> None:
    form, setting = loader.find(key), OFFICIAL[key]
    definition = next(section for section in form.section if section.kind == "outline")
    mark = (definition.marks or ("",))[0]
    rows = tuple((TableCell("가나다"), TableCell("1,234")) for _ in range(5))
    pattern: tuple[Item, ...] = (Line(0, mark, (Run("주민과 함께 만드는 마을 " * 6),)),)
    pattern += (Table(rows, 1),) if tables else ()
    slot = definition.slots[0] if definition.slots else None
    period = Period("기간", setting.as_of)

    def cost(count: int) -> int:
        items = tuple(replace(item, id=f"{at}-{n}") for at in range(count) for n, item in enumerate(pattern))
        part = Part(slot.key if slot else "", slot.label if slot else "긴 묶음", items)
        made = Card(Pledge("공약", "1-1"), period, key, ((definition.key, Outline((part,))),))
        return steps(lambda: pages(document(form, made, setting, "한빛구")))

    cost(10)
    small, middle, large = cost(100), cost(200), cost(400)
    assert large - middle < 2.3 * (middle - small), (small, middle, large)
