"""Where values came from: told for each place, through edits, imports again and imports taken back."""

from __future__ import annotations

from dataclasses import replace

from govtracker.db.book import Book
from govtracker.db.imports import Delivery, add_delivery, list_imports, undo_import
from govtracker.db.origins import origin_of
from govtracker.db.sections import SectionChange, load_card, save_sections
from govtracker.merging.rows import values
from govtracker.model.card import Card, Event, Events, Fact, Facts, Outline, Part
from govtracker.model.content import line
from govtracker.model.origin import Origin
from govtracker.model.place import PLEDGE, Place
from tests.db.support import only, small_card


def delivery(card: Card, file: str = "지난해.xlsx") -> Delivery:
    """A card, each value of which came from a cell that holds it."""
    places = [place for key, section in card.sections for place, _ in values(key, section)]
    origins = [Origin(place, f"{file}!A{at}", str(at)) for at, place in enumerate(places)]
    title = Origin(Place(PLEDGE, field="title"), "표지!B2", card.pledge.title)
    return Delivery((card,), {}, {}, file, {"cells": []}, origins=[[*origins, title]])


def cell(book: Book, place: Place) -> tuple[str, str, bool] | None:
    found = origin_of(book, only(book).card, place)
    return (found.file, found.cells[0][0], found.edited) if found else None


def results(*events: tuple[str, str]) -> Events:
    return Events(tuple(Event(when, "", title, (line(f"{title}의 내용"),)) for when, title in events))


def test_every_value_says_its_cell_and_whether_it_was_changed_since(book: Book) -> None:
    add_delivery(book, delivery(small_card(facts=Facts((Fact("span", "2022"), Fact("goal", "가"))))))
    span, goal = Place("facts", field="span"), Place("facts", field="goal")
    assert cell(book, span) == ("지난해.xlsx", "지난해.xlsx!A0", False)
    save_sections(
        book, [SectionChange(only(book).card, "facts", Facts((Fact("span", "2022"), Fact("goal", "나"))))]
    )
    assert cell(book, span) == ("지난해.xlsx", "지난해.xlsx!A0", False)
    assert cell(book, goal) == ("지난해.xlsx", "지난해.xlsx!A1", True)
    assert cell(book, Place("facts", field="method")) is None
    assert cell(book, Place(PLEDGE, field="title")) == ("지난해.xlsx", "표지!B2", False)


def test_records_that_an_import_goes_on_with_keep_their_place(book: Book) -> None:
    add_delivery(book, delivery(small_card(results=results(("2023.1.", "개소"), ("2023.5.", "점검")))))
    again = small_card(results=results(("2023.1.", "개소"), ("2023.5.", "점검"), ("2023.9.", "평가")))
    add_delivery(book, delivery(again, "올해.xlsx"))
    held = load_card(book, only(book)).section("results")
    assert isinstance(held, Events)
    assert [cell(book, Place("results", event.id, "title")) for event in held.entries] == [
        ("올해.xlsx", "올해.xlsx!A1", False),
        ("올해.xlsx", "올해.xlsx!A4", False),
        ("올해.xlsx", "올해.xlsx!A7", False),
    ]
    assert [cell(book, Place("results", event.details[0].id)) for event in held.entries] == [
        ("올해.xlsx", "올해.xlsx!A2", False),
        ("올해.xlsx", "올해.xlsx!A5", False),
        ("올해.xlsx", "올해.xlsx!A8", False),
    ]


def test_an_import_that_was_taken_back_is_asked_no_more(book: Book) -> None:
    first, second = (
        small_card(plan=Outline((Part("", "계획", tuple(line(text) for text in lines)),)))
        for lines in (("가",), ("가", "나"))
    )
    add_delivery(book, delivery(first))
    add_delivery(book, delivery(second, "올해.xlsx"))
    held = load_card(book, only(book)).section("plan")
    assert isinstance(held, Outline)
    place = Place("plan", held.parts[0].items[0].id)
    assert cell(book, place) == ("올해.xlsx", "올해.xlsx!A1", False)
    undo_import(book, list_imports(book)[0].id)
    assert cell(book, place) == ("지난해.xlsx", "지난해.xlsx!A1", False)
    undo_import(book, list_imports(book)[1].id)
    assert list_imports(book)[1].undone


def test_what_is_said_of_a_record_goes_for_its_fields(book: Book) -> None:
    card = small_card(results=results(("2023.1.", "개소")))
    event = card.section("results").entries[0]  # type: ignore[union-attr]
    whole = [Origin(Place("results", event.id), "가!A1", "2023.1.: 개소")]
    add_delivery(book, replace(delivery(card), origins=[whole]))
    assert cell(book, Place("results", event.id, "when")) == ("지난해.xlsx", "가!A1", False)
