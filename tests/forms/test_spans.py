"""Cells of a form's grid stand where its spans leave room."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from govtracker.forms.schema import GridCell
from govtracker.forms.spans import spread

TALL, WIDE, LEFT, RIGHT = (
    GridCell(label="tall", down=2), GridCell(label="wide", span=2), GridCell(fact="left"), GridCell(label="right"),
)  # fmt: skip


def test_cells_stand_beside_what_reaches_down() -> None:
    grid = spread(((TALL, WIDE), (LEFT, RIGHT)))
    assert grid.starts == ((0, 0, TALL), (0, 1, WIDE), (1, 1, LEFT), (1, 2, RIGHT))
    assert grid.at == {(0, 0): TALL, (1, 0): TALL, (0, 1): WIDE, (0, 2): WIDE, (1, 1): LEFT, (1, 2): RIGHT}


def test_labels_of_a_cell() -> None:
    grid = spread(((TALL, WIDE), (LEFT, RIGHT), (GridCell(), GridCell(fact="below"))))
    assert (grid.label_left(1, 1), grid.label_above(1, 1)) == ("tall", "wide")
    assert grid.label_above(2, 1) == "wide"
    assert (grid.label_left(2, 0), grid.label_above(0, 0)) == ("", "")


_CELLS = st.lists(st.builds(GridCell, span=st.integers(1, 3), down=st.integers(1, 3)), min_size=1, max_size=4)


@given(st.lists(_CELLS, max_size=4))
def test_every_cell_begins_in_its_own_row_right_of_the_one_before(rows: list[list[GridCell]]) -> None:
    starts, at = spread(rows)
    assert [cell for _, _, cell in starts] == [cell for row in rows for cell in row]
    assert [row for row, _, _ in starts] == [number for number, row in enumerate(rows) for _ in row]
    assert all(at[row, column] is cell for row, column, cell in starts)
    assert all(
        column >= before + cell.span
        for (row, before, cell), (below, column, _) in pairwise(starts)
        if row == below
    )
