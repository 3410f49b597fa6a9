"""Is this a workbook that may be read at all? Told by content, not by name; nothing is parsed before this."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from govtracker.errors import ImportTrouble
from govtracker.importer.package.kinds import OLE, Kind, has_stream, kind_of, kind_of_zip

LIMIT, RATIO = 200 * 1024 * 1024, 300
"""Bytes that an honest workbook unpacks to at most, and times its size (the largest of 1,323 had 57 MB)."""
MERGE_LIMIT = 2_000_000
"""Cells that all merges of a sheet may cover together."""
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)"')
RESAVE = "엑셀에서 열어 '통합 문서(.xlsx)'로 다시 저장한 뒤 가져오세요."


def check(path: Path) -> Kind:
    """The kind of the file; ImportTrouble with its name, what is wrong and what to do, where nobody reads it."""
    name = path.name
    if name.startswith("~$"):
        raise ImportTrouble(
            name, "엑셀이 열려 있을 때 생기는 임시 잠금 파일입니다.", "'~$'가 붙지 않은 원래 파일을 고르세요."
        )
    try:
        size = path.stat().st_size
        head = _beginning(path)
    except OSError as error:
        raise ImportTrouble(
            name,
            "파일을 열 수 없습니다.",
            "파일이 있는지, 다른 프로그램이 쓰고 있지 않은지 확인하세요.",
            detail=str(error),
        ) from error
    if not path.is_file():
        raise ImportTrouble(name, "파일이 아니라 폴더입니다.", "엑셀 파일을 고르세요.")
    if size == 0:
        raise ImportTrouble(name, "빈 파일입니다.", "내용이 있는 파일을 고르세요.")
    if size > LIMIT:
        raise ImportTrouble(name, "지나치게 큰 파일입니다.", "엑셀 파일이 맞는지 확인하세요.")
    if head.startswith(b"PK"):
        return _zip(path, size)
    kind = kind_of(path)
    if kind is None or (kind is Kind.XLS and _is_locked(path)):
        raise _unread(path, head)
    return kind


def _beginning(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(4096)


def _is_locked(path: Path) -> bool:
    """Whether an old workbook is encrypted: a FILEPASS record (0x2F) follows its first one ([MS-XLS] 2.4.117)."""
    data = path.read_bytes()
    for start in (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05"):
        at = data.find(start)
        if at >= 0:
            at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
            for _ in range(3):
                record = int.from_bytes(data[at : at + 2], "little")
                if record == 0x2F:
                    return True
                at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False


_OTHERS = (
    ("FileHeader", "한글 문서(.hwp)"),
    ("WordDocument", "워드 문서(.doc)"),
    ("PowerPoint Document", "파워포인트 문서(.ppt)"),
)


def _unread(path: Path, head: bytes) -> ImportTrouble:
    """The trouble of a file that is none of the kinds, by what it is."""
    name = path.name
    if head.startswith(OLE):
        if has_stream(path, "EncryptedPackage") or has_stream(path, "EncryptionInfo") or _is_locked(path):
            return ImportTrouble(name, "암호가 걸린 파일입니다.", "암호를 풀어 다시 저장한 뒤 가져오세요.")
        for stream, label in _OTHERS:
            if has_stream(path, stream):
                return ImportTrouble(name, f"엑셀 파일이 아니라 {label}입니다.", "엑셀 파일을 고르세요.")
        return ImportTrouble(name, "옛 형식의 문서인데 엑셀 파일이 아니거나 손상되었습니다.", RESAVE)
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith(b"<?xml"):
        return ImportTrouble(name, "이름만 엑셀이고 실제로는 XML 문서입니다.", RESAVE)
    if text.startswith(b"%pdf"):
        return ImportTrouble(name, "PDF 문서입니다.", "원본 엑셀 파일을 고르세요.")
    return ImportTrouble(
        name, "손상된 파일이거나 엑셀 파일이 아닙니다.", "원본을 다시 받아 열리는지 확인하세요."
    )


def _zip(path: Path, size: int) -> Kind:
    name = path.name
    damaged = ImportTrouble(
        name, "손상된 파일입니다.", "엑셀에서 열리는지 확인하고, 열리면 다시 저장한 뒤 가져오세요."
    )
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _entries(name, entries, size)
            names = {entry.filename for entry in entries}
            kind = kind_of_zip(archive)
            if kind is None:
                raise _other_zip(name, names)
            for entry in entries:
                if entry.flag_bits & 1:
                    raise ImportTrouble(
                        name, "암호가 걸린 파일입니다.", "암호를 풀어 다시 저장한 뒤 가져오세요."
                    )
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _merges(name, archive.read(entry))
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if kind is Kind.ODS and b"encryption-data" in manifest:
                raise ImportTrouble(name, "암호가 걸린 파일입니다.", "암호를 풀어 다시 저장한 뒤 가져오세요.")
            return kind
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        damaged.detail = str(error)
        raise damaged from error


def _entries(name: str, entries: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > LIMIT or total > max(size, 4096) * RATIO:
        raise ImportTrouble(name, "풀면 지나치게 커지는 파일입니다.", "믿을 수 있는 파일인지 확인하세요.")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise ImportTrouble(name, "같은 이름의 내용이 두 번 든 잘못된 파일입니다.", RESAVE)
    if any(
        PurePosixPath(n).is_absolute() or ".." in PurePosixPath(n.replace("\\", "/")).parts for n in names
    ):
        raise ImportTrouble(name, "바깥 폴더를 가리키는 잘못된 파일입니다.", RESAVE)


def _other_zip(name: str, names: set[str]) -> ImportTrouble:
    kinds = (
        ("word/", "워드 문서(.docx)"),
        ("ppt/", "파워포인트 문서(.pptx)"),
        ("Contents/", "한글 문서(.hwpx)"),
        ("content.xml", "스프레드시트가 아닌 ODF 문서"),
    )
    kind = next(
        (label for start, label in kinds if any(n.startswith(start) for n in names)), "압축 파일(.zip)"
    )
    return ImportTrouble(name, f"엑셀 파일이 아니라 {kind}입니다.", "엑셀 통합 문서(.xlsx)를 고르세요.")


def _merges(name: str, data: bytes) -> None:
    covered = 0
    for left, top, right, bottom in _MERGE.findall(data):
        covered += (_number(right) - _number(left) + 1) * (int(bottom) - int(top) + 1)
    if covered > MERGE_LIMIT:
        raise ImportTrouble(
            name, "병합된 칸이 지나치게 넓습니다.", "엑셀에서 빈 부분의 병합을 푼 뒤 다시 저장하세요."
        )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
