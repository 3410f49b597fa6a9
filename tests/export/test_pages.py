"""The page engine: every line once, nothing outside the margins, heads and labels repeated, tables closed."""

from __future__ import annotations

import itertools
import random
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govtracker.export.document import Cell, Document, Grid, Para, Row, Style, plain
from govtracker.export.pages.engine import pages
from govtracker.export.pages.items import MM, PAGE_HEIGHT, PAGE_WIDTH, Box, Rule
from govtracker.export.pages.lines import NOT_FIRST, NOT_LAST, Faces, break_lines
from govtracker.export.pages.printed import PrintedPage
from govtracker.model.card import Events
from govtracker.model.content import Line, Run
from tests.export.conftest import Sample

STYLES = {
    name: Style("myeongjo", 10, 1.5)
    for name in (
        "body",
        "cell",
        "detail",
        "head",
        "row",
        "caption",
        "nested",
        "nested_head",
        "check",
        "figure",
    )
}
EDGE = 0.6
UNKNOWN = "\U000f1234"
"""A character of private use, which no font has."""
WORDS = st.text(st.sampled_from("가나다라마한글文字abc12.,()·%"), min_size=1, max_size=30)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)


def document(*items: Para | Grid) -> Document:
    return Document("제목", "서식", tuple(items), STYLES)


def para(text: str, **more: object) -> Para:
    return Para((Run(text),), "body", **more)  # type: ignore[arg-type]


def texts(found: list[PrintedPage]) -> str:
    """All text of the pages without blanks, in painting order."""
    return "".join(text.text for page in found for text in page.texts()).replace(" ", "")


def missing(found: list[PrintedPage]) -> str:
    """The characters that stand on the pages as boxes."""
    marks = (mark for page in found for place in page.positioned for mark in place.items)
    return "".join(mark.char for mark in marks if isinstance(mark, Box))


def bottom(page: PrintedPage) -> float:
    return max((text.y for text in page.texts()), default=0)


def assert_inside(found: list[PrintedPage], made: Document) -> None:
    left, right, top, foot = (margin * MM for margin in made.margins)
    for page in found:
        for text in page.texts():
            assert text.x >= left - EDGE, text
            assert text.x + text.width <= PAGE_WIDTH - right + EDGE, text
            assert top - EDGE <= text.y <= PAGE_HEIGHT - foot + EDGE, text


def horizontal_rules(page: PrintedPage) -> list[tuple[float, float]]:
    """(y, width of the pen) of every rule across."""
    return sorted(
        (mark.y1 + place.y, mark.width)
        for place in page.positioned
        for mark in place.items
        if isinstance(mark, Rule) and mark.y1 == mark.y2
    )


def test_every_character_of_the_sample_stands_on_its_pages(sample: Sample) -> None:
    for made in sample.documents.values():
        found = pages(made)
        assert_inside(found, made)
        on_pages = Counter(texts(found))
        for item in made.items:
            if isinstance(item, Para):
                for char, count in Counter(item.text.replace(" ", "")).items():
                    assert on_pages[char] >= count
        assert all(page.positioned for page in found), "no empty page"


def test_the_events_of_the_richest_card_each_stand_once(sample: Sample) -> None:
    found = texts(pages(sample.documents["6-2"]))
    section = sample.card("6-2").section("timeline")
    assert isinstance(section, Events)
    assert len(section.entries) == 31
    wanted = Counter(
        item.text.replace(" ", "")
        for event in section.entries
        for item in event.details
        if isinstance(item, Line)
    )
    for text, count in wanted.items():
        assert found.count(text) >= count, text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=60))
def test_random_paragraphs_keep_every_character_in_order(lines: list[str]) -> None:
    made = document(*(para(line) for line in lines))
    found = pages(made)
    assert texts(found) == "".join(lines).replace(" ", "")
    assert_inside(found, made)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=60)), min_size=1, max_size=14), st.booleans())
