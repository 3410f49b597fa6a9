"""The commands: exit codes, messages, and that a refusal leaves everything as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from govtracker import __version__
from govtracker.cli import commands
from govtracker.db.book import Book
from tests.support.expected import CASES, ROOT, SAMPLE, compared, judged, needs_cases

UNCHANGED = "기존 자료는 바뀌지 않았습니다."
NEW = ("--municipality", "한빛구", "--term", "2022-07-01..2026-06-30", "--form", "gwanak")
CASE = ("--municipality", "한빛구", "--form", "gwanak")


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands would open a window where there is a screen."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(commands, [str(each) for each in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def done(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 3, result.output
    assert UNCHANGED in result.stderr
    shown = [line for line in result.stderr.splitlines() if not line.startswith("(자세히")]
    assert shown[-1].endswith(UNCHANGED)
    assert "Traceback" not in result.output
    return result.stderr


def dumped(book: Path) -> dict[str, Any]:
    result = run("dump", book)
    assert result.exit_code == 0
    data: dict[str, Any] = json.loads(result.stdout)
    return data


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the bundled sample; to be read only."""
    path = tmp_path_factory.mktemp("보기") / "대장.govtracker"
    done("import", path, SAMPLE)
    return path


# ---------------------------------------------------------------- use


def test_version_and_help_are_told() -> None:
    assert done("--version").strip() == f"GovTracker {__version__}"
    for command in ("new", "import", "export", "dump", "demo"):
        assert command in done("--help")
        assert "--help" in done(command, "--help")


@pytest.mark.parametrize(
    "arguments",
    [
        ("new",),
        ("new", "a.govtracker"),
        ("new", "a.govtracker", "--municipality", "한빛구", "--form", "gwanak", "--term", "2022"),
        ("new", "a.govtracker", *NEW, "--colour", "red"),
        ("import", "a.govtracker"),
        ("import", "a.govtracker", "b.xlsx", "--as-of", "2023년 말"),
        ("import", "a.govtracker", "b.xlsx", "--term", "2026-06-30..2022-07-01"),
        ("export", "a.govtracker"),
        ("dump",),
        ("demo",),
        ("--nothing",),
    ],
)
def test_wrong_use_ends_with_2_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_dates_and_terms_are_explained_in_korean() -> None:
    assert "2023-12-31처럼" in run("import", "a", "b", "--as-of", "어제").stderr
    assert "2022-07-01..2026-06-30처럼" in run("import", "a", "b", "--term", "8기").stderr


# ---------------------------------------------------------------- new


def test_new_makes_an_empty_book(book_path: Path) -> None:
    assert str(book_path) in done("new", book_path, *NEW)
    with Book.open(book_path) as book:
        assert [book.value(key) for key in ("municipality", "term", "form")] == [
            "한빛구",
            "2022-07-01..2026-06-30",
            "gwanak",
        ]
    assert dumped(book_path) == {"cards": []}


def test_new_refuses_an_existing_file_an_unknown_form_and_a_missing_folder(book_path: Path) -> None:
    refused("new", book_path, *NEW[:-1], "nowhere")
    refused("new", book_path.parent / "없음" / "대장.govtracker", *NEW)
    assert list(book_path.parent.iterdir()) == []
    book_path.write_bytes(b"precious")
    refused("new", book_path, *NEW)
    assert book_path.read_bytes() == b"precious"


# ---------------------------------------------------------------- import and dump


def test_import_makes_the_book_and_recovers_the_sample(imported: Path) -> None:
    truth = json.loads(SAMPLE.with_suffix(".expected.json").read_text(encoding="utf-8"))["cards"]
    found = dumped(imported)["cards"]
    assert [card["title"] for card in found] == [card["title"] for card in truth]
    assert [card["number"] for card in found] == [card["number"] for card in truth]
    assert {card["number"]: compared(card, other) for card, other in zip(truth, found, strict=True)} == {
        card["number"]: {} for card in truth
    }


