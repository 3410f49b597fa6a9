"""The commands: the program's jobs without a window. Exit 0 done, 2 wrong use, 3 refused (nothing changed)."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govtracker import __version__
from govtracker.errors import UNCHANGED, Trouble
from govtracker.files import Written
from govtracker.model.dates import Term, parse_term

if TYPE_CHECKING:
    from govtracker.db.book import Book
    from govtracker.jobs.importing import Imported
    from govtracker.review import CardChange

WRONG_USE, REFUSED = 2, 3


@contextlib.contextmanager
def opened_book(path: Path) -> Iterator[Book]:
    """A book, open for a command; what was found damaged in it is told at the end, as errors are."""
    from govtracker.db.book import Book
    from govtracker.jobs import keeping

    with Book.open(path) as book:
        yield book
        for sentence in keeping.mend_met(book):
            click.echo(sentence, err=True)


class Day(click.ParamType[date]):
    """A date such as 2023-12-31."""

    name = "날짜"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"날짜는 2023-12-31처럼 씁니다: {value}", param, ctx)


class TermOfOffice(click.ParamType[Term]):
    """A term such as 2022-07-01..2026-06-30."""

    name = "임기"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Term:
        if isinstance(value, Term):
            return value
        try:
            return parse_term(value)
        except ValueError:
            self.fail(f"임기는 2022-07-01..2026-06-30처럼 씁니다: {value}", param, ctx)


class Korean(click.Command):
    """A command whose help and usage speak Korean."""

    def get_usage(self, ctx: click.Context) -> str:
        pieces = (
            " ".join(self.collect_usage_pieces(ctx))
            .replace("[OPTIONS]", "[선택…]")
            .replace("[COMMAND] [ARGS]...", "[명령] …")
        )
        return f"사용법: {ctx.command_path} {pieces}"

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(self.get_usage(ctx) + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            row
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (row := param.get_help_record(ctx)) is not None
        ]
        if rows:
            with formatter.section("선택"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "이 도움말을 보여 줍니다."
        return option


class Commands(Korean, click.Group):
    """`govtracker BOOK` opens the window on a book; everything else is a command."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return "open", self.commands["open"], args
        return super().resolve_command(ctx, args)

    command_class = Korean

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Korean.format_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(90))
            for name, command in sorted(self.commands.items())
            if not command.hidden
        ]
        with formatter.section("명령"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            click.echo(f"{trouble.place}: {trouble.fault}\n{trouble.remedy}\n{UNCHANGED}", err=True)
            if trouble.detail:
                click.echo(f"(자세히: {trouble.detail})", err=True)
            ctx.exit(REFUSED)


FILE = click.Path(path_type=Path)


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, message="GovTracker %(version)s", help="판 번호를 보여 줍니다.")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """공약 추진실적을 적고, 점검하고, 공식 서식으로 내는 프로그램입니다.

    명령 없이 부르거나 대장 파일만 주면 창을 엽니다: govtracker [대장]
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(None))


@commands.command("open", hidden=True)
@click.argument("book", metavar="대장", type=FILE)
@click.pass_context
def open_(ctx: click.Context, book: Path) -> None:
    """창을 열어 대장을 보여 줍니다."""
    ctx.exit(open_window(book))


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.option("--municipality", metavar="이름", required=True, help="지자체 이름 (예: 한빛구)")
@click.option(
    "--term", metavar="시작..끝", required=True, type=TermOfOffice(), help="임기 (예: 2022-07-01..2026-06-30)"
)
@click.option("--form", metavar="서식", required=True, help="공식 서식 (예: gwanak)")
def new(book: Path, municipality: str, term: Term, form: str) -> None:
    """빈 대장을 새로 만듭니다."""
    from govtracker.jobs.books import new_book

    new_book(book, municipality, term, form).close()
    click.echo(f"새 대장을 만들었습니다: {book}")


@commands.command("import")
@click.argument("book", metavar="대장", type=FILE)
@click.argument("file", metavar="엑셀파일|폴더", type=FILE)
@click.option("--period", metavar="이름", help="보고기간 (예: '2023년 하반기')")
@click.option("--as-of", "as_of", metavar="날짜", type=Day(), help="기준일 (예: 2023-12-31)")
@click.option("--form", metavar="서식", help="공식 서식")
@click.option("--municipality", metavar="이름", help="지자체 이름")
@click.option("--term", metavar="시작..끝", type=TermOfOffice(), help="임기")
@click.option(
    "--originals", is_flag=True, help="그림을 인쇄용으로 줄이기 전의 원본도 둡니다(이 대장은 앞으로도)"
)
@click.option("--anyway", is_flag=True, help="다른 지자체·임기·서식의 파일이라도 이 대장에 담습니다")
@click.option("--sheet", "sheets", metavar="이름", multiple=True, help="이 시트만 (여러 번 쓸 수 있음)")
@click.option("--hidden", is_flag=True, help="숨긴 행과 열의 값도 담습니다")
@click.option("--dry-run", "dry", is_flag=True, help="읽기만 하고 대장은 그대로 둡니다")
@click.option("--ledger", metavar="파일.json", type=FILE, help="칸마다 어떻게 되었는지를 파일로 남깁니다")
@click.option(
    "--mapping", metavar="파일.json", type=FILE, help="머리글을 이 맞춤대로 읽고, 대장에 기억합니다"
)
@click.option(
    "--write-mapping",
    "used",
    metavar="파일.json",
    type=FILE,
    help="머리글을 무엇으로 읽었는지를 맞춤 파일로 남깁니다",
)
def import_(
    book: Path, file: Path, period: str | None, as_of: date | None, form: str | None, municipality: str | None, term: Term | None,
    originals: bool, anyway: bool, sheets: tuple[str, ...], hidden: bool, dry: bool, ledger: Path | None,
    mapping: Path | None, used: Path | None,
) -> None:  # fmt: skip
    """지난해 엑셀(또는 폴더 안의 엑셀 모두)을 대장으로 가져옵니다. 대장이 없으면 만듭니다."""
    from govtracker.export.writing import replace_file
    from govtracker.importer.assembly.setting import Given
    from govtracker.importer.mapping import Choices, to_text
    from govtracker.jobs.importing import files_in, import_into, ledgers_json, plan_into
    from govtracker.jobs.mapping import choices_of, read_mapping

    choices = read_mapping(mapping) if mapping else Choices()
    given = Given(municipality, term, as_of, period, sheets, hidden=hidden, choices=choices)

    def one(path: Path) -> Imported:
        if dry:
            return plan_into(book, path, given, form)
        return import_into(book, path, given, form, originals=originals, anyway=anyway)

    many = file.is_dir()
    plans, refused, written = {}, [], []
    for path in files_in(file) if many else [file]:
        try:
            imported = one(path)
        except Trouble as trouble:
            if not many:
                raise
            refused.append(path.name)
            click.echo(f"{path.name}: 가져오지 못했습니다. {trouble.fault} {trouble.remedy}")
            continue
        if many:
            click.echo(f"[{path.name}]")
        tell_imported(imported)
        plans[path.name] = imported.plan
        written.append(imported.written)
    if ledger:
        replace_file(ledger, ledgers_json(plans).encode())
        click.echo(f"칸 목록: {ledger}")
    if used:
        found = Choices()
        for plan in plans.values():
            found = found.joined(choices_of(plan))
        replace_file(used, to_text(found).encode())
        click.echo(f"맞춤 파일: {used}")
    if many:
        click.echo(f"파일 {len(plans)}개를 읽고 {len(refused)}개는 읽지 못했습니다.")
    if refused or not plans:
        click.get_current_context().exit(REFUSED)
    if dry:
        click.echo("시험으로 읽었습니다. 대장은 바뀌지 않았습니다.")
    elif any(written):
        click.echo(f"대장에 담았습니다: {book}")
    else:
        click.echo("대장과 다른 것이 없어 아무것도 쓰지 않았습니다.")


def tell_imported(imported: Imported) -> None:
    """Cards, sums of the ledger, notes."""
    plan = imported.plan
    sums = plan.ledger.sums()
    click.echo(f"{plan.municipality} · {plan.form.name} · {plan.period.label} — 공약 {len(plan.cards)}건")
    click.echo(
        f"값이 있는 칸 {sums['cells']} = 가져옴 {sums['imported']} + 제외 {sums['ignored']} + 미배치 {sums['unplaced']}"
    )
    for entry in (*plan.ledger.cells, *plan.ledger.beside):
        if entry.status == "unplaced":
            click.echo(f"  미배치 {entry.sheet}!{entry.place}: {entry.text[:60]!r} ({entry.what})")
    for note in plan.ledger.notes:
        click.echo(f"  · {note}")
    for change in imported.changes:
        tell_change(change)


def tell_change(change: CardChange) -> None:
    """What an import does to a card that the book had: what was changed, what was left as it was."""
    if change.is_new:
        click.echo(f"  새 공약: {change.pledge}")
    if change.warning:
        click.echo(f"  · {change.warning}")
    where = "파일 안에서 되풀이된 공약" if change.again else "대장에 있던 공약"
    if change.rows or change.foreign:
        click.echo(
            f"  {where} {change.pledge}: 바꾼 값 {change.changes}, 그대로 둔 값 {len(change.rows) - change.changes}"
        )
    for row in change.rows:
        words = {
            "new": "채움",
            "changed": "바꿈",
            "conflict": "충돌, 대장의 값을 그대로 둔 곳",
            "blank": "빈칸이라 그대로 둔 곳",
        }
        click.echo(f"    · {words[row.kind]}: {row.sentence}")
    for label in change.foreign:
        click.echo(f"    · 대장의 서식에 없어 담지 않은 부분: {label}")


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
def imports(book: Path) -> None:
    """대장에 담은 가져오기를 나중 것부터 보여 줍니다."""
    from govtracker.db.imports import list_imports

    with opened_book(book) as opened:
        for run in list_imports(opened):
            undone = f" — {run.undone.replace('T', ' ')}에 되돌림" if run.undone else ""
            click.echo(f"{run.id}  {run.at.replace('T', ' ')}  {run.file}  카드 {run.cards}장{undone}")


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.option("--export", "out", metavar="파일.json", type=FILE, help="기억한 맞춤을 모두 파일로 내보냅니다")
@click.option("--add", "more", metavar="파일.json", type=FILE, help="파일의 맞춤을 기억합니다")
@click.option("--rename", nargs=2, metavar="맞춤 이름", help="맞춤의 이름을 바꿉니다")
@click.option("--forget", metavar="맞춤", help="맞춤을 잊습니다")
def mappings(
    book: Path, out: Path | None, more: Path | None, rename: tuple[str, str] | None, forget: str | None
) -> None:
    """머리글을 무엇으로 읽을지 대장이 기억한 것을 보여 줍니다."""
    from govtracker.db.mappings import forget_mapping, rename_mapping
    from govtracker.export.writing import replace_file
    from govtracker.jobs import mapping

    with opened_book(book) as opened:
        if more:
            mapping.remember(opened, mapping.read_mapping(more))
        if rename:
            rename_mapping(opened, *rename)
        if forget:
            forget_mapping(opened, forget)
        for key, name, at, count in mapping.listed(opened):
            click.echo(
                f"{key}  {at.replace('T', ' ')}  {name}  " + (f"머리글 {count}개" if count else "손상됨")
            )
        if out:
            replace_file(out, mapping.exported(opened).encode())
            click.echo(f"맞춤 파일: {out}")


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.option("--from", "source", metavar="보고기간", required=True, help="지난 보고기간")
@click.option("--to", "target", metavar="보고기간", required=True, help="새 보고기간")
@click.option(
    "--as-of", "as_of", metavar="날짜", type=click.DateTime(["%Y-%m-%d"]), required=True, help="새 기준일"
)
def roll(book: Path, source: str, target: str, as_of: datetime) -> None:
    """지난 보고기간의 카드로 새 보고기간의 카드를 만듭니다. 지난 카드는 그대로입니다."""
    from govtracker.jobs import rolling

    with opened_book(book) as opened:
        rolled = rolling.roll(opened, source, target, as_of.date())
        for card in rolled:
            click.echo(f"{card.pledge}: 그대로 옮긴 부분 {len(card.kept)}곳({', '.join(card.kept)})")
            for label, text in card.plans:
                click.echo(f"    · {label}에서 확인할 지난 계획: {text}")
        outside = rolling.beyond_term(opened, as_of.date())
        if outside:
            click.echo(outside)
        click.echo(
            f"{source} → {target}: 카드 {len(rolled)}장을 만들었습니다. 옮긴 것은 확인할 때까지 표시됩니다."
        )


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.option("--period", "label", metavar="보고기간", required=True, help="확정할 보고기간")
def freeze(book: Path, label: str) -> None:
    """보고기간을 제출본으로 확정합니다. 그 기간은 고칠 수 없게 되고, 인쇄본(PDF)의 지문을 남깁니다."""
    from govtracker.jobs import rolling

    with opened_book(book) as opened:
        rolling.freeze_period(opened, label)
        click.echo(f"{label}: {rolling.stamp(opened, label)}")


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.option("--period", "label", metavar="보고기간", required=True, help="확정을 풀 보고기간")
@click.option("--reason", metavar="까닭", required=True, help="푸는 까닭. 대장에 남습니다")
def unfreeze(book: Path, label: str, reason: str) -> None:
    """제출본의 확정을 풉니다."""
    from govtracker.jobs import rolling

    with opened_book(book) as opened:
        rolling.unfreeze_period(opened, label, reason)
        click.echo(f"{label}: {rolling.stamp(opened, label)}")


@commands.command("undo-import")
@click.argument("book", metavar="대장", type=FILE)
@click.argument("run", metavar="가져오기", required=False)
@click.option("--with-edits", is_flag=True, help="가져온 뒤에 고친 값도 함께 되돌립니다")
@click.option("--dry-run", "dry", is_flag=True, help="가져온 뒤에 고친 값만 보여 주고 대장은 그대로 둡니다")
def undo_import_(book: Path, run: str | None, with_edits: bool, dry: bool) -> None:
    """가져오기 하나를 통째로 되돌립니다(정하지 않으면 마지막 것). 그 뒤에 고친 값은 남깁니다."""
    from govtracker.jobs import undoing

    with opened_book(book) as opened:
        chosen = undoing.chosen(opened, run)
        later = undoing.later(opened, chosen.id)
        for pledge, row in later:
            click.echo(f"  가져온 뒤에 고친 값 {pledge} · {row.sentence}")
        if dry:
            click.echo("시험으로 보았습니다. 대장은 바뀌지 않았습니다.")
            return
        undoing.undo(opened, chosen.id, with_edits=with_edits)
    left = f" 나중에 고친 값 {len(later)}개는 남겼습니다." if later and not with_edits else ""
    click.echo(f"가져오기를 되돌렸습니다: {chosen.file}.{left}")


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.argument("out", metavar="파일.pdf|파일.xlsx", type=FILE)
@click.option(
    "--pledge", "pledges", metavar="번호|공약명", multiple=True, help="이 공약만 (여러 번 쓸 수 있음)"
)
@click.option("--period", metavar="이름", help="보고기간 (없으면 마지막 것)")
@click.option("--plain", is_flag=True, help="PDF에 표지와 목차를 넣지 않습니다 (공약 하나면 원래 없음)")
def export(book: Path, out: Path, pledges: tuple[str, ...], period: str | None, plain: bool) -> None:
    """공식 서식을 PDF나 엑셀로 냅니다."""
    from govtracker.jobs.books import chosen
    from govtracker.jobs.exporting import export, front_matter

    with opened_book(book) as opened:
        entries = chosen(opened, pledges, period)
        tell_written(export(opened, out, entries, None if plain else front_matter(opened, entries)))


def tell_written(written: Written | None) -> None:
    """What its reader should know of a file, how large it is, where it is."""
    if written is not None:
        for remark in dict.fromkeys(written.remarks):
            click.echo(remark)
        click.echo(f"{with_object(written.size)} 냈습니다: {written.path}")


def with_object(word: str) -> str:
    """A Korean word as an object: `쪽을`, `시트를`."""
    return word + ("을" if (ord(word[-1]) - ord("가")) % 28 else "를")


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.option("-o", "--out", metavar="파일.pdf|파일.xlsx", type=FILE, required=True, help="만들 파일")
@click.option("--period", metavar="이름", help="보고기간 (없으면 마지막 것)")
def summary(book: Path, out: Path, period: str | None) -> None:
    """총괄현황·세부현황·공약변경 표를 PDF나 엑셀로 냅니다."""
    from govtracker.jobs.summarising import export_summaries

    with opened_book(book) as opened:
        tell_written(export_summaries(opened, out, period))


@commands.command()
@click.argument("book", metavar="대장", type=FILE)
@click.option("--full", is_flag=True, help="잃는 것 없는 형식으로")
def dump(book: Path, full: bool) -> None:
    """대장의 모든 카드를 JSON으로 보여 줍니다."""
    from govtracker.jobs import dumping

    with opened_book(book) as opened:
        cards = dumping.dump_whole(opened) if full else dumping.dump(opened)
    click.echo(json.dumps(cards, ensure_ascii=False, indent=1))


@commands.command()
@click.argument("folder", metavar="폴더", type=FILE)
@click.pass_context
def demo(ctx: click.Context, folder: Path) -> None:
    """딸린 보기(네 서식)로 처음부터 끝까지 해 봅니다: 가져오기, PDF와 엑셀, 창."""
    from govtracker.jobs import demo

    shown = demo.demo(folder)
    for imported in shown.imported:
        tell_imported(imported)
    click.echo(f"대장   {shown.book.resolve()}")
    for written in shown.files:
        click.echo(f"파일   {written.path.resolve()} ({written.size})")
    if has_display() and not pretended_display():
        ctx.exit(open_window(shown.book))
    click.echo(
        f'화면이 없어 창은 열지 않았습니다. 화면이 있는 곳에서 여세요: {called()} "{shown.book.resolve()}"'
    )


def called() -> str:
    """How this program was called, so that a hint can be typed as it stands."""
    name = Path(sys.argv[0])
    return str(name) if name.stem == "govtracker" else "govtracker"


def pretended_display() -> bool:
    """Whether windows are drawn without anybody seeing them (tests)."""
    return os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal")


def has_display() -> bool:
    """Whether a window can be shown here."""
    if pretended_display():
        return True
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def open_window(book: Path | None) -> int:
    """Run the window until it is closed; its exit code. Without a display it says so."""
    from govtracker import app

    if not has_display():
        click.echo(
            "화면이 없어 창을 열 수 없습니다. 화면이 있는 곳에서 다시 여세요. 명령은 화면 없이도 됩니다: govtracker --help",
            err=True,
        )
        return REFUSED

    run: Callable[[Path | None], int] = app.run
    return run(book)


def main() -> None:
    """Entry of the `govtracker` command."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = commands(prog_name="govtracker", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as wrong:
        click.echo(explain(wrong), err=True)
        sys.exit(WRONG_USE)


def explain(wrong: click.ClickException) -> str:
    """Wrong use in Korean: what is wrong, and where the help is."""
    lines = [_fault(wrong)]
    if isinstance(wrong, click.UsageError) and wrong.ctx is not None:
        lines += [wrong.ctx.command.get_usage(wrong.ctx), f"도움말: {wrong.ctx.command_path} --help"]
    return "\n".join(lines)


def _fault(wrong: click.ClickException) -> str:
    if isinstance(wrong, click.MissingParameter) and wrong.param is not None:
        name = wrong.param.metavar or wrong.param.name or ""
        return f"빠진 것이 있습니다: {' '.join(wrong.param.opts) if isinstance(wrong.param, click.Option) else name}"
    if isinstance(wrong, click.NoSuchOption):
        return f"모르는 선택입니다: {wrong.option_name}"
    if isinstance(wrong, click.BadParameter) and wrong.param is not None:
        return f"{' '.join(wrong.param.opts)}: {wrong.message}"
    return f"잘못 썼습니다: {wrong.format_message()}"
