"""Peers: the least that has to be done for a comparable result, without anything of GovTracker.

Each function runs in a fresh process and returns its seconds, with imports where the case it stands beside counts them.
"""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import statistics
from collections.abc import Callable
from contextlib import closing
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from bench.cases import SAVES, timed, until_shown
from bench.inputs import Inputs


def openpyxl(inputs: Inputs, count: int) -> float:
    """Loading the sample workbook, once."""

    def work() -> None:
        import openpyxl

        openpyxl.load_workbook(inputs.sample)

    return timed(work)


def reader(inputs: Inputs, count: int) -> float:
    """The importer's reader alone on the workbook of many cards, in a child process as always."""
    from bench.cases import office_workbook

    path = office_workbook(inputs, count)

    def work() -> None:
        from govtracker.importer.package.child import read_in_child

        assert len(read_in_child(path).sheets) >= count, "not the workbook"

    return timed(work)


def calamine(inputs: Inputs, count: int) -> float:
    """All values of the workbook of many cards by calamine, which looks at nothing else."""
    from bench.cases import office_workbook

    path = office_workbook(inputs, count)

    def work() -> None:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    return timed(work)


def canvas_cold(inputs: Inputs, count: int) -> float:
    """The rich card's strings and rules in a process that has imported nothing yet."""
    cards = inputs.read("rich")
    return timed(lambda: draw(cards))


def canvas_warm(inputs: Inputs, count: int) -> float:
    """The rich card's strings and rules for the second time in one process."""
    cards = inputs.read("rich")
    draw(cards)
    return timed(lambda: draw(cards))


def canvas(inputs: Inputs, count: int) -> float:
    """The strings and rules of so many cards, after a first small file."""
    cards = inputs.read("marks")
    draw(cards[:1])
    wanted = list(islice(cycle(cards), count))
    return timed(lambda: draw(wanted))


def draw(cards: list[dict[str, Any]]) -> None:
    """Recorded strings and rules to one PDF, each string with its font, nothing measured or laid out."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in {name: file for card in cards for name, file in card["fonts"].items()}.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, file))
    target = Canvas(io.BytesIO(), pageCompression=1)
    for card in cards:
        for page in card["pages"]:
            for x, y, font, size, text in page["strings"]:
                target.setFont(font, size)
                target.drawString(x, y, text)
            for width, x1, y1, x2, y2 in page["rules"]:
                target.setLineWidth(width)
                target.line(x1, y1, x2, y2)
            target.showPage()
    target.getpdfdata()


def xlsxwriter(inputs: Inputs, count: int) -> float:
    """Our cells of so many cards once more, by XlsxWriter's own methods, after a first small file."""
    found = inputs.read("cells")
    pictures = {name: base64.b64decode(data) for name, data in found["pictures"].items()}
    cards = found["cards"]
    fill(cards[:1], found["looks"], pictures)
    wanted = list(islice(cycle(cards), count))
    return timed(lambda: fill(wanted, found["looks"], pictures))


def fill(cards: list[dict[str, Any]], looks: list[dict[str, Any]], pictures: dict[str, bytes]) -> None:
    """Recorded sheets to one workbook: values, formats, merges, sizes, pictures, print set-up."""
    import xlsxwriter

    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    formats = [book.add_format(look) for look in looks]
    fonts = {bold: book.add_format({"bold": bold}) for bold in (False, True)}
    for card in cards:
        sheet = book.add_worksheet()
        for column, width in enumerate(card["columns"]):
            sheet.set_column(column, column, width)
        for row, height in card["rows"]:
            sheet.set_row(row, height)
        for *area, look in card["merges"]:
            sheet.merge_range(*area, "", formats[look])
        for row, column, kind, value, look in card["cells"]:
            cell(sheet, row, column, kind, value, formats[look], fonts)
        for row, column, name, scale in card["pictures"]:
            given = {"image_data": io.BytesIO(pictures[name]), "x_scale": scale, "y_scale": scale}
            sheet.insert_image(row, column, f"{name}.png", given)
        sheet.set_paper(9)
        sheet.set_print_scale(card["scale"])
        sheet.set_h_pagebreaks(card["breaks"])
        sheet.set_header(card["header"])
        sheet.set_footer(card["footer"])
    book.close()


def cell(sheet: Any, row: int, column: int, kind: str, value: Any, look: Any, fonts: dict[bool, Any]) -> None:
    """One value by its type."""
    if kind == "blank":
        sheet.write_blank(row, column, None, look)
    elif kind == "number":
        sheet.write_number(row, column, value, look)
    elif kind == "formula":
        sheet.write_formula(row, column, value[0], look, value[1])
    elif kind == "rich":
        sheet.write_rich_string(row, column, *(x for text, bold in value for x in (fonts[bold], text)), look)
    else:
        sheet.write_string(row, column, value, look)


def sqlite(inputs: Inputs, count: int) -> float:
    """One row with the section's bytes in a transaction of its own, flushed to the disk: the median of some."""
    body = json.dumps(inputs.read("section")["body"], ensure_ascii=False).encode()
    path = inputs.folder / "plain.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma synchronous = full")
        connection.execute("create table section (id integer primary key, body blob)")

        def insert() -> None:
            with connection:
                connection.execute("insert into section (body) values (?)", (body,))

        insert()
        return statistics.median(timed(insert) for _ in range(SAVES))


def sqlite_rows(inputs: Inputs, count: int) -> float:
    """Every row that a card of the list's book has, fetched as it is, for the second time."""
    with closing(sqlite3.connect(inputs.many)) as connection:
        names = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        columns = {
            name: [row[1] for row in connection.execute(f"pragma table_info({name})")] for name in names
        }
        tables = [name for name in names if "card" in columns[name] and name != "version"]

        def fetch() -> None:
            for name in tables:
                connection.execute(f"select * from {name}").fetchall()

        fetch()
        return timed(fetch)


def bare_window(inputs: Inputs, count: int) -> float:
    """From nothing imported to an empty main window painted (offscreen)."""
    begin = perf_counter()
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(["bench"])
    window = QMainWindow()
    window.resize(1440, 900)
    until_shown(app, window)
    return perf_counter() - begin


PEERS: dict[str, Callable[[Inputs, int], float]] = {
    "openpyxl": openpyxl,
    "reader": reader,
    "calamine": calamine,
    "canvas_cold": canvas_cold,
    "canvas_warm": canvas_warm,
    "canvas": canvas,
    "xlsxwriter": xlsxwriter,
    "sqlite": sqlite,
    "sqlite_rows": sqlite_rows,
    "bare_window": bare_window,
}
