"""The kinds of files that users see: their endings and names, and what became of writing one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[int, int], bool]
"""(done, of) -> whether to go on."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: the ending of its names, with the dot and in lower case, and what a file dialog calls it."""

    suffix: str
    label: str

    @property
    def pattern(self) -> str:
        """The kind as a file dialog lists it: `PDF (*.pdf)`."""
        return f"{self.label} (*{self.suffix})"

    def fits(self, path: Path) -> bool:
        """Whether a path ends as files of this kind do, in whatever case."""
        return path.suffix.lower() == self.suffix

    def named(self, path: Path) -> Path:
        """The path with this ending added where it hasn't got it."""
        return path if self.fits(path) else path.with_name(path.name + self.suffix)


BOOK = FileKind(".govtracker", "대장")
PDF = FileKind(".pdf", "PDF")
WORKBOOK = FileKind(".xlsx", "엑셀 통합 문서")


IMPORTED = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".html", ".htm", ".xml")
"""Endings of the files that can be imported; which kind one is its contents say."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: how many pages or sheets, and what its reader should know of them.

    `unit` is what follows the count (`쪽`, `개 시트`); `remarks` are whole sentences.
    """

    path: Path
    count: int
    unit: str
    remarks: tuple[str, ...] = ()

    @property
    def size(self) -> str:
        """Count and unit as they are said: `45쪽`, `3개 시트`."""
        return f"{self.count}{self.unit}"
