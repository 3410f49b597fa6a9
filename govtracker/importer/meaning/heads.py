"""What the head of a column says: which pledge it is, a field of the catalogue, or whose money of when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache

from govtracker.forms.columns import Setting, expand, range_of
from govtracker.forms.loader import vocabulary
from govtracker.forms.measures import PLANNED, in_role, measures
from govtracker.forms.schema import FactDef, Form
from govtracker.importer.mapping import SKIP, head_key
from govtracker.importer.structure.labels import bare, fold
from govtracker.importer.structure.units import caption_behind, without_caption
from govtracker.model.dates import Months, year_months

_YEARS = tuple(
    re.compile(rf"(?:['‘’](?P<short>\d{{2}})|(?P<year>20\d{{2}}))\.?{word}(?P<rest>.*)")
    for word in ("(?:년도)?", "년")
)
"""Spellings of a year before the rest of a label: `2023년도` and, where that leaves no word, `2023년` (`2023년도비`)."""
_HALF = {"상반기": ("01", "06"), "하반기": ("07", "12")}
_QUARTER = re.compile(r"(?P<number>[1-4])(?:/4)?(?:분기)?")
ALWAYS = Months(None, None)
_NEAREST, _LIKE = 3, 0.6
"""Most words that are offered for a label, and how like they must be (1 = the same)."""
IDENTITY = ("number", "title", "source", "measure")
"""Groups of the catalogue's heads that are no fields of a card."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column holds.

    `kind` is one of IDENTITY, "fact" (`key`; `option` where the column is one choice of it), "money" (`key` the
    source, "" where the row says it; `measure`, "" likewise; `span`; `won` per unit, None where the head names none),
    "total" (money that the others add up to) or "" for a head that nobody knows.
    """

    kind: str
    key: str = ""
    option: str = ""
    measure: str = ""
    span: Months = ALWAYS
    won: int | None = None


UNKNOWN = Reading("")
SKIPPED = Reading(SKIP)
"""What somebody decided to leave out."""


def target_of(reading: Reading) -> str:
    """A reading as a mapping says it, "" for one that isn't known."""
    if reading.kind == "fact":
        return "/".join(part for part in ("fact", reading.key, reading.option) if part)
    if reading.kind in ("money", "total"):
        span = f"{reading.span.first or ''}..{reading.span.last or ''}"
        return "/".join((reading.kind, reading.key, span, reading.measure, str(reading.won or ""))).rstrip(
            "/"
        )
    return reading.kind


def reading_of(target: str, form: Form) -> Reading:
    """The reading that a target says; UNKNOWN where the form has no such field or the target is damaged."""
    word, *parts = target.split("/")
    parts += [""] * (4 - len(parts))
    if word in (*IDENTITY, SKIP):
        return Reading(word)
    if word == "fact" and parts[0] in form.fact:
        return Reading("fact", parts[0], parts[1])
    if word in ("money", "total"):
        source, when, measure, won = parts[:4]
        span = span_of(when)
        known = source in {"", *vocabulary("source")} and measure in {"", *measures()}
        if known and span is not None and (not won or won.isdigit()):
            return Reading(word, source, "", measure, span, int(won) if won else None)
    return UNKNOWN


def span_of(text: str) -> Months | None:
    """The interval of a text such as `2023-01..2023-12`; None where it says none."""
    first, dots, last = text.partition("..")
    months = re.compile(r"(?:20\d{2}-(?:0[1-9]|1[0-2]))?")
    return (
        Months(first or None, last or None)
        if dots and months.fullmatch(first) and months.fullmatch(last)
        else None
    )


