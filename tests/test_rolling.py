"""The next period out of the last one: what stays, what grows, what begins anew, what waits; and submitted periods."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from govtracker.cli import commands
from govtracker.db.book import Book
from govtracker.db.cards import list_cards, list_cards_of
from govtracker.db.carried import carried_of
from govtracker.db.periods import list_periods
from govtracker.db.pledges import rename_pledge
from govtracker.db.sections import SectionChange, load_cards, save_sections
from govtracker.db.submissions import submissions
from govtracker.errors import BookTrouble, Refused
from govtracker.forms import loader
from govtracker.forms.rolling import as_results, entries_of, next_period, without_entries
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books, exporting, importing, rolling
from govtracker.jobs.demo import Sample
from govtracker.model.card import Card, Event, Events, Fact, Facts, Outline, Part
from govtracker.model.codec import encode
from govtracker.model.content import Table, TableCell, line
from govtracker.model.emptiness import is_empty
from tests.support.expected import SAMPLES

OLD, NEW = "2023년 하반기", "2024년 상반기"
DAY = date(2024, 6, 30)
of_every_form = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.form)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A book of every form."""
    folder = tmp_path_factory.mktemp("books")
    paths = {}
    for sample in SAMPLES:
        paths[sample.form] = folder / f"{sample.form}.govtracker"
        importing.import_into(paths[sample.form], sample.file, Given())
    return paths


@pytest.fixture
def path(made: dict[str, Path], sample: Sample, tmp_path: Path) -> Path:
    copy = tmp_path / "대장.govtracker"
    copy.write_bytes(made[sample.form].read_bytes())
    return copy


def cards_of(book: Book, label: str) -> dict[str, Card]:
    period = next(period for period in list_periods(book) if period.label == label)
    entries = list_cards_of(book, period.id)
    return {entry.pledge.title: card for entry, card in zip(entries, load_cards(book, entries), strict=True)}


@of_every_form
def test_every_section_does_what_its_form_says_and_the_old_card_stays(path: Path, sample: Sample) -> None:
    form = loader.find(sample.form)
    with Book.open(path) as book:
        before = {title: encode(card) for title, card in cards_of(book, OLD).items()}
        rolled = rolling.roll(book, OLD, NEW, DAY)
        assert {title: encode(card) for title, card in cards_of(book, OLD).items()} == before
        old, new = cards_of(book, OLD), cards_of(book, NEW)
        assert list(old) == list(new)
        assert len(rolled) == len(new)
        entries = {e.pledge.title: e.card for e in list_cards(book) if e.period.label == NEW}
        for title, card in new.items():
            kept, plans = carried_of(book, entries[title])
            for definition in form.section:
                was, now = old[title].section(definition.key), card.section(definition.key)
                assert was is not None
                assert now is not None
                if definition.becomes:
                    assert is_empty(now)
                    if not is_empty(was):
                        assert encode(plans[definition.becomes]) == encode(was)
                elif definition.roll == "shift":
                    assert definition.key not in kept
                else:
                    assert encode(now) == encode(was)
                    assert (definition.key in kept) is not is_empty(now)


