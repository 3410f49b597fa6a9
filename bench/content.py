"""The cards that the document peers print: copies of the sample's, no two of them with the same text.

A tool that remembers what it laid out (typst does) would print a card's second copy for nothing. So in each copy
the syllables of what people typed are exchanged for others of the same card and the digits for other digits:
nonsense of the same widths, lines and pages.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench.inputs import RICH, Inputs
from bench.program import export, program

TYPED = frozenset(("text", "name", "title", "note", "indicator", "before", "after", "reason", "what"))
"""Keys of the encoded card under which typed text stands; dates, units and choices stay as they are."""
COUNTS = (1, 10, 120)
"""How many cards the peers print."""
MOST = 1000
"""How many cards the growth ends with; they have a book of their own."""
ONE, OTHER = "one", "other"
"""Names of the single cards: the rich one, and the one that is printed before it in a warm case."""


def book(inputs: Inputs, name: str) -> Path:
    """The book that has the cards of the name."""
    return inputs.folder / f"many-{MOST if name == str(MOST) else max(COUNTS)}.govtracker"


def documents(inputs: Inputs, name: str) -> list[Any]:
    """The documents of so many cards, or of a single one."""
    return pickle.loads((inputs.folder / f"{name}.pickle").read_bytes())  # type: ignore[no-any-return]


def chosen(book: Any, name: str) -> list[Any]:
    """Entries of the book that have the name: one card, or so many."""
    entries = program("chosen")(book)
    if name == ONE:
        return [next((entry for entry in entries if entry.pledge.number == f"{RICH}-0"), entries[0])]
    return entries[-1:] if name == OTHER else entries[: int(name)]


def make(inputs: Inputs) -> None:
    """The book, and for the peers what they read: documents, sources, workbooks, pictures, fonts."""
    from bench import html_source, typst_source
    from govtracker.db.book import Book

    make_fonts(inputs)
    make_many(inputs, book(inputs, str(max(COUNTS))), max(COUNTS))
    for name in (ONE, OTHER, "100", *map(str, COUNTS)):
        made = keep(inputs, name)
        (inputs.folder / f"{name}.typ").write_text(typst_source.source(made), encoding="utf-8")
        untagged = typst_source.source(made, tagged=False)
        (inputs.folder / f"{name}-untagged.typ").write_text(untagged, encoding="utf-8")
        (inputs.folder / f"{name}.html").write_text(html_source.source(made), encoding="utf-8")
        with Book.open(book(inputs, name)) as many:
            export(many, inputs.folder / f"{name}.xlsx", chosen(many, name))


def make_most(inputs: Inputs) -> None:
    """The large book and its documents."""
    make_many(inputs, book(inputs, str(MOST)), MOST)
    keep(inputs, str(MOST))


def keep(inputs: Inputs, name: str) -> list[Any]:
    """Keep the documents of the name for engines that begin with them."""
    from govtracker.db.book import Book

    with Book.open(book(inputs, name)) as many:
        made = list(program("Documents")(many, chosen(many, name)))
    (inputs.folder / f"{name}.pickle").write_bytes(pickle.dumps(made))
    return made


def make_many(inputs: Inputs, path: Path, count: int) -> None:
    """A book of many cards, those of the sample by turns, and their pictures as files."""
    from govtracker.db.book import Book
    from govtracker.model.card import Card
    from govtracker.model.codec import decode, encode

    load_card, read_picture = program("load_card"), program("read_picture")
    path.unlink(missing_ok=True)
    with Book.open(inputs.book) as sample:
        encoded = [encode(load_card(sample, entry)) for entry in program("chosen")(sample)]
        found = {sha: read_picture(sample, sha) for card in encoded for sha in pictures(card)}
        values = [sample.value(key) for key in ("municipality", "term", "form")]
    numbered = enumerate(islice(cycle(encoded), count))
    with Book.create(path, *values) as many:
        cards = (decode(Card, varied(card, at, len(encoded))) for at, card in numbered)
        program("add_cards")(many, cards, found)
    for sha, data in found.items():
        (inputs.folder / f"{sha}.png").write_bytes(data)


def make_fonts(inputs: Inputs) -> None:
    """A folder with the font files that the program itself uses."""
    from govtracker.export import fonts

    folder = inputs.folder / "fonts"
    folder.mkdir(exist_ok=True)
    files = [fonts.font_path(family, bold) for family in ("myeongjo", "gothic") for bold in (False, True)]
    for file in (*files, fonts._files()["dejavusans.ttf"]):
        shutil.copy(file, folder)


def varied(card: dict[str, Any], number: int, of: int) -> dict[str, Any]:
    """The card under a number of its own; from the second round on with other syllables and digits."""
    turn = number // of
    pledge = card["pledge"]
    pool = sorted({char for text in _typed(card["sections"]) for char in text if "가" <= char <= "힣"})
    other = {ord(char): pool[(at + 7 * turn) % len(pool)] for at, char in enumerate(pool)}
    other |= {ord(str(digit)): str((digit - 1 + turn) % 9 + 1) for digit in range(1, 10)}
    title = pledge["title"].translate(other)
    renamed = {
        **pledge,
        "number": f"{pledge['number'] or number}-{turn}",
        "title": title,
        "id": f"{number:012x}",
    }
    changed = _changed(card["sections"], lambda text: text.translate(other))
    return {**card, "pledge": renamed, "sections": changed}


def _typed(value: Any) -> list[str]:
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    _changed(value, keep)
    return found


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same with each typed text and each amount's number changed; ids dropped, so that new ones are made."""
    if isinstance(value, list):
        return [_changed(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    made = {}
    for key, inner in value.items():
        typed = isinstance(inner, str) and (key in TYPED or (key == "value" and "state" in value))
        if key != "id":
            made[key] = change(inner) if typed else _changed(inner, change)
    return made


def pictures(card: Any) -> set[str]:
    """Keys of the pictures in an encoded card."""
    if isinstance(card, list):
        return {sha for item in card for sha in pictures(item)}
    if not isinstance(card, dict):
        return set()
    own = {card["sha"]} if card.get("is") == "picture" else set()
    return own | {sha for inner in card.values() for sha in pictures(inner)}
