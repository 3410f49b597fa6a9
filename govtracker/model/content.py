"""What may stand in a text cell: lines with marks and levels, tables, pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from govtracker.model.ids import new_id

MARKS = "□■◻○●◦∘·•ㆍ‧-–―※◆◇▶▷☞①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮【"
_MARKED = re.compile(rf"\s*(?P<mark>[{re.escape(MARKS.replace('【', ''))}])\s*(?P<text>\S.*)")
_BARE_MARK = re.compile(rf"[{re.escape(MARKS.replace('【', ''))}]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline: its level (0 = outermost), its mark ("" = none) and its text."""

    level: int
    mark: str
    runs: tuple[Run, ...]
    id: str = field(default_factory=new_id, compare=False)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table in an outline. `text` as it prints; spans count rows and columns."""

    text: str = ""
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table among the lines: rectangular rows, None where a span covers; the first `head_rows` are heads."""

    rows: tuple[tuple[TableCell | None, ...], ...]
    head_rows: int = 1
    id: str = field(default_factory=new_id, compare=False)

    @property
    def columns(self) -> int:
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the lines: the bytes are kept apart under `sha` (sha-256); size in millimetres."""

    sha: str
    width: float
    height: float
    caption: str = ""
    id: str = field(default_factory=new_id, compare=False)


Item = Line | Table | Picture


def clean(text: str) -> str:
    """NFC, without carriage returns and control characters other than the line feed; tabs are blanks; edges stripped."""
    text = unicodedata.normalize("NFC", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\t", " ").replace("\u00a0", " ")
    return "".join(c for c in text if c >= " " or c == "\n").strip()


def one_line(text: str) -> str:
    """Cleaned text with its line feeds and runs of blanks folded into single blanks."""
    return re.sub(r"\s+", " ", clean(text))


def split_mark(text: str) -> tuple[str, str]:
    """(mark, text) of a printed line; the mark is "" where there is none.

    A minus or a dot that is followed by a digit without a blank is part of a number, not a mark.
    """
    found = _MARKED.fullmatch(text)
    if not found or re.match(r"\s*[-·–]\d", text):
        return "", text.strip()
    return found["mark"], found["text"].strip()


def line(text: str, level: int = 0, mark: str | None = None) -> Line:
    """Line of a printed text; the mark is read off the text unless given."""
    if mark is None:
        mark, text = split_mark(one_line(text))
    return Line(level, mark, (Run(text),) if text else ())


def merge_runs(runs: Iterable[Run]) -> list[Run]:
    """Neighbouring runs of one style joined."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].bold == run.bold:
            merged[-1] = Run(merged[-1].text + run.text, run.bold)
        else:
            merged.append(run)
    return merged


def is_mark(text: str) -> bool:
    """Whether a text is nothing but a mark."""
    return bool(_BARE_MARK.fullmatch(text.strip()))
