"""What the summary forms share: the plan, the document's frame, headings, notes, cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from govtracker.arithmetic.summary import Summary
from govtracker.export.document import HEAD, TOTAL, Cell, Document, Flow, Formula, Para, Style, places, plain
from govtracker.export.layout.context import styles
from govtracker.forms.columns import Setting
from govtracker.forms.loader import catalogue
from govtracker.forms.summary import SummaryForm
from govtracker.forms.template import fill, names_of
from govtracker.model.content import Run
from govtracker.model.figure import Figure, value
from govtracker.model.place import Place

DIGIT, POINT = 0.537, 0.27
"""Widths of a figure's digits and of its points and commas, em."""
MOST_TERMS = 250
"""Excel takes 255."""
EM = 10 / 72 * 25.4
"""A figure's em in mm."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is laid out, and in which words."""

    form: SummaryForm
    summary: Summary
    setting: Setting
    municipality: str

    def filled(self, template: str, title: str = "") -> str:
        """A text of the form with its names filled in."""
        names = {
            "municipality": self.municipality,
            **names_of(self.setting.term, self.setting.as_of),
            "count": f"{self.summary.count:,}",
            "title": title,
        }
        return fill(template, names)


def framed(plan: Plan, title: str, items: Iterable[Flow]) -> Document:
    """The document of one form: its title, then the items."""
    page, kind = plan.form.page, plan.form.type
    own = {
        "title": Style(kind.head, kind.title, 1.45, True),
        "note": Style(kind.body, 9.5, 1.5),
        "chart": Style(kind.head, 9, 1.2),
    }
    head = Para((Run(title),), "title", "center", role="heading", after=2.6, keep=True)
    return Document(
        title=title,
        name=title,
        items=(head, *items),
        styles={**styles(kind), **own},
        margins=(page.left, page.right, page.top, page.bottom),
        running_head=plan.filled(plan.form.running_head, title),
        running_date=plan.filled(plan.form.running_date, title),
    )


def heading(label: str, caption: str) -> Para:
    """`□` and the label, the unit at the right."""
    return Para(
        (Run(label),), "heading", mark="□", text_x=1.15, right=caption, role="heading",
        before=5.2, after=2.0, keep=True,
    )  # fmt: skip


def notes(plan: Plan, texts: Iterable[str]) -> list[Flow]:
    """Lines under a table."""
    return [
        Para((Run(plan.filled(text)),), "note", role="note", before=0 if at else 0.8)
        for at, text in enumerate(texts)
    ]


def status_label(plan: Plan, key: str, *, short: bool = False) -> str:
    """Label of a status: the catalogue's; as head of a column as the form breaks it."""
    if not key:
        return plan.form.unsorted
    label = next(option.label for option in catalogue()["status"].options if option.key == key)
    return plan.form.status.get(key, label) if short else label


def head(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    """A shaded head."""
    lines = tuple(plain(part, "head", role="head") for part in text.split("\n"))
    return Cell(lines, colspan, rowspan, "head", "center", fill=HEAD, pad=(0.3, 0.6))


def place_of(name: str) -> Place:
    """The place of a cell of a summary: table, row, column and what of it, parted by bars."""
    table, row, column, what, *_ = (*name.split("|"), "", "", "")
    return Place(table, row, column, column=what)


def label(text: str, *, bold: bool = False, fill: str = "", name: str = "") -> Cell:
    """The label of a row."""
    content = (plain(text, "total" if bold else "row", role="label"),)
    return Cell(
        content,
        1,
        1,
        "label",
        "center",
        fill=fill,
        pad=(0.8, 0.6),
        repeat=True,
        place=place_of(name) if name else None,
    )


def figure(
    plan: Plan, found: Figure | Decimal | int | None, name: str, formula: str = "",
    *, pad: float = 1.8, align: str = "right", fill: str = "", zero: bool = False, text: str = "",
) -> Cell:  # fmt: skip
    """A figure; what there is not prints as a dash, and a zero, too, where `zero` says so. `text` prints in its place."""
    shown = found if isinstance(found, Figure) else Figure() if found is None else value(found)
    dashed = shown.state in ("blank", "dash") or (zero and shown.value == 0)
    text = text or (plan.form.none if dashed else shown.printed())
    return Cell(
        (plain(text, "figure", align, whole=True),), role="figure", align=align, fill=fill, pad=(pad, 0.6), place=place_of(name),
        figure=shown, decimals=places(shown), zero=plan.form.none if zero else "",
        formula=_formula(formula) if formula and shown.value is not None else None,
    )  # fmt: skip


_NAME = re.compile(r"\{([^{}]+)\}")


def _formula(text: str) -> Formula:
    """A formula whose names in braces are those of cells."""
    return Formula(_NAME.sub("{}", text), tuple(place_of(name) for name in _NAME.findall(text)))


def inset(texts: Iterable[str], width: float) -> float:
    """Padding that puts the widest figure in the middle of its column, so that all stand under the head."""
    widest = max((sum(DIGIT if c.isdigit() else POINT for c in text) for text in texts), default=DIGIT)
    return max(0.6, (width - widest * EM) / 2)


def summed(names: Iterable[str]) -> str:
    """Formula of a sum over cells; "" for more than a function takes."""
    held = list(names)
    return f"SUM({','.join('{' + name + '}' for name in held)})" if 0 < len(held) <= MOST_TERMS else ""


def run(function: str, first: str, last: str) -> str:
    """Formula over the cells of a column from the first to the last."""
    return f"{function}({{{first}}}:{{{last}}})"


def shaded(*, total: bool) -> str:
    """Fill of a row or column of totals."""
    return TOTAL if total else ""
