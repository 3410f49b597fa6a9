"""Engines that print the same cards to a PDF file: ours from the book, ours from documents, and four peers.

Each is a pair: what is read beforehand, and a starter that imports and sets up what stays for later files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from bench import content
from bench.inputs import Inputs
from bench.program import export

Print = Callable[[Any, Path], object]


class Engine(NamedTuple):
    """`read(inputs, name)` isn't measured; `start(inputs)` is, where nothing has been imported yet."""

    read: Callable[[Inputs, str], Any]
    start: Callable[[Inputs], Print]


def run(inputs: Inputs, name: str, count: int) -> tuple[float, float]:
    """Seconds and processor seconds of `engine:mode`.

    cold: the rich card, imports and fonts included; warm: the same after another card; again: after itself;
    many: so many cards after another card; bare: an empty file.
    """
    key, mode = name.split(":")
    engine = ENGINES[key]
    out = inputs.folder / f"out-{key}.pdf"
    out.unlink(missing_ok=True)
    wanted = engine.read(inputs, content.ONE if mode in ("cold", "warm", "again") else str(count))
    if mode == "cold":
        return spent(lambda: engine.start(inputs)(wanted, out))
    make = engine.start(inputs)
    if mode == "bare":
        wanted = inputs.folder / "bare.csv"
        wanted.write_text("1\n", encoding="utf-8")
    make(wanted if mode == "again" else engine.read(inputs, content.OTHER), out)
    return spent(lambda: make(wanted, out))


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of one call, and what processors spent on it in all threads and finished children."""
    before, begin = sum(os.times()[:4]), perf_counter()
    work()
    return perf_counter() - begin, sum(os.times()[:4]) - before


def _book(inputs: Inputs) -> Print:
    from govtracker.db.book import Book

    def make(name: str, out: Path) -> None:
        with Book.open(content.book(inputs, name)) as book:
            export(book, out, content.chosen(book, name))

    return make


def _documents(inputs: Inputs) -> Print:
    from govtracker.export.writers import WRITERS, Publication

    def picture(sha: str) -> bytes:
        return (inputs.folder / f"{sha}.png").read_bytes()

    return lambda documents, out: WRITERS[out.suffix].write(out, Publication(documents, picture))


def _platypus(inputs: Inputs) -> Print:
    from bench.platypus_peer import write

    return lambda documents, out: write(documents, inputs.folder / "fonts", inputs.folder, out)


def _typst(inputs: Inputs) -> Print:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(inputs.folder / "fonts")]
    )
    compiler = typst.Compiler(root=str(inputs.folder), font_paths=fonts)
    return lambda source, out: compiler.compile(input=str(source), output=str(out))


def _typst_single(inputs: Inputs) -> Print:
    os.environ["RAYON_NUM_THREADS"] = "1"
    return _typst(inputs)


def _weasyprint(inputs: Inputs) -> Print:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return lambda source, out: HTML(source).write_pdf(out, font_config=fonts)


def _libreoffice(inputs: Inputs) -> Print:
    office = shutil.which("soffice")
    if not office:
        raise ImportError("soffice")
    profile = f"-env:UserInstallation={(inputs.folder / 'office').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(inputs.folder)]

    def make(source: Path, out: Path) -> None:
        subprocess.run([*command, str(source)], check=True, capture_output=True)
        source.with_suffix(".pdf").replace(out)

    return make


def _file(ending: str) -> Callable[[Inputs, str], Path]:
    return lambda inputs, name: inputs.folder / f"{name}{ending}"


ENGINES = {
    "book": Engine(lambda inputs, name: name, _book),
    "documents": Engine(content.documents, _documents),
    "typst": Engine(_file(".typ"), _typst),
    "typst_untagged": Engine(_file("-untagged.typ"), _typst),
    "typst_single": Engine(_file(".typ"), _typst_single),
    "platypus": Engine(content.documents, _platypus),
    "weasyprint": Engine(_file(".html"), _weasyprint),
    "libreoffice": Engine(_file(".xlsx"), _libreoffice),
}