def test_random_tables_keep_every_character_and_the_engine_ends(
    rows: list[tuple[str, list[str]]], splits: bool
) -> None:
    head = Row((Cell((plain("머리", "head"),), colspan=2),))
    body = [
        Row((Cell((plain(label, "cell", "left"),)), Cell(tuple(para(x) for x in lines))), splits=splits)
        for label, lines in rows
    ]
    made = document(Grid((50, 120), (head, *body), head=1))
    found = pages(made)
    assert_inside(found, made)
    expected = Counter("".join(label + "".join(lines) for label, lines in rows).replace(" ", ""))
    shown = Counter(texts(found))
    shown.subtract(Counter("머리" * sum(1 for page in found if page.positioned)))
    assert +shown == expected


def test_a_row_of_eight_pages_breaks_with_head_and_label_on_each_page_and_closes_its_rules() -> None:
    lines = tuple(para(f"{n}째 줄입니다") for n in range(300))
    head = Row((Cell((plain("때", "head"),), role="head"), Cell((plain("한 일", "head"),), role="head")))
    row = Row((Cell((plain("그동안", "cell"),), repeat=True), Cell(lines, valign="top")), splits=True)
    made = document(Grid((30, 140), (head, row), head=1))
    found = pages(made)
    assert len(found) >= 6
    for page in found:
        shown = [text.text for text in page.texts()]
        assert shown.count("때") == 1
        assert shown.count("그동안") == 1
        outer = [y for y, width in horizontal_rules(page) if width > 0.6]
        assert bottom(page) < max(outer) < bottom(page) + 8 * MM, (
            "the closing rule stands right under the last line"
        )
    everything = [text.text for page in found for text in page.texts() if "째" in text.text]
    assert everything == [f"{n}째 줄입니다" for n in range(300)]


def test_a_split_cell_has_two_lines_on_each_side() -> None:
    for count in range(4, 90, 3):
        filler = [para("앞") for _ in range(count)]
        row = Row((Cell(tuple(para(f"줄{n}") for n in range(12)), valign="top"),), splits=True)
        found = pages(document(*filler, Grid((170,), (row,))))
        counts = [sum(1 for text in page.texts() if text.text.startswith("줄")) for page in found]
        assert all(c == 0 or c >= 2 for c in counts), counts


def test_a_heading_never_stays_alone_at_the_foot() -> None:
    for count in range(30, 60):
        filler = [para("앞") for _ in range(count)]
        found = pages(document(*filler, para("제목", keep=True), para("다음 줄")))
        page = next(page for page in found if any(text.text == "제목" for text in page.texts()))
        assert any(text.text == "다음 줄" for text in page.texts())


def test_wrapped_lines_start_under_the_first_character_after_the_mark() -> None:
    made = document(Para((Run("가나다 " * 60),), "body", mark="○", mark_x=0.15, text_x=1.4))
    found = [text for page in pages(made) for text in page.texts()]
    mark, *lines = found
    assert mark.text.strip() == "○"
    assert len(lines) > 2
    assert {round(line.x, 2) for line in lines} == {round(20 * MM + 14, 2)}


def test_korean_breaks_at_spaces_and_a_word_too_long_by_the_rules() -> None:
    faces = Faces("myeongjo", 10, bold=False)
    broken = break_lines((Run("혁신·협치위원회 운영"),), faces, 85)
    assert ["".join(text for text, _ in line.runs) for line in broken] == ["혁신·협치위원회", "운영"]
    long = "가" * 9 + "「나」" + "다" * 9 + "라)." + "마(바" * 8
    for width in range(40, 120, 7):
        for line in break_lines((Run(long),), faces, width)[1:]:
            assert line.runs[0][0][0] not in NOT_FIRST or width < 45
        for line in break_lines((Run(long),), faces, width)[:-1]:
            assert line.runs[-1][0][-1] not in NOT_LAST or width < 45


def test_a_character_that_no_font_has_shows_as_a_box_not_as_nothing() -> None:
    found = pages(document(para(f"앞{UNKNOWN}뒤")))
    assert missing(found) == UNKNOWN
    assert texts(found) == "앞뒤"
    assert missing(pages(document(para("가\U000e0100나\ufe0f다\u2066")))) == "", "a selector shows nothing"


