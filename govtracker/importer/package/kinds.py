"""What kind of file it is, told by its content and not by its name."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCODINGS = ("utf-8-sig", "cp949", "utf-16")
"""Encodings of texts, in the order in which they are tried; utf-16 only with its mark."""
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")
_NO_TABLES = (b"%pdf", b"{\\rtf", b"%!ps")
_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"


class Kind(StrEnum):
    """Kinds of files that there is a reader for, as the officer reads them."""

    XLSX = "엑셀 통합 문서(.xlsx)"
    STRICT = "Strict 형식의 엑셀 통합 문서"
    XLSB = "이진 통합 문서(.xlsb)"
    XLS = "옛 엑셀 문서(.xls)"
    ODS = "ODF 스프레드시트(.ods)"
    CSV = "글자로만 된 표(.csv)"
    HTML = "웹 문서(HTML)"
    XML = "엑셀 2003 XML 문서"


def kind_of(path: Path) -> Kind | None:
    """The kind of a file; None for one that nobody here reads."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            return kind_of_zip(archive)
    if head.startswith(OLE):
        return Kind.XLS if has_stream(path, "Workbook") or has_stream(path, "Book") else None
    if head[:2] == b"\x09\x08" or head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04"):
        return Kind.XLS
    return _kind_of_text(path, head)


def kind_of_zip(archive: zipfile.ZipFile) -> Kind | None:
    """The kind of a zip archive."""
    names = {name.lower(): name for name in archive.namelist()}
    if "[content_types].xml" in names:
        if any(name.endswith("workbook.bin") for name in names):
            return Kind.XLSB
        book = next((n for n in names if n.endswith("workbook.xml") and n.startswith("xl/")), "")
        if book:
            return Kind.STRICT if b"purl.oclc.org/ooxml" in archive.read(names[book]) else Kind.XLSX
        return Kind.XLSX if any(name.startswith("xl/") for name in names) else None
    if "content.xml" in names and "mimetype" in names:
        return Kind.ODS if b"spreadsheet" in archive.read(names["mimetype"]) else None
    return None


def has_stream(path: Path, name: str) -> bool:
    """Whether an OLE file has a stream or a storage of a name (its directory writes names in UTF-16)."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    size = len(wanted)
    data = path.read_bytes()
    at = data.find(wanted)
    while at >= 0:
        # a directory entry is 128 bytes: the name in 64 of them, its length with the closing zero behind it
        if at % 128 == 0 and int.from_bytes(data[at + 64 : at + 66], "little") == size:
            return True
        at = data.find(wanted, at + 1)
    return False


def _kind_of_text(path: Path, head: bytes) -> Kind | None:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").replace(b"\0", b"").lower()
    if start.startswith(_NO_TABLES):
        return None
    if start.startswith(_HTML):
        return Kind.HTML
    if start.startswith((b"<?xml", b"<workbook")):
        if _EXCEL_XML in path.read_bytes().replace(b"\0", b""):
            return Kind.XML
        return Kind.HTML if b"<html" in start else None
    return Kind.CSV if decoded(head, whole=len(head) < 4096) is not None else None


def decoded(data: bytes, *, whole: bool = True) -> str | None:
    """The text of some bytes; None where they are none. `whole` = they don't break off within a character."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ENCODINGS[:2]:
        for cut in range(1 if whole else 4):
            try:
                text = data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            odd = sum(char < " " and char not in "\t\r\n\f" for char in text)
            return text if odd <= len(text) * 0.002 else None
    return None
