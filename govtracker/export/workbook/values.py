"""What a cell of the sheet shows: number with its format, formula, or text; as small values, no library yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from govtracker.export.document import Cell, Choice, Choices, Flow, Formula, Lower, Para, Tabbed, places
from govtracker.model.content import Run
from govtracker.model.figure import BLANK, parse_figure
from govtracker.model.place import Place


@dataclass(slots=True)
class CellPlan:
    """One (merged) cell of the sheet: rows and columns inclusive, 0-based; `borders` names its drawn sides.

    `place` is what it shows of the card, `table` the number of the document's item that it belongs to.

    `whole` = stays on one line, smaller where another program's font is wider.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    text: str = ""
    runs: tuple[Run, ...] = ()
    number: float | None = None
    format: str = ""
    formula: Formula | None = None
    place: Place | None = None
    table: int = 0
    style: str = "cell"
    align: str = "left"
    valign: str = "middle"
    fill: str = ""
    borders: str = ""
    indent: int = 0
    bold: bool = False
    whole: bool = False


def value_of(cell: Cell, top: int, left: int, bottom: int, right: int) -> CellPlan:
    """What a cell of one value shows: a number with its format, or text."""
    style, text = "cell", ""
    for at, item in enumerate(cell.content):
        if not at:
            style = getattr(item, "style", style)
        text += "\n" + text_of(item) if at else text_of(item)
    planned = CellPlan(
        top, left, bottom, right, text, style=style, align=cell.align, valign=cell.valign, fill=cell.fill,
        place=cell.place, borders="lrtb", indent=1 if cell.align == "left" and cell.role != "label" else 0,
    )  # fmt: skip
    figure = cell.figure
    if figure is not None and figure.value is not None:
        if len(figure.value.as_tuple().digits) <= 15:
            planned.whole = True
            planned.number, planned.format, planned.formula = (
                float(figure.value),
                _format(cell),
                cell.formula,
            )
    elif cell.role in ("no", "nested"):
        planned.number, planned.format = _plain_number(text)
        planned.whole = planned.number is not None
    return planned


def marked(para: Para) -> str:
    """A paragraph's text after its mark."""
    text = f"{para.date} : {para.text}" if para.date else para.text
    return f"{para.mark} {text}".rstrip() if para.mark else text


def rich(para: Para) -> tuple[Run, ...]:
    """Runs with the mark where the styles differ; () for a text in one style."""
    runs = para.runs
    if len(runs) < 2 or len({run.bold for run in runs}) < 2:
        return ()
    return ((Run(f"{para.mark} "),) if para.mark else ()) + runs


def is_bold(para: Para) -> bool:
    """Whether all of a paragraph is bold."""
    return bool(para.runs) and all(run.bold for run in para.runs)


def text_of(item: Flow) -> str:
    """Text of anything that a cell holds."""
    if isinstance(item, Para):
        return marked(item)
    if isinstance(item, Choices):
        return "  ".join(_choice(choice) for choice in item.options)
    if isinstance(item, Tabbed):
        return "\n".join("  ".join(text for _, text in line) for line in item.lines)
    return ""


def _format(cell: Cell) -> str:
    before, after = (f'"{words}"' if words else "" for words in cell.around)
    number = f"{before}#,##0{'.' + '0' * cell.decimals if cell.decimals else ''}{after}"
    return f'{number};-{number};"{cell.zero}"' if cell.zero else number


def halves(cell: Cell) -> tuple[Cell, Cell]:
    """A pair's cell as two: the first figure, and the second in brackets."""
    lower = cell.lower or Lower(BLANK)
    upper = replace(cell, content=cell.content[:1], lower=None)
    return upper, replace(
        upper, content=cell.content[1:], figure=lower.figure, place=lower.place,
        formula=lower.formula, decimals=places(lower.figure), around=lower.around,
    )  # fmt: skip


def _plain_number(text: str) -> tuple[float | None, str]:
    """A text that is a number is one in the sheet, too, if its format prints the very text again."""
    if not text or text[-1] not in "0123456789":
        return None, ""
    figure = parse_figure(text)
    if figure.value is None or len(figure.value.as_tuple().digits) > 15:
        return None, ""
    exponent = figure.value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    tail = "." + "0" * places if places else ""
    if text == f"{figure.value:f}":
        return float(figure.value), "0" + tail
    return (float(figure.value), "#,##0" + tail) if text == f"{figure.value:,f}" else (None, "")


def _choice(choice: Choice) -> str:
    box = "☑" if choice.ticked else "□"
    inner = "  ".join(_choice(one) for one in choice.inside)
    label = f"{box} {choice.label}".replace(" ", "\u00a0")
    return f"{label} ({inner})" if inner else label