def test_what_was_done_grows_and_the_new_half_year_begins_empty(
    made: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "고양.govtracker"
    path.write_bytes(made["goyang"].read_bytes())
    with Book.open(path) as book:
        rolling.roll(book, OLD, NEW, DAY)
        for title, old in cards_of(book, OLD).items():
            was, now = old.section("periods"), cards_of(book, NEW)[title].section("periods")
            assert isinstance(was, Outline)
            assert isinstance(now, Outline)
            assert now.parts[0].items == was.parts[0].items + was.parts[1].items
            assert [part.items for part in now.parts[1:3]] == [(), ()]
            assert [part.label.split("\n")[0] for part in now.parts[:3]] == [
                "그동안 추진실적", "상반기 추진실적", "2024년 하반기 추진계획",
            ]  # fmt: skip
            assert "2023. 12." in now.parts[0].label
            entry = next(
                e.card for e in list_cards(book) if e.period.label == NEW and e.pledge.title == title
            )
            waiting = carried_of(book, entry)[1].get("periods")
            if was.parts[2].items:
                assert isinstance(waiting, Outline)
                assert waiting.parts[0].items == was.parts[2].items


@of_every_form
def test_the_new_period_prints_with_its_own_columns(path: Path, sample: Sample) -> None:
    with Book.open(path) as book:
        rolling.roll(book, OLD, NEW, DAY)
        out = path.with_suffix(".pdf")
        written = exporting.export(book, out, books.chosen(book, (), NEW), None)
        assert written is not None
        assert out.stat().st_size > 10_000


@of_every_form
def test_plans_become_results_one_by_one(path: Path, sample: Sample) -> None:
    with Book.open(path) as book:
        rolling.roll(book, OLD, NEW, DAY)
        for entry in list_cards(book):
            if entry.period.label != NEW:
                continue
            plans = rolling.carried(book, entry.card)[1]
            for key, waiting in plans.items():
                first = waiting[0]
                before = load_cards(book, [entry])[0].section(key)
                section = rolling.take_plans(book, entry.card, key, frozenset([first[0]]), None)
                assert first[0] in str(encode(section))
                save_sections(book, [SectionChange(entry.card, key, section)])
                assert rolling.carried(book, entry.card)[1].get(key, []) == waiting[1:]
                save_sections(book, [SectionChange(entry.card, key, before)])  # type: ignore[arg-type]
                assert rolling.carried(book, entry.card)[1][key] == waiting  # taken back, so it waits again
                rolling.drop_plans(book, entry.card, key, frozenset([first[0]]))
                assert rolling.carried(book, entry.card)[1].get(key, []) == waiting[1:]
                return


def test_a_section_that_is_edited_or_looked_at_is_marked_no_more(
    made: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.govtracker"
    path.write_bytes(made["gwanak"].read_bytes())
    with Book.open(path) as book:
        rolling.roll(book, OLD, NEW, DAY)
        entry = next(e for e in list_cards(book) if e.period.label == NEW)
        kept, _ = rolling.carried(book, entry.card)
        assert {"facts", "people"} <= kept
        save_sections(book, [SectionChange(entry.card, "facts", Facts((Fact("span", "2022.~2024."),)))])
        rolling.confirm_sections(book, entry.card, ("people",))
        assert rolling.carried(book, entry.card)[0] == kept - {"facts", "people"}


@pytest.mark.parametrize(
    ("target", "as_of", "words"),
    [
        (NEW, date(2023, 12, 31), "늦지 않습니다"),
        (OLD, date(2024, 6, 30), "기준일은 2023-12-31"),
        ("", DAY, "이름이 없습니다"),
    ],
)
def test_what_cannot_be_rolled_is_refused_and_changes_nothing(
    made: dict[str, Path], tmp_path: Path, target: str, as_of: date, words: str
) -> None:
    path = tmp_path / "a.govtracker"
    path.write_bytes(made["gwanak"].read_bytes())
    with Book.open(path) as book:
        before = "\n".join(book.conn.iterdump())
        with pytest.raises(Refused, match=words):
            rolling.roll(book, OLD, target, as_of)
        assert "\n".join(book.conn.iterdump()) == before
        rolling.roll(book, OLD, NEW, DAY)
        with pytest.raises(Refused, match="이미 카드가 있습니다"):
            rolling.roll(book, OLD, NEW, DAY)


@pytest.mark.parametrize(
    ("label", "day", "wanted"),
    [
        ("2023년 하반기", date(2023, 12, 31), ("2024년 상반기", date(2024, 6, 30))),
        ("2024년 상반기", date(2024, 6, 30), ("2024년 하반기", date(2024, 12, 31))),
        ("2023년 4분기", date(2023, 12, 31), ("2024년 1분기", date(2024, 3, 31))),
        ("2024년 1/4분기", date(2024, 3, 31), ("2024년 2분기", date(2024, 6, 30))),
        ("연말 보고", date(2023, 12, 31), ("2024년 상반기", date(2024, 6, 30))),
    ],
)
def test_the_period_after_one(label: str, day: date, wanted: tuple[str, date]) -> None:
    assert next_period(label, day) == wanted


def test_lines_become_events_with_their_dates_and_what_stands_under_them() -> None:
    plan = Outline((Part("", "", (line("○ 2024. 3. : 착공"), line("- 감리 선정", 1), line("○ 개소"))),))
    first, second = entries_of(plan)
    assert (first[1], second[1]) == ("2024. 3. : 착공", "개소")
    done = as_results(plan, frozenset([first[0]]), Events((Event("2023. 1.", "", "설계"),)))
    assert isinstance(done, Events)
    assert [(e.when, e.title, [i.text for i in e.details]) for e in done.entries] == [  # type: ignore[union-attr]
        ("2023. 1.", "설계", []), ("2024. 3.", "착공", ["감리 선정"]),
    ]  # fmt: skip
    left = without_entries(plan, frozenset([first[0]]))
    assert [text for _, text in entries_of(left)] == ["개소"]


# ---------------------------------------------------------------- submitted


@pytest.mark.parametrize("sample", SAMPLES[:1], ids=lambda sample: sample.form)
def test_a_submitted_period_is_locked_with_its_pdfs_hash_and_opened_with_a_reason(
    path: Path, sample: Sample
) -> None:
    with Book.open(path) as book:
        sha, pages = rolling.freeze_period(book, OLD) or ("", 0)
        entry = list_cards(book)[0]
        with pytest.raises(BookTrouble, match="확정한 제출본"):
            save_sections(book, [SectionChange(entry.card, "facts", Facts())])
        with pytest.raises(Refused, match="이미 확정"):
            rolling.freeze_period(book, OLD)
        period = rolling.period_named(book, OLD)
        entries = list_cards_of(book, period.id)
        out = path.with_suffix(".pdf")
        exporting.export(book, out, entries, exporting.front_matter(book, entries))
        assert hashlib.sha256(out.read_bytes()).hexdigest() == sha
        assert pages > len(entries)
        with pytest.raises(Refused, match="까닭"):
            rolling.unfreeze_period(book, OLD, "  ")
        rolling.unfreeze_period(book, OLD, "시비 오타")
        save_sections(book, [SectionChange(entry.card, "facts", Facts())])
        (last,) = submissions(book, period.id)
        assert (last.sha, last.reason, bool(last.unfrozen)) == (sha, "시비 오타", True)
        assert "시비 오타" in rolling.stamp(book, OLD)


def test_the_prompt_rolls_lists_freezes_and_unfreezes(made: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "a.govtracker"
    path.write_bytes(made["geumcheon"].read_bytes())
    run = CliRunner()
    done = run.invoke(commands, ["roll", str(path), "--from", OLD, "--to", NEW, "--as-of", "2024-06-30"])
    assert done.exit_code == 0, done.output
    assert "확인할 지난 계획" in done.output
    assert "그대로 옮긴 부분" in done.output
    done = run.invoke(commands, ["freeze", str(path), "--period", OLD])
    assert "PDF" in done.output
    done = run.invoke(commands, ["unfreeze", str(path), "--period", OLD, "--reason", "오타"])
    assert "오타" in done.output
    done = run.invoke(
        commands, ["roll", str(path), "--from", NEW, "--to", "2026년 하반기", "--as-of", "2026-12-31"]
    )
    assert "임기" in done.output


def test_parts_by_period_are_known_by_their_labels_and_keep_their_remarks(
    made: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.govtracker"
    path.write_bytes(made["goyang"].read_bytes())
    with Book.open(path) as book:
        entry = list_cards(book)[0]
        (card,) = load_cards(book, [entry])
        old = card.section("periods")
        assert isinstance(old, Outline)
        short = Outline((
            Part("", old.parts[1].label, (line("○ 이번 실적"),), "비고2"),
            Part("", old.parts[2].label, (line("○ 다음 계획"),), "비고3"),
        ))  # fmt: skip
        save_sections(book, [SectionChange(entry.card, "periods", short)])
        rolling.roll(book, OLD, NEW, DAY)
        new = cards_of(book, NEW)[entry.pledge.title].section("periods")
        assert isinstance(new, Outline)
        shown = [[item.text for item in part.items] for part in new.parts]  # type: ignore[union-attr]
        assert shown == [["이번 실적"], [], []]
        assert [part.remark for part in new.parts] == ["비고2", "비고3", ""]
        rolled = next(e.card for e in list_cards(book) if e.period.label == NEW and e.pledge == entry.pledge)
        assert [text for _, text in rolling.carried(book, rolled)[1]["periods"]] == ["다음 계획"]


def test_plans_that_were_not_done_wait_in_the_period_after_too(made: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "a.govtracker"
    path.write_bytes(made["gwanak"].read_bytes())
    with Book.open(path) as book:
        rolling.roll(book, OLD, NEW, DAY)
        first = {e.pledge.title: e.card for e in list_cards(book) if e.period.label == NEW}
        rolling.roll(book, NEW, "2024년 하반기", date(2024, 12, 31))
        second = {e.pledge.title: e.card for e in list_cards(book) if e.period.label == "2024년 하반기"}
        for title, card in first.items():
            assert rolling.carried(book, second[title])[1] == rolling.carried(book, card)[1]


def test_a_plan_that_is_a_table_is_offered_and_taken_whole() -> None:
    table = Table(((TableCell("동"), TableCell("수")), (TableCell("가동"), TableCell("3"))))
    plan = Outline((Part("", "", (table, line("○ 계획"))),))
    assert [text for _, text in entries_of(plan)] == ["표: 동 · 수", "계획"]
    done = as_results(plan, frozenset([table.id]), Outline((Part("", "실적", ()),)))
    assert isinstance(done, Outline)
    assert done.parts[0].items == (table,)
    assert [text for _, text in entries_of(without_entries(plan, frozenset([table.id])))] == ["계획"]


@pytest.mark.parametrize("sample", SAMPLES[:1], ids=lambda sample: sample.form)
def test_a_submitted_period_keeps_its_pledges_names_and_its_plans(path: Path, sample: Sample) -> None:
    with Book.open(path) as book:
        rolling.roll(book, OLD, NEW, DAY)
        rolling.freeze_period(book, OLD)
        rolling.freeze_period(book, NEW)
        before = {e.card: (e.pledge.number, e.pledge.title, e.pledge.field) for e in list_cards(book)}
        entry = next(e for e in list_cards(book) if rolling.carried(book, e.card)[1])
        rename_pledge(book, replace(entry.pledge, title="바뀐 이름", field="새 분야"))
        assert {e.card: (e.pledge.number, e.pledge.title, e.pledge.field) for e in list_cards(book)} == before
        key, waiting = next(iter(rolling.carried(book, entry.card)[1].items()))
        with pytest.raises(BookTrouble, match="확정한 제출본"):
            rolling.drop_plans(book, entry.card, key, frozenset([waiting[0][0]]))
        with pytest.raises(BookTrouble, match="확정한 제출본"):
            rolling.confirm_sections(book, entry.card, ("facts",))
        assert rolling.carried(book, entry.card)[1][key] == waiting
        rolling.unfreeze_period(book, NEW, "이름")
        assert "바뀐 이름" in [e.pledge.title for e in list_cards(book) if e.period.label == NEW]
