"""Splitting a table: a value for every height that is offered, whatever the table, and nothing measured is changed."""

from __future__ import annotations

from copy import deepcopy
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from govtracker.export.document import Bar, Bars, Cell, Grid, Row, Series, Style, plain
from govtracker.export.pages.engine import Engine, pages
from govtracker.export.pages.measure import Measure
from govtracker.export.pages.table import Heights, split
from govtracker.export.workbook.breaks import page_starts
from tests.export.test_pages import STYLES, document, para, spanned

FULL = 700.0


def cell(text: str, **more: object) -> Cell:
    return Cell((plain(text),), **more)  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, FULL))
def test_parts_hold_every_row_in_order_and_leave_the_measured_table_alone(seed: int, first: float) -> None:
    table = Measure(STYLES).grid(spanned(seed))
    before = deepcopy(table.heights)
    parts = [part for part in split(table, Heights(first, FULL)) if part.rows]
    assert table.heights == before
    rows = [row for part in parts for row in part.rows[part.headed :]]
    ends = [row.row for row in rows if row.last]
    assert ends == list(range(parts[0].headed, len(table.heights))) or not rows
    assert [part.begins for part in parts] == [True] + [False] * (len(parts) - 1)
    assert [part.goes_on for part in parts][-1] is False
    again = [part for part in split(table, Heights(first, FULL)) if part.rows]
    assert [part.rows for part in again] == [part.rows for part in parts], "the same parts the second time"


def test_a_cell_over_rows_whose_line_is_higher_than_a_page_has_room_ends() -> None:
    """The head leaves less room than a table in the cell needs for its highest box: it was tried again for ever."""
    high = Cell(tuple(para(f"{n}") for n in range(40)))
    inner = Grid((20, 30), (Row((cell("안"), high)), Row((cell("안"), high))), role="nested")
    head = Row((cell("머리"), cell("둘")), height=FULL / 2 / 2.84)
    rows = (head, Row((Cell((inner, para("끝")), rowspan=2), cell("하나"))), Row((cell("둘"),)))
    table = Measure(STYLES).grid(Grid((80, 60), rows, head=1))
    parts = list(islice(split(table, Heights(FULL, FULL)), 60))
    assert len(parts) < 60
    assert not parts[-1].goes_on


def test_a_page_that_begins_after_a_head_too_high_to_be_repeated_begins_with_its_first_row() -> None:
    head = Row((cell("머리"), cell("둘")), height=150)
    rows = tuple(Row((cell(f"{n}"), cell("값")), height=20) for n in range(30))
    made = document(Grid((80, 60), (head, *rows), head=1))
    starts = page_starts(made, Engine())
    shown = [page.texts()[0].text for page in pages(made)[1:]]
    assert shown == [str(start.row - 1) for start in starts]


def test_a_chart_counts_as_one_item_where_pages_begin() -> None:
    styles = {**STYLES, "chart": Style("gothic", 9, 1.5)}
    bars = Bars(tuple(Bar(f"{n}", (n + 1,)) for n in range(6)), (Series("건", "#BBBBBB"),))
    made = document(bars, *(para(f"{n}") for n in range(90)))
    made = type(made)(made.title, made.name, made.items, styles)
    (start, *_) = page_starts(made, Engine())
    first = Engine().pages(made)[1].texts()[0].text
    assert first == str(start.item - 1)
