"""A place says itself as a text that leads back to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.model.dates import Months
from govtracker.model.place import Place, parse_place

_WORDS = st.text(max_size=12)
_MONTHS = st.none() | st.sampled_from(["2022-07", "2026-06"])


_SPANS = st.none() | st.builds(Months, _MONTHS, _MONTHS)


@given(st.builds(Place, st.text(min_size=1, max_size=9), _WORDS, _WORDS, _SPANS, _WORDS, _WORDS))
def test_place_is_read_back(place: Place) -> None:
    assert parse_place(str(place)) == place


def test_two_places_never_say_the_same() -> None:
    assert str(Place("budget", "a/b")) != str(Place("budget", "a", "b"))
    assert str(Place("budget", "a%2Fb")) != str(Place("budget", "a/b"))


@pytest.mark.parametrize("text", ["", "/a", "a/b/c/2022-07", "a/b/c/d/e/f/g"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_place(text)
