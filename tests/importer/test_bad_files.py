"""Bad and odd files: a clear Korean error that names the file, or the data; never a traceback, never a hang."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from govtracker.errors import ImportTrouble
from govtracker.forms import loader
from govtracker.importer.assembly.plan import plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package import preflight
from govtracker.importer.package.child import SECONDS, read_in_child, seconds_for
from tests.support.expected import SAMPLE, SHARED, needs_corpus


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return target.getvalue()


GOOD = SAMPLE.read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(stream: str) -> bytes:
    """A head of an OLE file whose directory has one stream."""
    name = (stream + "\0").encode("utf-16-le")
    return OLE + b"\0" * (512 - 8) + name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + b"\0" * 62


BAD = {
    "zero bytes": (b"", "빈 파일"),
    "random bytes": (bytes(range(256)) * 20, "손상"),
    "truncated zip": (GOOD[: len(GOOD) // 2], "손상"),
    "old document": (OLE + b"\0" * 600, "옛 형식"),
    "encrypted": (ole("EncryptedPackage"), "암호"),
    "hwp": (ole("FileHeader"), "한글 문서"),
    "doc": (ole("WordDocument"), "워드 문서"),
    "locked xls": (
        ole("Workbook") + b"\x09\x08\x10\x00\x00\x06" + b"\0" * 14 + b"\x2f\x00\x06\x00" + b"\0" * 6,
        "암호",
    ),
    "other xml": (b"<?xml version='1.0'?><a/>", "XML"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\n" * 20, "PDF"),
    "plain zip": (zipped(a_dot_txt=b"hello"), "압축"),
    "docx": (zipped(**{"[Content_Types]_dot_xml": b"<x/>", "word__document_dot_xml": b"<x/>"}), "워드"),
    "hwpx": (zipped(Contents__section0_dot_xml=b"<x/>"), "한글"),
    "zip bomb": (
        zipped(**{"[Content_Types]_dot_xml": b"<x/>", "xl__a_dot_xml": b"0" * (60 * 1024 * 1024)}),
        "커지는",
    ),
    "escaping entry": (
        zipped(**{"[Content_Types]_dot_xml": b"<x/>", "xl__a": b"", ".._dot_/b": b"", "../../c": b""}),
        "바깥",
    ),
    "huge merge": (
        zipped(
            **{
                "[Content_Types]_dot_xml": b"<x/>",
                "xl__worksheets__sheet1_dot_xml": b'<w><mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells></w>',
            }
        ),
        "병합",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_clear_error_and_stays_as_it_was(name: str, tmp_path: Path) -> None:
    data, words = BAD[name]
    path = tmp_path / f"{name} 한글 이름.xlsx"
    path.write_bytes(data)
    with pytest.raises(ImportTrouble) as caught:
        preflight.check(path)
    trouble = caught.value
    assert trouble.place == path.name
    assert any(word in trouble.fault for word in words.split("|")), trouble.fault
    assert trouble.remedy
    assert "기존 자료는 바뀌지 않았습니다" in trouble.sentence()
    assert path.read_bytes() == data


def test_a_lock_file_of_excel_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "~$공약.xlsx"
    path.write_bytes(b"x" * 165)
    with pytest.raises(ImportTrouble, match="잠금"):
        preflight.check(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "없다.xlsx", tmp_path):
        with pytest.raises(ImportTrouble):
            preflight.check(path)


def test_a_workbook_of_something_else_is_refused_by_name_of_the_known_forms(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "가계부"
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ImportTrouble, match="아는 서식"):
        plan_import(tmp_path / "other.xlsx", [loader.find("gwanak")], Given())


def test_an_empty_workbook_is_told(tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(ImportTrouble, match="값이 있는 시트"):
        plan_import(tmp_path / "empty.xlsx", [loader.find("gwanak")], Given())


def test_reading_stops_at_the_time_limit_and_when_cancelled() -> None:
    with pytest.raises(ImportTrouble, match="초 안에"):
        read_in_child(SAMPLE, seconds=0.05)
    with pytest.raises(ImportTrouble, match="취소"):
        read_in_child(SAMPLE, go_on=lambda share: False)


def test_reading_stops_at_the_memory_limit() -> None:
    with pytest.raises(ImportTrouble, match="메모리"):
        read_in_child(SAMPLE, memory=20 * 1024 * 1024)


def test_values_under_a_merge_and_formulas_without_a_value_are_in_the_ledger(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(SAMPLE)
    sheet = book["1-1 청년창업"]
    sheet["B3"].value = "=1+1"
    book.save(tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    plan = plan_import(tmp_path / "a.xlsx", [loader.find("gwanak")], Given())
    fault = next(
        entry for entry in plan.ledger.cells if entry.sheet == "1-1 청년창업" and entry.place == "B3"
    )
    assert fault.status == "unplaced"
    assert "수식" in fault.what
    assert (tmp_path / "a.xlsx").read_bytes() == data


def corpus() -> list[Path]:
    kinds = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
    return sorted(path for path in (SHARED / "corpus").iterdir() if path.suffix.lower() in kinds)


def assert_read_or_refused(path: Path) -> None:
    try:
        preflight.check(path)
        workbook = read_in_child(path)
    except ImportTrouble as trouble:
        assert trouble.place == path.name
        assert trouble.remedy
    else:
        assert workbook.sheets


@needs_corpus
@pytest.mark.parametrize("part", range(4))
def test_odd_files_are_read_or_refused_in_bounded_time(part: int) -> None:
    """A sample of the public corpus; the whole of it is the soak below."""
    for path in corpus()[::5][part::4]:
        assert_read_or_refused(path)


@needs_corpus
@pytest.mark.soak
@pytest.mark.skipif(not os.environ.get("GOVTRACKER_SOAK"), reason="the whole corpus: make soak")
def test_every_odd_file_is_read_or_refused_in_bounded_time() -> None:
    for path in corpus():
        assert_read_or_refused(path)


def test_a_book_of_many_sheets_may_be_read_longer_than_one_of_a_few(tmp_path: Path) -> None:
    """A card a sheet: what an office keeps in one file takes its time, a hostile file of one sheet doesn't."""
    limits = {}
    for count in (1, 30, 120):
        path = tmp_path / f"{count}.xlsx"
        with zipfile.ZipFile(path, "w") as package:
            for at in range(count):
                package.writestr(f"xl/worksheets/sheet{at + 1}.xml", "<worksheet/>")
        limits[count] = seconds_for(path)
    assert limits == {1: SECONDS, 30: SECONDS, 120: 4 * SECONDS}
    (tmp_path / "x.csv").write_text("a", encoding="utf-8")
    assert seconds_for(tmp_path / "x.csv") == SECONDS