def test_import_of_the_same_file_again_writes_nothing(book_path: Path) -> None:
    done("import", book_path, SAMPLE)
    before = book_path.read_bytes()
    output = done("import", book_path, SAMPLE)
    assert "대장과 다른 것이 없어 아무것도 쓰지 않았습니다." in output
    assert "그대로 둔 곳" not in output
    assert book_path.read_bytes() == before


def test_what_was_changed_in_the_file_alone_comes_in_and_is_told(book_path: Path, tmp_path: Path) -> None:
    done("import", book_path, SAMPLE)
    before = dumped(book_path)
    mended = tmp_path / SAMPLE.name
    workbook = openpyxl.load_workbook(SAMPLE, rich_text=True)
    cell = next(c for row in workbook.worksheets[1] for c in row if "02-000-" in str(c.value))
    cell.value = str(cell.value).replace("02-000-", "02-999-")
    workbook.save(mended)
    output = done("import", book_path, mended)
    told = [line for line in output.splitlines() if "→" in line]
    assert told and all("바꿈" in line and "02-999-" in line for line in told)
    after = dumped(book_path)
    now = json.dumps(after, ensure_ascii=False)
    assert now.replace("02-999-", "02-000-") == json.dumps(before, ensure_ascii=False)
    assert now.count("02-999-") == len(told)
    assert "되돌렸습니다" in done("undo-import", book_path)
    assert dumped(book_path) == before


def test_imports_are_listed_and_taken_back_until_nothing_is_left(book_path: Path) -> None:
    done("import", book_path, SAMPLE)
    first = done("imports", book_path)
    assert SAMPLE.name in first and "카드 8장" in first
    assert "바뀌지 않았습니다" in done("undo-import", book_path, "--dry-run")
    assert dumped(book_path)["cards"] != []
    done("undo-import", book_path, first.split()[0])
    assert dumped(book_path) == {"cards": []}
    assert "되돌림" in done("imports", book_path)
    assert "되돌릴 가져오기가 없습니다" in refused("undo-import", book_path)


def test_dry_run_leaves_no_book_where_there_was_none(book_path: Path) -> None:
    assert "바뀌지 않았습니다" in done("import", book_path, SAMPLE, "--dry-run")
    assert list(book_path.parent.iterdir()) == []


def test_dry_run_leaves_the_book_byte_for_byte(book_path: Path) -> None:
    done("new", book_path, *NEW)
    before = book_path.read_bytes()
    done("import", book_path, SAMPLE, "--dry-run")
    assert book_path.read_bytes() == before
    assert list(book_path.parent.iterdir()) == [book_path]


def test_ledger_tells_what_became_of_every_cell(book_path: Path) -> None:
    path = book_path.with_name("칸.json")
    output = done("import", book_path, SAMPLE, "--ledger", path, "--dry-run")
    ledger = json.loads(path.read_text(encoding="utf-8"))
    sums = ledger["sums"]
    assert sums["cells"] == sums["imported"] + sums["ignored"] + sums["unplaced"] == len(ledger["cells"])
    assert sums["imported"] > 1000
    for status in ("imported", "ignored", "unplaced"):
        assert sum(cell["status"] == status for cell in ledger["cells"]) == sums[status]
    places = [cell["cell"] for cell in ledger["cells"]]
    assert len(places) == len(set(places))
    assert (
        f"{sums['cells']} = 가져옴 {sums['imported']} + 제외 {sums['ignored']} + 미배치 {sums['unplaced']}"
        in output
    )


@pytest.mark.parametrize("given", [(), ("--period", "2023년 연말", "--as-of", "2023-12-31")])
def test_import_takes_the_period_that_is_given(book_path: Path, given: tuple[str, ...]) -> None:
    done("import", book_path, SAMPLE, *given)
    periods = {card["period"] for card in dumped(book_path)["cards"]}
    assert len(periods) == 1
    assert not given or periods == {"2023년 연말"}


