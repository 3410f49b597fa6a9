"""What every layout needs: the form, the card, the setting; the form's styles; labels with their names filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from govtracker.export.document import HEAD, Cell, Style, plain
from govtracker.forms import template
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form, Type
from govtracker.forms.template import names_of
from govtracker.model.card import Card, Fact, Facts
from govtracker.model.content import one_line


@dataclass(frozen=True, slots=True)
class Context:
    form: Form
    card: Card
    setting: Setting
    municipality: str


@cache
def styles(kind: Type) -> Mapping[str, Style]:
    """Paragraph styles by name."""
    body, head, size, cell = kind.body, kind.head, kind.size, kind.cell
    return {
        "body": Style(body, size, kind.leading),
        "group": Style(head, size, kind.leading, True),
        "group_open": Style(head, size, kind.leading, True, body),
        "summary": Style(head, size, 1.65, True),
        "heading": Style(head, kind.heading, 1.3, True),
        "heading_open": Style(head, kind.heading, 1.3, True, body),
        "subheading": Style(head, kind.subheading, 1.4, True),
        "title": Style(head, kind.title, 1.2, True),
        "number": Style(head, kind.number, 1.2, True),
        "cell": Style(body, cell, kind.cell_leading),
        "person": Style(body, cell, 1.52),
        "person_head": Style(head, cell, 1.52, True),
        "check": Style(body, cell - 0.5, 1.5),
        "detail": Style(body, cell, 1.45),
        "figure": Style(body, cell, kind.cell_leading, least=kind.shrink),
        "head": Style(head, 9.5, kind.cell_leading, True),
        "head_small": Style(head, 7.5, 1.2),
        "head_note": Style(head, 9, 1.3),
        "head_dense": Style(head, 8.5, 1.3, True),
        "label": Style(head, 9.5, kind.cell_leading, True),
        "total": Style(head, 10, kind.cell_leading, True),
        "row": Style(body, cell, kind.cell_leading),
        "period": Style(head, 10, 1.4, True),
        "period_note": Style(head, 9, 1.4),
        "caption": Style(body, kind.caption, 1.3),
        "nested": Style(body, 9.5, kind.cell_leading, least=kind.shrink),
        "nested_head": Style(head, 9, kind.cell_leading, True),
    }


def fill(label: str, context: Context) -> str:
    """A text of the form with the names of its place, time and pledge filled in, each `{key|word}` with its fact."""
    setting, form, pledge = context.setting, context.form, context.card.pledge
    names = {
        "municipality": context.municipality,
        "name": form.name,
        "number": pledge.number,
        "title": one_line(pledge.title),
        **names_of(setting.term, setting.as_of),
    }
    return template.fill(
        label, names, lambda key: find_fact(context, key)[1].text if key in form.fact else None
    )


def running_head(context: Context) -> str:
    """The running head of the first page: where the form prints no title there, it is that of the others."""
    if any(block.kind == "title" for block in context.form.block):
        return fill(context.form.running_head, context)
    return running_title(context)


def running_title(context: Context) -> str:
    """The running head from the second page on, which names the pledge."""
    wanted = context.form.running_title.replace("{head}", context.form.running_head)
    return " ".join(fill(wanted, context).split())


def find_fact(context: Context, key: str) -> tuple[str, Fact]:
    """(section key, fact) of a catalogue key."""
    for section in context.form.section:
        if section.kind == "facts" and key in section.fields:
            found = context.card.section(section.key)
            return section.key, found.get(key) if isinstance(found, Facts) else Fact(key)
    return "", Fact(key)


def label_cell(text: str, colspan: int = 1, rowspan: int = 1, note: str = "") -> Cell:
    """A shaded label, perhaps with a lighter line under it."""
    lines = tuple(plain(part, "label", role="label") for part in text.split("\n"))
    if note:
        lines += (plain(note, "head_note", role="label"),)
    return Cell(lines, colspan, rowspan, "label", "center", fill=HEAD, pad=(0.6, 0.8), repeat=True)
