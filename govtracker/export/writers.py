"""The writers of documents by the ending of a file's name: what can be written is listed here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govtracker.errors import Refused
from govtracker.export.document import Document
from govtracker.export.encoded import Encoded, Pictures, no_picture
from govtracker.export.pdf.front import Front
from govtracker.export.writing import replace_file
from govtracker.files import PDF, WORKBOOK, FileKind, Progress, Written


@dataclass(frozen=True, slots=True)
class Publication:
    """What is written to one file: documents one after another, their pictures, its title, what comes before them.

    A kind of file that has no place for the title or for a cover and contents leaves them out.
    """

    documents: Sequence[Document]
    pictures: Pictures = no_picture
    title: str = ""
    front: Front | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one kind of file; `unit` is what its parts are counted in, `encode` makes its bytes."""

    kind: FileKind
    unit: str
    encode: Callable[[Publication, Progress | None], Encoded]

    def write(self, path: Path, publication: Publication, progress: Progress | None = None) -> Written | None:
        """Write a file in one step; None, and the old file as it was, where `progress` said stop. FileTrouble."""
        encoded = self.encode(publication, progress)
        if not encoded.parts:
            return None
        replace_file(path, encoded.data)
        return Written(path, encoded.parts, self.unit, encoded.remarks)


def writer_of(path: Path) -> Writer:
    """The writer of a file by its name; Refused where the ending is of no kind that is written."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        kinds = ", ".join(f"{each.kind.label}({suffix})" for suffix, each in WRITERS.items())
        raise Refused(
            path.name,
            f"이런 파일로는 내보낼 수 없습니다. 내보낼 수 있는 것: {kinds}",
            f"파일 이름의 끝을 {', '.join(WRITERS)} 가운데 하나로 하세요.",
        )
    return writer


def _pdf(publication: Publication, progress: Progress | None) -> Encoded:
    from govtracker.export.pdf.writer import pdf_bytes

    documents, pictures = publication.documents, publication.pictures
    return pdf_bytes(documents, pictures, publication.title, progress, publication.front)


def _workbook(publication: Publication, progress: Progress | None) -> Encoded:
    from govtracker.export.workbook.writer import excel_bytes

    return excel_bytes(list(publication.documents), publication.pictures, progress, publication.title)


WRITERS: Mapping[str, Writer] = {
    writer.kind.suffix: writer for writer in (Writer(PDF, "쪽", _pdf), Writer(WORKBOOK, "개 시트", _workbook))
}
"""Writers by ending, in the order in which they are offered."""
