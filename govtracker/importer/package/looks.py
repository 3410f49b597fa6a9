"""What the look of a text means: struck-out words, footnote marks, raised digits, letters of a symbol font."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from govtracker.importer.package.characters import clean, figure_text, unknown_signs
from govtracker.importer.package.symbols import as_unicode, is_symbol_font
from govtracker.model.content import Run
from govtracker.model.figure import parse_figure

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(frozen=True, slots=True)
class Styled:
    """A stretch of text as it stands in the file."""

    text: str
    bold: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    font: str = ""


@dataclass(slots=True)
class Seen:
    """A cell's text as it is read, its runs by boldness, what was struck out of it, and remarks on it."""

    text: str = ""
    runs: tuple[Run, ...] = ()
    struck: str = ""
    remarks: list[str] = field(default_factory=list)


def seen(pieces: Iterable[Styled]) -> Seen:
    """What the pieces of one cell say to a reader."""
    styled = [piece for piece in pieces if piece.text]
    made = Seen()
    kept = [piece for piece in styled if not piece.struck]
    if len(kept) < len(styled):
        made.struck = clean("".join(piece.text for piece in styled if piece.struck)).strip()
        if made.struck:
            made.remarks.append(f"취소선으로 지운 글이라 담지 않았습니다: {made.struck}")
    kept = _without_notes(kept, made)
    runs = [Run(_piece(piece, made), piece.bold) for piece in kept]
    made.text = clean("".join(run.text for run in runs), escaped=False).rstrip()
    unknown = unknown_signs(made.text)
    if unknown:
        made.remarks.append(
            f"뜻을 알 수 없는 글꼴 기호가 있습니다: {' '.join(f'U+{ord(c):04X}' for c in unknown)}"
        )
    if len({run.bold for run in runs}) > 1:
        made.runs = tuple(runs)
    return made


def _piece(piece: Styled, made: Seen) -> str:
    text = clean(piece.text)
    if is_symbol_font(piece.font):
        text, unknown = as_unicode(clean_symbols(piece.text), piece.font)
        if unknown:
            made.remarks.append(f"기호 글꼴({piece.font})의 알 수 없는 글자가 있습니다: {unknown}")
    elif piece.raised:
        text = text.translate(_RAISED)
    elif piece.lowered:
        text = text.translate(_LOWERED)
    return text


def clean_symbols(text: str) -> str:
    """A symbol font's text before its characters of private use are taken for Wingdings."""
    return text.replace("\r", "").replace("_x000D_", "")


def _without_notes(pieces: list[Styled], made: Seen) -> list[Styled]:
    """A number without the footnote marks that stand raised behind it (`200²` is 200 with a mark)."""
    rest = [piece for piece in pieces if not piece.raised]
    if len(rest) == len(pieces):
        return pieces
    if parse_figure(figure_text(clean("".join(piece.text for piece in rest)))).value is None:
        return pieces
    marks = "".join(piece.text for piece in pieces if piece.raised).strip()
    made.remarks.append(f"숫자 옆의 위첨자를 각주 표시로 보고 뺐습니다: {marks}")
    return rest