def test_emoji_print_in_the_first_font_that_has_them() -> None:
    found = pages(document(para("앞😀뒤")))
    assert texts(found) == "앞😀뒤"
    assert missing(found) == ""


def test_a_small_table_is_not_parted() -> None:
    table = Grid(
        (60, 110),
        tuple(Row((Cell((plain(f"가{n}", "cell"),)), Cell((plain("나", "cell"),)))) for n in range(8)),
        head=1,
    )
    for count in range(36, 50):
        found = pages(document(*(para("앞") for _ in range(count)), table))
        with_rows = [page for page in found if any(text.text.startswith("가") for text in page.texts())]
        assert len(with_rows) == 1


OPENING = "(「『【“‘"
CLOSING = ")」』】〉》.,%∼~:;!?”’ㆍ·"
MIXED = st.text(
    st.sampled_from("가나다라마文字漢😀abc12,.()「」『』【】〈〉《》“”‘’ㆍ·%~∼:;!?"), min_size=1, max_size=40
)


def line_texts(text: str, width: float) -> list[str]:
    faces = Faces("myeongjo", 10, bold=False)
    return ["".join(part for part, _ in line.runs) for line in break_lines((Run(text),), faces, width)]


@settings(max_examples=60, deadline=None)
@given(st.lists(MIXED, min_size=1, max_size=20).map(" ".join), st.floats(60, 480))
def test_lines_break_at_blanks_and_inside_a_word_only_where_it_is_wider_than_the_line(
    text: str, width: float
) -> None:
    faces = Faces("myeongjo", 10, bold=False)
    lines = line_texts(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(faces.width(line) <= width + 0.1 for line in lines)
    words = text.split()
    for word in words:
        if faces.width(word) <= width:
            assert any(word in line for line in lines), (word, lines)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("가나다라마바사아" + OPENING + CLOSING), min_size=20, max_size=200),
    st.floats(100, 400),
)
def test_a_broken_word_leaves_no_closing_mark_at_a_start_and_no_opening_one_at_an_end(
    text: str, width: float
) -> None:
    lines = line_texts(text, width)
    for one, two in itertools.pairwise(lines):
        legal = any(
            text_[at] not in NOT_FIRST and text_[at - 1] not in NOT_LAST
            for text_, at in (((one + two[:1]), k) for k in range(max(1, len(one) - 3), len(one) + 1))
        )
        if legal:
            assert two[0] not in CLOSING, (one, two)
            assert one[-1] not in OPENING, (one, two)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 500),
    st.sampled_from(["가나다 라마바", "가" * 200, "大韓民國" * 30, "한글😀이모지 " * 9, ""]),
)
def test_outlines_of_any_length_and_any_words_stand_once_in_order(count: int, text: str) -> None:
    made = document(
        *(Para((Run(f"{n} {text}"),), "body", mark="○", mark_x=0.15, text_x=1.4) for n in range(count))
    )
    found = pages(made)
    shown = texts(found).replace("○", "")
    expected = "".join(f"{n} {text}" for n in range(count)).replace(" ", "")
    assert shown == expected
    assert_inside(found, made)
    assert all(page.positioned for page in found) or count == 0
    assert_apart(found)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 8), st.sampled_from(["가", "a", "漢", "가.", "「나"]), st.booleans())
def test_words_of_two_thousand_characters_stand_whole_on_the_pages(
    count: int, part: str, inside: bool
) -> None:
    word = (part * 2000)[:2000]
    lines = tuple(para(word) for _ in range(count))
    row = Row((Cell((plain("때", "cell"),), repeat=True), Cell(lines, valign="top")), splits=True)
    made = document(Grid((30, 140), (row,))) if inside else document(*lines)
    found = pages(made)
    assert texts(found).replace("때", "") == word * count
    assert_inside(found, made)
    assert_apart(found)