BAD_FILES = {
    "missing": None,
    "empty": b"",
    "text": "관리번호,공약명\n".encode(),
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "PDF": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_file_that_is_no_workbook_is_refused_and_makes_no_book(book_path: Path, case: str) -> None:
    file = book_path.with_name("지난해.xlsx")
    if BAD_FILES[case] is not None:
        file.write_bytes(BAD_FILES[case] or b"")
    assert "지난해.xlsx" in refused("import", book_path, file)
    assert not book_path.exists()


def test_file_that_is_no_workbook_leaves_the_book_byte_for_byte(book_path: Path) -> None:
    done("new", book_path, *NEW)
    before = book_path.read_bytes()
    file = book_path.with_name("지난해.xlsx")
    file.write_bytes(b"no workbook")
    refused("import", book_path, file)
    assert book_path.read_bytes() == before


def test_import_into_what_is_no_book_is_refused(book_path: Path) -> None:
    book_path.write_bytes(b"precious")
    refused("import", book_path, SAMPLE)
    assert book_path.read_bytes() == b"precious"


def test_import_for_another_date_of_the_same_period_is_refused(book_path: Path) -> None:
    done("import", book_path, SAMPLE)
    period = dumped(book_path)["cards"][0]["period"]
    before = dumped(book_path)
    refused("import", book_path, SAMPLE, "--period", period, "--as-of", "2024-12-31")
    assert dumped(book_path) == before


def test_book_in_use_is_refused_to_every_command(book_path: Path) -> None:
    done("new", book_path, *NEW)
    with closing(Book.open(book_path)):
        for command in (
            ("import", book_path, SAMPLE),
            ("dump", book_path),
            ("export", book_path, book_path.with_suffix(".pdf")),
        ):
            assert "이미 열었습니다" in refused(*command)


def test_dump_refuses_what_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "빈.govtracker").touch()
    for path in (tmp_path / "없음.govtracker", tmp_path / "빈.govtracker", SAMPLE, tmp_path):
        refused("dump", path)


def test_full_dump_is_lossless(imported: Path) -> None:
    from govtracker.db.cards import list_cards
    from govtracker.db.sections import load_card
    from govtracker.model.card import Card
    from govtracker.model.codec import decode, encode

    data = json.loads(done("dump", imported, "--full"))
    assert set(data["book"]) == {"municipality", "term", "form"}
    with Book.open(imported) as book:
        held = [load_card(book, entry) for entry in list_cards(book)]
    assert [encode(decode(Card, card)) for card in data["cards"]] == [encode(card) for card in held]


@needs_cases
def test_gwanak_case_is_recovered_whole(book_path: Path, tmp_path: Path) -> None:
    done("import", book_path, CASES / "gwanak-6-2.xlsx", *CASE)
    assert judged(CASES / "gwanak-6-2.expected.json", dumped(book_path), tmp_path) == ""


# ---------------------------------------------------------------- export


def test_export_writes_a_pdf_and_a_workbook_the_same_each_time(imported: Path, tmp_path: Path) -> None:
    for name, head, said in (("보고서.pdf", b"%PDF", "쪽을"), ("보고서.xlsx", b"PK", "개 시트를")):
        first, second = tmp_path / name, tmp_path / f"다시 {name}"
        assert said[:-1] in done("export", imported, first, "--pledge", "1-1")
        done("export", imported, second, "--pledge", "1-1")
        assert first.read_bytes().startswith(head)
        assert first.read_bytes() == second.read_bytes()


def test_export_refuses_what_it_cannot_meet_and_keeps_the_old_file(imported: Path, tmp_path: Path) -> None:
    out = tmp_path / "보고서.pdf"
    out.write_bytes(b"last year's")
    refused("export", imported, out, "--pledge", "99-9")
    refused("export", imported, out, "--period", "1999년")
    refused("export", imported, out.with_suffix(".docx"))
    refused("export", imported, tmp_path / "없음" / "보고서.pdf", "--pledge", "1-1")
    assert out.read_bytes() == b"last year's"
    assert list(tmp_path.iterdir()) == [out]


