"""The formulas of form files: sums over columns, and arithmetic on one row or over all rows.

A sum such as `before + years.past.executed + years.current.secured` adds figures (blank and dash stay
what they are); each name is a column's key, narrowed by relation to the as-of date and by measure.
Arithmetic such as `actual / target * 100` or `sum(weight * rate) / 100` is exact (fractions), rounded
half-up once, when printed; a missing operand or a division by zero gives no value.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

RELATIONS = ("past", "current", "future")
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)


@dataclass(frozen=True, slots=True)
class Selector:
    """A name in a formula: a column's key, optionally narrowed."""

    key: str
    relation: str = ""
    measure: str = ""


@cache
def parse(text: str) -> ast.expr:
    """Expression tree of a formula; ValueError naming what is wrong."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"식을 읽을 수 없습니다: {text!r}") from error
    _check(tree, text)
    return tree


def _check(node: ast.expr, text: str) -> None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, _OPERATORS):
        _check(node.left, text)
        _check(node.right, text)
    elif isinstance(node, ast.Call) and _is_sum(node):
        _check(node.args[0], text)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return
    elif not isinstance(node, ast.Name | ast.Attribute):
        raise ValueError(f"식에 쓸 수 없는 표현입니다: {text!r}")
    else:
        selector(node)


def _is_sum(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "sum" and len(node.args) == 1


def selector(node: ast.expr) -> Selector:
    """Selector of a dotted name; ValueError for more parts than key, relation, measure."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        raise ValueError("식의 이름이 잘못되었습니다")
    relation = parts.pop(0) if parts and parts[0] in RELATIONS else ""
    if len(parts) > 1:
        raise ValueError(f"식의 이름이 잘못되었습니다: {'.'.join(parts)}")
    return Selector(node.id, relation, parts[0] if parts else "")


@cache
def names(text: str) -> tuple[Selector, ...]:
    """Every name that a formula refers to, in order."""
    return tuple(_names(parse(text)))


def _names(node: ast.expr) -> Iterator[Selector]:
    if isinstance(node, ast.BinOp):
        yield from _names(node.left)
        yield from _names(node.right)
    elif isinstance(node, ast.Call):
        yield from _names(node.args[0])
    elif isinstance(node, ast.Name | ast.Attribute):
        yield selector(node)


@cache
def summands(text: str) -> tuple[Selector, ...]:
    """The names that a sum adds; ValueError when the formula is more than a sum of names."""
    tree = parse(text)
    if any(isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Add) for node in ast.walk(tree)):
        raise ValueError(f"합계 식에는 더하기만 쓸 수 있습니다: {text!r}")
    if any(isinstance(node, ast.Constant | ast.Call) for node in ast.walk(tree)):
        raise ValueError(f"합계 식에는 칸의 이름만 쓸 수 있습니다: {text!r}")
    return tuple(_names(tree))


Row = Callable[[str], Fraction | None]


def evaluate(text: str, row: Row, rows: tuple[Row, ...] = ()) -> Fraction | None:
    """Value of an arithmetic formula: names from `row`, `sum(...)` over `rows` (rows without a value skipped)."""
    return _value(parse(text), row, rows)


def _value(node: ast.expr, row: Row, rows: tuple[Row, ...]) -> Fraction | None:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    if isinstance(node, ast.Call):
        found = [value for each in rows if (value := _value(node.args[0], each, ())) is not None]
        return sum(found, Fraction(0)) if found else None
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, row, rows), _value(node.right, row, rows)
        if left is None or right is None:
            return None
        return _apply(node.op, left, right)
    return row(selector(node).key)


def _apply(operator: ast.operator, left: Fraction, right: Fraction) -> Fraction | None:
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Sub):
        return left - right
    if isinstance(operator, ast.Mult):
        return left * right
    return left / right if right else None


def round_half_up(number: Fraction, decimals: int) -> Decimal:
    """Decimal with exactly `decimals` places; halves go away from zero, as Korean offices round."""
    shift = 10**decimals
    scaled = abs(number) * shift
    whole = int(scaled + Fraction(1, 2))
    return Decimal(whole if number >= 0 else -whole).scaleb(-decimals)