def spanned(seed: int) -> Grid:
    """A table of at most 40 x 14 with merged cells."""
    rng = random.Random(seed)
    columns, count = rng.randint(1, 14), rng.randint(1, 40)
    head = rng.randint(0, min(2, count - 1))
    taken: set[tuple[int, int]] = set()
    rows = []
    for at in range(count):
        cells, column = [], 0
        while column < columns:
            if (at, column) in taken:
                column += 1
                continue
            wide, free = rng.randint(1, 3) if rng.random() < 0.1 else 1, 1
            while free < wide and column + free < columns and (at, column + free) not in taken:
                free += 1
            tall = min(rng.randint(2, 6), (head if at < head else count) - at) if rng.random() < 0.1 else 1
            taken |= {(r, c) for r in range(at, at + tall) for c in range(column, column + free)}
            text = rng.choice(
                ["", "가", "1,234", "나다라 마바사", "字" * 9, "x" * 60, "긴 글 " * rng.randint(1, 40)]
            )
            cells.append(Cell((plain(text, "cell"),), colspan=free, rowspan=tall))
            column += free
        rows.append(Row(tuple(cells)))
    return Grid((170 / columns,) * columns, tuple(rows), head=head)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 40))
def test_tables_with_spans_keep_their_text_inside_and_apart(seed: int, above: int) -> None:
    table = spanned(seed)
    found = pages(document(*(para("앞") for _ in range(above)), table))
    assert_inside(found, document(table))
    assert_apart(found)
    body = [cell for row in table.rows[table.head :] for cell in row.cells]
    wanted = "".join(item.text for cell in body for item in cell.content if isinstance(item, Para))
    assert not Counter(wanted.replace(" ", "")) - Counter(texts(found)), "nothing is lost"


def assert_apart(found: list[PrintedPage]) -> None:
    """No two strings overlap."""
    for page in found:
        rows: dict[float, list[tuple[float, float]]] = {}
        for text in page.texts():
            if text.text.strip():
                blank = 0.3 * text.size if text.text.endswith(" ") else 0
                rows.setdefault(round(text.y, 1), []).append((text.x, text.x + text.width - blank))
        for spans in rows.values():
            for one, two in itertools.pairwise(sorted(spans)):
                assert one[1] <= two[0] + 3.0, (one, two)
        for one_y, two_y in itertools.pairwise(sorted(rows)):
            if two_y - one_y < 6:
                for a, b in rows[one_y]:
                    assert not any(a < d - 3 and c < b - 3 for c, d in rows[two_y]), (one_y, two_y)


def test_a_row_beside_a_merged_cell_that_goes_on_is_printed_once() -> None:
    long = Cell(tuple(para(f"줄{n}") for n in range(400)), rowspan=2)
    rows = (Row((long, Cell((plain("위", "cell"),)))), Row((Cell((plain("아래-12345", "cell"),)),)))
    found = pages(document(Grid((85, 85), rows)))
    assert len(found) > 5
    assert texts(found).count("아래-12345") == 1
    assert [f"줄{n}" for n in range(400)] == [
        t.text for p in found for t in p.texts() if t.text.startswith("줄")
    ]


def test_figures_made_smaller_in_a_table_inside_a_cell_are_told() -> None:
    styles = {**STYLES, "nested": Style("myeongjo", 9.5, 1.35, least=7)}
    inner = Grid(
        (12, 12),
        (Row((Cell((plain("123,456,789", "nested", "right", whole=True),)), Cell())),),
        role="nested",
    )
    outer = Grid((170,), (Row((Cell((para("표"), inner)),)),))
    made = Document("제목", "서식", (outer,), styles)
    ((text, size),) = pages(made)[0].small
    assert (text, 7 <= size < 9.5) == ("123,456,789", True)


def test_a_circled_number_and_a_date_stay_with_what_belongs_to_them() -> None:
    text = "제도 개선 전담반 ④ 성과평가 지표 개편 2022. 11. 16. 시행"
    for width in range(90, 200, 7):
        lines = line_texts(text, width)
        assert any("④ 성과평가" in line for line in lines), lines
        assert any("2022. 11. 16." in line for line in lines), lines
