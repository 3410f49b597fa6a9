"""What other programs put into the clipboard: cells as text parted by tabs, paragraphs and tables as a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Rows = list[list[str]]


def tab_rows(text: str) -> Rows:
    """Rows of cells parted by tabs, as Excel writes them: a cell with a line break or a tab stands in quotation marks.

    Other quotation marks are characters like any.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: Rows = [[]]
    at = 0
    while at < len(text):
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if at < len(text) and text[at] == "\n":
            rows.append([])
        at += 1
        if at == len(text) and text[-1] == "\t":
            rows[-1].append("")
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\n]|\Z)')


def _cell(text: str, at: int) -> tuple[str, int]:
    """(a cell's text, where it ends)."""
    quoted = _QUOTED.match(text, at)
    if quoted and ("\n" in quoted[1] or "\t" in quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    end = min((found for mark in "\t\n" if (found := text.find(mark, at)) >= 0), default=len(text))
    return text[at:end], end


def tab_text(rows: Rows) -> str:
    """The cells as text parted by tabs, as Excel writes it: in quotation marks where one holds a tab or a line break."""

    def written(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if "\t" in cell or "\n" in cell else cell

    return "".join("\t".join(map(written, row)) + "\n" for row in rows)


def page_of(rows: Rows) -> str:
    """The cells as a web page's table."""
    lines = (
        "<tr>" + "".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<html><body><table border=1>{''.join(lines)}</table></body></html>"


# ---------------------------------------------------------------- web pages


@dataclass(slots=True)
class PastedCell:
    """A cell of a pasted table and how far it reaches."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    head: bool = False


@dataclass(slots=True)
class PastedTable:
    """Rows of a pasted table, each with the cells that begin in it."""

    rows: list[list[PastedCell]] = field(default_factory=list)


@dataclass(slots=True)
class PastedLine:
    """A pasted paragraph: how deep its list is (0 = outermost, None = it is in none), its text with whatever mark it has."""

    depth: int | None
    text: str


_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "blockquote", "pre"}
_LISTS = {"ul", "ol", "blockquote"}
_WORD_LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d+)")
_SILENT = {"style", "script", "head", "title"}


def blocks_of(html: str) -> list[PastedLine | PastedTable]:
    """The paragraphs and tables of a web page in order; what they look like is dropped."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(reader.finish())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PastedLine | PastedTable] = []
        self.tables: list[PastedTable] = []
        self.cell: PastedCell | None = None
        self.text: list[str] = []
        self.depth = 0
        self.level: int | None = None
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self._begin_table()
        elif self.tables:
            self._in_table(tag, values)
        elif tag in _LISTS:
            self._end_line()
            self.depth += 1
        elif tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._end_line()
            found = _WORD_LEVEL.search(values.get("style", ""))
            self.level = int(found[1]) - 1 if found else None

    def _begin_table(self) -> None:
        if not self.tables:
            self._end_line()
            self.found.append(PastedTable())
            self.tables.append(self.found[-1])  # type: ignore[arg-type]
        else:
            self.tables.append(self.tables[0])
            self.text.append("\n")

    def _in_table(self, tag: str, values: dict[str, str]) -> None:
        if len(self.tables) > 1:
            if tag in ("tr", "br", "p"):
                self.text.append("\n")
            elif tag in ("td", "th"):
                self.text.append(" ")
        elif tag == "tr":
            self._end_cell()
            self.tables[0].rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.tables[0].rows:
                self.tables[0].rows.append([])
            rows, columns = (_span(values.get(name, "")) for name in ("rowspan", "colspan"))
            self.cell = PastedCell("", rows, columns, tag == "th")
        elif tag == "br" or (tag in _BLOCKS and any(part.strip() for part in self.text)):
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.tables:
            if len(self.tables) == 1:
                self._end_cell()
            self.tables.pop()
        elif self.tables:
            if tag in ("td", "th") and len(self.tables) == 1:
                self._end_cell()
        elif tag in _LISTS:
            self._end_line()
            self.depth = max(0, self.depth - 1)
        elif tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _end_cell(self) -> None:
        if self.cell is not None:
            self.cell.text = "\n".join(
                filter(None, (_plain(line) for line in "".join(self.text).split("\n")))
            )
            self.tables[0].rows[-1].append(self.cell)
        self.cell = None
        self.text = []

    def _end_line(self) -> None:
        text = _plain("".join(self.text))
        self.text = []
        if text:
            depth = self.level if self.level is not None else self.depth - 1 if self.depth else None
            self.found.append(PastedLine(depth, text))
        self.level = None

    def finish(self) -> Iterator[PastedLine | PastedTable]:
        if not self.tables:
            self._end_line()
        for block in self.found:
            if not isinstance(block, PastedTable) or any(row for row in block.rows):
                yield block


def _span(text: str) -> int:
    return max(1, min(int(text), 200)) if text.isdigit() else 1


def _plain(text: str) -> str:
    return re.sub(r"[ \u00a0]+", " ", text).strip()