class HeadReader:
    """Reads the heads of a table for one form; `labels` are all short words of the table, `taught` targets by head.

    `unsure` are the words for two sources of money of which neither they nor the municipality say which one it is.
    """

    def __init__(
        self,
        form: Form,
        setting: Setting,
        labels: Iterable[str],
        municipality: str = "",
        taught: Mapping[str, str] | None = None,
    ) -> None:
        self.form, self.setting, self.taught = form, setting, taught or {}
        folded = {fold(without_caption(label)) for label in labels}
        self.sources, self.unsure = _sources(form, folded, municipality)
        self.years = _years(form, setting)
        self.months = bool(folded & {str(month) for month in range(5, 13)})

    def read(self, path: tuple[str, ...]) -> Reading:
        """What a column with these labels, from the top, holds."""
        if head_key(path) in self.taught:
            return self._taught(path)
        last = path[-1]
        for kind in IDENTITY:
            if kind not in ("source", "measure") and fold(without_caption(last)) in _names(kind):
                return Reading(kind)
        fact = self._fact(path)
        if fact is not None:
            return fact
        money = self._money(path)
        if money is not None:
            return money
        for kind in ("source", "measure"):
            if fold(last) in _names(kind):
                return Reading(kind)
        return UNKNOWN

    def _taught(self, path: tuple[str, ...]) -> Reading:
        """What somebody said that a head is; the unit in its brackets still holds."""
        reading = reading_of(self.taught[head_key(path)], self.form)
        behind = (caption_behind(label) for label in path)
        own = next((each.won for each in behind if each is not None and each.won is not None), None)
        return (
            replace(reading, won=own)
            if reading.kind in ("money", "total") and reading.won is None
            else reading
        )

    def _fact(self, path: tuple[str, ...]) -> Reading | None:
        for key, definition in self.form.fact.items():
            names = _fact_names(definition)
            if any(spelling in names for spelling in _spellings(path[-1])):
                return Reading("fact", key)
            if len(path) > 1 and any(spelling in names for spelling in _spellings(path[-2])):
                for option in definition.options:
                    words = {fold(option.label), *(fold(alias) for alias in option.aliases)}
                    if fold(path[-1]) in words:
                        return Reading("fact", key, option.key)
        return None

    def near(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Words of the catalogue that are spelled almost like the lowest label, the likest first: never taken for it."""
        known = {fold(word): word for kind in ("number", "title") for word in vocabulary("head")[kind]}
        for definition in self.form.fact.values():
            names = (definition.label.split("\n")[0], *definition.names)
            known |= {fold(name): names[0] for name in names}
        found = get_close_matches(fold(without_caption(path[-1])), list(known), n=_NEAREST, cutoff=_LIKE)
        return tuple(dict.fromkeys(known[each] for each in found))

    def money(self, path: tuple[str, ...]) -> Reading | None:
        """What a column of a table that is known to hold money says; None where its head says something else."""
        if head_key(path) in self.taught:
            taught = self._taught(path)
            return taught if taught.kind in ("money", "total") else None
        return self._money(path, known=True)

    def span(self, path: tuple[str, ...]) -> Months | None:
        """The year, half-year or quarter that a path of labels names; None where it names none."""
        if head_key(path) in self.taught:
            word, _, rest = self.taught[head_key(path)].partition("/")
            return span_of(rest) if word == "span" else None
        year = 0
        found: Months | None = None
        for label in path:
            plain = fold(without_caption(label))
            named_year = _YEARS[0].fullmatch(plain)
            if named_year:
                parts = self._with_year(plain)
                if parts is None:
                    return None
                year = int(named_year["year"] or 2000 + int(named_year["short"]))
                found = parts.span
                continue
            quarter = _QUARTER.fullmatch(plain)
            if year and quarter and not (self.months and plain.isdigit()):
                number = int(quarter["number"])
                found = Months(f"{year}-{number * 3 - 2:02d}", f"{year}-{number * 3:02d}")
            elif year and plain in _HALF:
                found = Months(f"{year}-{_HALF[plain][0]}", f"{year}-{_HALF[plain][1]}")
        return found

    def _money(self, path: tuple[str, ...], *, known: bool = False) -> Reading | None:
        """Source, measure and span of a path of labels, all of which say something of money (or, where it is known
        that they do, of time alone).
        """
        source = measure = ""
        span, total, won = ALWAYS, False, None
        said = known
        for label in path:
            behind = caption_behind(label)
            won = behind.won if behind is not None and behind.won is not None else won
            plain = fold(without_caption(label))
            parts = self._parts(plain)
            if parts is None:
                return None
            said = said or parts.said
            source, measure = parts.source or source, parts.measure or measure
            span = parts.span if parts.span != ALWAYS else span
            total = total or parts.total
        if not said and won is None:
            return None
        if total or not source:
            kind = "total" if total else "money"
            return Reading(kind, "", "", measure, span, won)
        return Reading("money", source, "", measure, span, won)

    def _parts(self, plain: str) -> _Parts | None:
        """What one label says; None where it says something else than money and time."""
        found = _Parts()
        if plain in self.sources:
            return _Parts(source=self.sources[plain], said=True)
        if plain in {fold(word) for word in vocabulary("words")["total"]}:
            return _Parts(total=True)
        if plain in _measure_names():
            return _Parts(measure=_measure_names()[plain], said=True)
        for name in ("before_term", "after_term", "term"):
            if plain in {fold(word) for word in vocabulary("head")[name]}:
                return _Parts(span=range_of(name, self.setting))
        if _YEARS[0].fullmatch(plain):
            return self._with_year(plain)
        for word, source in self.sources.items():
            rest = plain.removeprefix(word) if plain.startswith(word) else plain.removesuffix(word)
            if rest != plain and len(word) > 1:
                inner = self._parts(rest.strip("()_-·"))
                if inner is not None and not inner.source:
                    inner.source, inner.said = source, True
                    return inner
        return found if not plain else None

    def _with_year(self, plain: str) -> _Parts | None:
        """What a label says that begins with a year, in the first of the spellings that leaves words that are known."""
        read = (self._year(match) for spelling in _YEARS if (match := spelling.fullmatch(plain)))
        return next((parts for parts in read if parts is not None), None)

    def _year(self, found: re.Match[str]) -> _Parts | None:
        year = int(found["year"] or 2000 + int(found["short"]))
        rest = found["rest"].strip("()_-·.")
        span = self.years.get(year, year_months(year))
        if not rest:
            return _Parts(span=span)
        if rest in _HALF:
            first, last = _HALF[rest]
            return _Parts(span=Months(f"{year}-{first}", f"{year}-{last}"))
        quarter = _QUARTER.fullmatch(rest)
        if quarter:
            number = int(quarter["number"])
            return _Parts(span=Months(f"{year}-{number * 3 - 2:02d}", f"{year}-{number * 3:02d}"))
        if rest == "이후":
            return _Parts(span=Months(span.first, None))
        inner = self._parts(rest)
        if inner is None or inner.span != ALWAYS:
            return None  # `2026년(임기 후)`: another time than the year's
        inner.span = span
        return inner


@dataclass(slots=True)
class _Parts:
    source: str = ""
    measure: str = ""
    span: Months = ALWAYS
    total: bool = False
    said: bool = False


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word in vocabulary("head")[kind])


def _fact_names(definition: FactDef) -> set[str]:
    return {fold(definition.label), *(fold(name) for name in definition.names)}


def _spellings(label: str) -> tuple[str, ...]:
    folded = fold(label)
    return tuple(dict.fromkeys((folded, fold(without_caption(label)), bare(folded))))


@cache
def _measure_names() -> Mapping[str, str]:
    """Measure key by every folded word for it."""
    return {fold(word): key for key, each in measures().items() for word in (each.label, *each.names)}


def within(span: Months, other: Months) -> bool:
    """Whether an interval lies in another one, which may be the same."""
    first = other.first is None or (span.first is not None and span.first >= other.first)
    last = other.last is None or (span.last is not None and span.last <= other.last)
    return first and last


def containers(keys: Iterable[tuple[str, Months, str]]) -> list[tuple[str, Months, str]]:
    """Amounts (source, interval, measure) whose interval holds that of another one: they are sums of others."""
    every = list(keys)
    return [
        (source, span, measure)
        for source, span, measure in every
        if any(
            source == other and measure == kind and part != span and within(part, span)
            for other, part, kind in every
        )
    ]


def named(text: str, group: str) -> bool:
    """Whether a text is one of the catalogue's words for a head."""
    return fold(text) in _names(group)


def fact_named(form: Form, text: str) -> str:
    """The fact of the form that a label names, "" where it names none."""
    spellings = _spellings(text)
    return next((k for k, each in form.fact.items() if any(s in _fact_names(each) for s in spellings)), "")


def planned_measure() -> str:
    """The measure of money of which nothing else is said."""
    return next(iter(in_role(tuple(measures()), PLANNED)))


def measure_named(word: str) -> str:
    """The measure that a word in a row names, "" where it names none."""
    return _measure_names().get(fold(word), "")


def _sources(form: Form, labels: set[str], municipality: str) -> tuple[dict[str, str], frozenset[str]]:
    """(source key by every folded word for it, of those that the form has; words of which it isn't sure).

    A word for two of them (시비: of the metropolitan city, or the office's own) is the regional one where another
    word is the office's own money, and the office's own where another one is the region's; else what it is to the
    municipality: to a district and a county another's, to a city its own.
    """
    known = vocabulary("source")
    keys = [key for section in form.section if section.kind == "budget" for key in section.sources]
    words: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        for word in (known[key]["label"], *known[key].get("aliases", ())):
            words.setdefault(fold(word), []).append(key)
    single = {word: found[0] for word, found in words.items() if len(found) == 1}
    groups = {known[single[label]]["group"] for label in labels if label in single}
    made, unsure = dict(single), set()
    own = municipality[-1:]
    for word, found in words.items():
        if len(found) < 2:
            continue
        kinds = {known[key]["group"]: key for key in found}
        free = [key for kind, key in kinds.items() if kind not in groups]
        if len(free) == 1:
            made[word] = free[0]
        elif REGIONAL in kinds and own in OWN_MONEY:
            made[word] = kinds[OWN_MONEY[own]] if OWN_MONEY[own] in kinds else found[-1]
        else:
            made[word] = (free or found)[-1]
            unsure |= {word} if len(kinds) > 1 else set()
    return made, frozenset(unsure & labels)


REGIONAL, LOCAL = "regional", "local"
OWN_MONEY = {"구": REGIONAL, "군": REGIONAL, "시": LOCAL, "도": LOCAL}
"""Whose money a city's is, by what kind of municipality the office is of (the last letter of its name)."""


def _years(form: Form, setting: Setting) -> dict[int, Months]:
    """The form's own interval for each year, where it prints a year's money."""
    found: dict[int, Months] = {}
    for block in form.block:
        if block.kind != "money":
            continue
        for leaf in expand(block, form.section_def(block.section), form, setting):
            span = leaf.span
            if span and span.first and span.last and span.first[:4] == span.last[:4]:
                found.setdefault(int(span.first[:4]), span)
    return found