def test_export_of_an_empty_book_is_refused(book_path: Path) -> None:
    done("new", book_path, *NEW)
    refused("export", book_path, book_path.with_suffix(".pdf"))


# ---------------------------------------------------------------- the program as it is called


def called(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "govtracker", *(str(each) for each in arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_demo_does_the_whole_job_and_does_it_again_beside(tmp_path: Path) -> None:
    for count in (1, 2):
        ran = called("demo", "보기", cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr
        made = list((tmp_path / "보기").iterdir())
        assert sorted(path.suffix for path in made) == sorted([".govtracker", ".pdf", ".xlsx"] * count)
        for path in made:
            assert path.stat().st_size > 10_000
    assert ran.stderr == ""
    assert "화면이 없어" in ran.stdout


def test_program_ends_with_the_codes_that_scripts_rely_on(tmp_path: Path) -> None:
    assert called("new", "대장.govtracker", *NEW, cwd=tmp_path).returncode == 0
    again = called("new", "대장.govtracker", *NEW, cwd=tmp_path)
    assert again.returncode == 3
    assert again.stdout == ""
    assert again.stderr.strip().endswith(UNCHANGED)
    assert called("new", cwd=tmp_path).returncode == 2
    dump = called("dump", "대장.govtracker", cwd=tmp_path)
    assert (dump.returncode, json.loads(dump.stdout)) == (0, {"cards": []})


def two_sheets(path: Path) -> Path:
    """A list of two pledges, a column of it hidden, and a sheet of another one."""
    import openpyxl

    book = openpyxl.Workbook()
    for name, number in (("총괄", 1), ("다른 목록", 5)):
        sheet = book.create_sheet(name)
        sheet.append(("번호", "공약명", "부서", "추진상황"))
        sheet.append((f"{number}-1", f"공약 {number}-1", "가과", "완료"))
        sheet.append((f"{number}-2", f"공약 {number}-2", "나과", "정상추진"))
        sheet.column_dimensions["C"].hidden = True
    del book["Sheet"]
    book.save(path)
    return path


def test_import_of_one_sheet_only(book_path: Path, tmp_path: Path) -> None:
    file = two_sheets(tmp_path / "목록.xlsx")
    assert "이런 시트가 없습니다" in refused("import", book_path, file, "--sheet", "없는 시트")
    assert not book_path.exists()
    done("import", book_path, file, "--sheet", "다른 목록")
    assert [card["number"] for card in dumped(book_path)["cards"]] == ["5-1", "5-2"]


def test_hidden_columns_come_in_where_that_is_wanted(book_path: Path, tmp_path: Path) -> None:
    file = two_sheets(tmp_path / "목록.xlsx")
    assert "C열" in done("import", book_path, file)
    other = tmp_path / "다른.govtracker"
    done("import", other, file, "--hidden")
    found = [
        [card["facts"].get("주관부서") for card in dumped(book)["cards"]][:2] for book in (book_path, other)
    ]
    assert found == [[None, None], ["가과", "나과"]]


def test_import_of_a_folder_takes_what_it_can_and_names_the_rest(book_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "자료"
    folder.mkdir()
    two_sheets(folder / "1.xlsx")
    (folder / "2.xlsx").write_bytes(b"PK broken")
    (folder / "3 메모.txt").write_text("no table", encoding="utf-8")
    (folder / "~$1.xlsx").write_bytes(b"x" * 165)
    out = tmp_path / "칸.json"
    result = run("import", book_path, folder, "--ledger", out)
    assert result.exit_code == 3
    assert "2.xlsx: 가져오지 못했습니다" in result.output
    assert "파일 1개를 읽고 1개는 읽지 못했습니다" in result.output
    assert len(dumped(book_path)["cards"]) == 4
    assert json.loads(out.read_text(encoding="utf-8"))["sums"]["unplaced"] == 0
    (folder / "2.xlsx").unlink()
    done("import", book_path, folder)
    assert len(dumped(book_path)["cards"]) == 4
