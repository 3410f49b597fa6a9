"""How well the column heads of sheets fit those that a form prints in one term at one as-of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from govtracker.forms.columns import Setting, expand
from govtracker.forms.schema import Form
from govtracker.importer.package.workbook import Sheet
from govtracker.importer.structure.labels import fold, head_labels
from govtracker.model.dates import Term


def quarter_ends(term: Term) -> list[date]:
    """Last days of the quarters that end within a term."""
    days = (date(year, *end) for year in term.years for end in ((3, 31), (6, 30), (9, 30), (12, 31)))
    return [day for day in days if term.start <= day <= term.end]


def short_texts(sheet: Sheet) -> Counter[str]:
    """Folded texts of a sheet that are short enough for the head of a column."""
    return Counter(fold(cell.text) for cell in sheet.cells if cell.text and len(cell.text) < 30)


def head_score(texts: Iterable[Counter[str]], form: Form, setting: Setting) -> int:
    """How many of the column labels that depend on time stand in the sheets, given by their `short_texts`."""
    labels = list(_timed_labels(form, setting))
    return sum(_matches(labels, Counter(own)) for own in texts)


def _timed_labels(form: Form, setting: Setting) -> Iterator[frozenset[str]]:
    """Spellings of each level of the head of every column that depends on time."""
    for block in form.block:
        if block.column:
            for leaf in expand(block, form.section_def(block.section), form, setting):
                if leaf.span is not None:
                    yield from (head_labels(leaf, level) for level in range(len(leaf.head)))


def _matches(labels: Iterable[frozenset[str]], left: Counter[str]) -> int:
    """How many labels can each be given a text of their own; the texts given are taken from `left`."""
    count = 0
    for spellings in labels:
        text = next((spelling for spelling in spellings if left[spelling] > 0), None)
        if text is not None:
            left[text] -= 1
            count += 1
    return count
