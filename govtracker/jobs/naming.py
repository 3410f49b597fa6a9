"""Differences between a book's cards and others in words: whose field they are, what stands on either side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from govtracker.arithmetic.budget import source_labels
from govtracker.db.merge import CardMerge
from govtracker.forms import loader
from govtracker.forms.columns import Leaf, Setting, expand
from govtracker.forms.measures import measures
from govtracker.forms.schema import Form, Option, SectionDef
from govtracker.merging.rows import ITEM, TARGET, Row
from govtracker.merging.three_way import Difference
from govtracker.model.card import Fact
from govtracker.model.content import Line, Picture, Table
from govtracker.model.dates import Months
from govtracker.model.figure import Figure, scaled
from govtracker.model.place import PLEDGE, Place
from govtracker.review import CardChange, NamedDifference


def change_of(merged: CardMerge, setting: Setting) -> CardChange:
    """A card's merge in words; figures in the printed unit."""
    form = loader.find(merged.held.form if merged.held else merged.card.form)
    pledge = merged.held.pledge if merged.held else merged.card.pledge
    names = Names(form, setting)
    rows = tuple(names.row(merged.number, each) for each in merged.differences)
    foreign = loader.find(merged.card.form).section
    labels = {section.key: section.label for section in foreign}
    return CardChange(
        f"{pledge.number} {pledge.title}".strip(),
        merged.is_new,
        merged.again,
        rows,
        tuple(labels.get(key, key) for key in merged.foreign),
        merged.namesake,
    )


def key_of(number: int, difference: Difference) -> str:
    """What tells a difference of the card at a position from every other one."""
    return f"{number}/{difference.place}#{difference.hunk}"


class Names:
    """Words for the places and values of one form's cards."""

    def __init__(self, form: Form, setting: Setting) -> None:
        self.form, self.setting = form, setting

    def row(self, number: int, difference: Difference) -> NamedDifference:
        """A difference of the card at a position in words."""
        place = difference.place
        if place.section == PLEDGE:
            section, label = "공약", "공약명"
        else:
            section, label = self.form.section_def(place.section).label, self.label(difference)
        return NamedDifference(
            key_of(number, difference), section, label,
            self.text(place, difference.mine), self.text(place, difference.theirs), difference.kind,
        )  # fmt: skip

    def label(self, difference: Difference) -> str:
        """What a difference is of: the record and the field, or the record alone."""
        place, definition = difference.place, self.form.section_def(difference.place.section)
        record = self._record(definition, difference.record)
        field = self._field(definition, place) if place.field else ""
        return " · ".join(part for part in (record, field) if part)

    def _record(self, definition: SectionDef, name: str) -> str:
        """A part of an outline goes by its heading, not by its key."""
        return next((slot.label for slot in definition.slots if slot.key == name), name)[:40]

    def _field(self, definition: SectionDef, place: Place) -> str:
        if definition.kind == "facts":
            return self.form.fact[place.field].label.split("\n")[0]
        if definition.kind == "counts":
            labels = {named.key: named.label for named in definition.categories}
            return labels.get(place.field, place.field)
        if definition.kind == "budget" and place.field != ITEM:
            return self._amount(definition, place)
        if place.field == TARGET and place.span is not None:
            return self._head(definition, place) or _span(place.span)
        labels = loader.vocabulary("column").get(definition.kind, {})
        return str(labels.get(place.field, ""))

    def _amount(self, definition: SectionDef, place: Place) -> str:
        source = source_names(self.form, definition).get(place.field, place.field)
        when = self._head(definition, place) or (_span(place.span) if place.span else "")
        measure = measures()[place.measure].label if place.measure in measures() else ""
        return " ".join(part for part in (source, when, measure if measure not in when else "") if part)

    def _head(self, definition: SectionDef, place: Place) -> str:
        leaf = next((leaf for leaf in self._leaves(definition) if _is_of(leaf, place)), None)
        return " ".join(" ".join(leaf.head).split()) if leaf else ""

    def _leaves(self, definition: SectionDef) -> list[Leaf]:
        blocks = (block for block in self.form.block if block.section == definition.key and block.column)
        return [leaf for block in blocks for leaf in expand(block, definition, self.form, self.setting)]

    # ------------------------------------------------------------ values

    def text(self, place: Place, value: Any) -> str:
        """A value as an officer reads it, "" for none."""
        if isinstance(value, Row):
            return "\n".join(
                f"{self._row_field(place, field)}{self.text(place._replace(field=field[0]), each)}"
                for field, each in value.fields.items()
                if not isinstance(each, bool)
            )
        if isinstance(value, Fact):
            options = self.form.fact[value.key].options if value.key in self.form.fact else ()
            return ", ".join(_options(options, value.chosen)) or value.text
        if isinstance(value, Figure):
            return self._figure(place, value)
        if isinstance(value, tuple) and value and isinstance(value[0], str):
            return ", ".join(_quarter(word) for word in value)
        if isinstance(value, tuple):
            return "\n".join(_item(item) for item in value)
        return str(value) if value is not None else ""

    def _row_field(self, place: Place, field: tuple[str, Months | None, str]) -> str:
        name, span, measure = field
        definition = self.form.section_def(place.section)
        label = self._field(definition, place._replace(field=name, span=span, measure=measure))
        return f"{label}: " if label else ""

    def _figure(self, place: Place, figure: Figure) -> str:
        definition = self.form.section_def(place.section)
        if definition.kind != "budget":
            return figure.printed()
        return scaled(figure, Decimal(1) / definition.unit).printed()


def source_names(form: Form, section: SectionDef) -> dict[str, str]:
    """What the form calls each source of a section of money."""
    block = next((b for b in form.block if b.section == section.key and b.kind == "money" and b.labels), None)
    known = loader.vocabulary("source")
    labels = source_labels(block)
    return {key: labels.get(key) or known[key]["label"] for key in section.sources}


def _is_of(leaf: Leaf, place: Place) -> bool:
    """Whether a printed column is the one of an entered value's interval and measure."""
    fits = place.measure in leaf.measures or not place.measure
    return leaf.span == place.span and not leaf.computed and fits


def _span(span: Months) -> str:
    if span.first and span.last and span.first[:4] == span.last[:4]:
        return (
            f"{span.first[:4]}년"
            if span.first[5:] == "01" and span.last[5:] == "12"
            else f"{span.first}~{span.last}"
        )
    return f"{span.first or ''}~{span.last or ''}"


def _options(options: tuple[Option, ...], chosen: tuple[str, ...], prefix: str = "") -> list[str]:
    made = []
    for option in options:
        if prefix + option.key in chosen:
            made += [option.label, *_options(option.options, chosen, f"{prefix}{option.key}.")]
    return made


def _quarter(word: str) -> str:
    return f"’{word[2:4]} {word[-1]}/4"


def _item(item: object) -> str:
    if isinstance(item, Line):
        return f"{item.mark} {item.text}".strip()
    if isinstance(item, Table):
        cells = [cell.text for row in item.rows for cell in row if cell is not None and cell.text]
        return f"[표 {len(item.rows)}×{item.columns}] {' '.join(cells)}"[:120]
    if isinstance(item, Picture):
        return f"[그림] {item.caption}".strip()
    return str(item)
