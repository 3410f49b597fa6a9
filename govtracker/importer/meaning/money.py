"""Reading money tables: sources by label, columns by head, pairs such as `607 (334)`; totals are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govtracker.arithmetic.budget import ITEM, money_place, source_labels
from govtracker.forms.columns import Leaf, expand
from govtracker.forms.loader import vocabulary
from govtracker.forms.measures import measures
from govtracker.forms.schema import Block, SectionDef
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.meaning.tables import Head, find_head, is_repeated, repeated_rows
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import Region
from govtracker.importer.structure.units import Caption, amount, caption, caption_behind, in_unit
from govtracker.model.card import Amount, Budget, BudgetItem
from govtracker.model.content import one_line
from govtracker.model.figure import Figure
from govtracker.model.place import Place


def money(partial: PartialCard, block: Block, region: Region) -> None:
    """Amounts of a table in won; blank cells have none, a dash is kept, text that is no figure stays text."""
    section = partial.form.section_def(block.section)
    leaves = tuple(
        leaf for leaf in expand(block, section, partial.form, partial.setting) if not leaf.column.hidden
    )
    unit = _unit(partial, block, section, region)
    head = find_head(partial.page, region.top, region.bottom, leaves)
    if head is None:
        return
    claim_head(partial, head)
    if unit is None:
        return
    reader = Reader(partial, block, section, head, unit)
    row = head.bottom + 1
    while row <= region.bottom:
        if is_repeated(partial.page, row, head):
            row = claim_repeated(partial, row, head)
        else:
            reader.row(row)
            row += 1
    reader.finish()
    notes(partial, block, region)


def claim_head(partial: PartialCard, head: Head) -> None:
    """Head cells are labels; columns that fit no column of the form are noted."""
    for row in range(head.top, head.bottom + 1):
        claim_row(partial, row, head, "표 머리")
    for column, leaves in head.columns:
        if not leaves:
            cell = partial.page.covering(head.bottom, column.left)
            partial.note(cell.place if cell else "", f"서식에 없는 칸입니다: {' > '.join(column.path)}")


def claim_row(partial: PartialCard, row: int, head: Head, why: str) -> None:
    for cell in partial.page.texts(row, head.left, head.right):
        partial.page.claims.ignore(cell, why)


def claim_repeated(partial: PartialCard, row: int, head: Head) -> int:
    """Labels of a head that stands again; the row behind it."""
    end = row + repeated_rows(partial.page, row, head)
    for at in range(row, end):
        claim_row(partial, at, head, "되풀이된 표 머리")
    return end


def notes(partial: PartialCard, block: Block, region: Region) -> None:
    """The block's own note under its table is no data."""
    if block.note:
        for row in range(region.top, region.bottom + 1):
            for cell in partial.page.free_texts(row):
                if fold(cell.text) == fold(block.note):
                    partial.page.claims.ignore(cell, "표의 주")


def _unit(partial: PartialCard, block: Block, section: SectionDef, region: Region) -> int | None:
    """Won per unit of the figures: as the sheet's caption says, the form's unit where there is no caption.

    None where a caption can't be understood, or where two of them disagree: then no amount is taken.
    """
    found = list(_captions(partial, region))
    for cell, _ in found:
        if caption(cell.text) is not None:
            partial.page.claims.ignore(cell, "단위")
    units = {each.won for _, each in found if each.won is not None}
    if found and not units:
        cell, unknown = found[0]
        words = ", ".join(unknown.words)
        partial.page.claims.leave(cell, f"금액의 단위를 알 수 없습니다: {words}")
        partial.note(cell.place, f"금액의 단위를 알 수 없어 이 표의 금액을 담지 않았습니다: {words}")
        return None
    if len(units) > 1:
        cell = found[-1][0]
        partial.page.claims.leave(cell, "표의 단위가 두 가지입니다")
        partial.note(cell.place, "한 표에 단위가 두 가지라 이 표의 금액을 담지 않았습니다.")
        return None
    if not units:
        if block.caption:
            place = f"{region.heading[-1].place}" if region.heading else ""
            partial.note(
                place, f"{section.label}: 단위 표시가 없어 서식의 단위({section.unit_label})로 보았습니다."
            )
        return section.unit
    (won,) = units
    if won != section.unit:
        cell, each = next((cell, each) for cell, each in found if each.won == won)
        words = ", ".join(each.words)
        partial.note(cell.place, f"단위가 서식({section.unit_label})과 달라 바꾸어 담았습니다: {words}")
    return won


def _captions(partial: PartialCard, region: Region) -> Iterator[tuple[SheetCell, Caption]]:
    """Captions of a table: cells that are nothing else, and those behind its heading."""
    for cell in region.heading:
        behind = caption_behind(cell.text)
        if behind is not None:
            yield cell, behind
    for row in range(region.top - 1, region.bottom + 1):
        for cell in partial.page.texts(row):
            own = caption(cell.text)
            if own is not None and cell not in region.heading:
                yield cell, own


class Reader:
    """Rows of one money table, into the budget that the partial already has."""

    def __init__(
        self, partial: PartialCard, block: Block, section: SectionDef, head: Head, unit: int
    ) -> None:
        self.partial, self.block, self.section, self.head, self.unit = partial, block, section, head, unit
        budget = partial.sections.get(section.key) or Budget(
            unit=section.unit, items=() if section.items else (BudgetItem(),)
        )
        self.items = list(budget.items)
        self.amounts = {(a.item, a.source, a.span, a.measure): a for a in budget.amounts}
        self.sources = _sources(section, block)
        self.item = -1 if section.items else 0
        self.above = (0, "")
        self.labels = [pair for pair in head.columns if pair[1] and pair[1][0].column.field]
        self.figures = [
            (column, found[0]) for column, found in head.columns if found and not found[0].column.field
        ]
        lower = {measure for _, leaf in self.figures for measure in leaf.measures[1:]}
        self.lower = tuple(measures()[measure].under[0] for measure in lower)

    def row(self, row: int) -> None:
        """One row: a source's amounts, or the total."""
        texts = self._label_cells(row)
        words = [fold(cell.text) for cell in texts]
        if not words:
            self._beneath(row)
            return
        at = -1 if self.block.item_totals else 0
        total = self.block.total and words[at] in {fold(self.block.total), *vocabulary("words")["total"]}
        source = next((self.sources[word] for word in reversed(words) if word in self.sources), "")
        if not total and not source:
            return
        if self.section.items and (not total or self.block.item_totals):
            self._begin_item(texts)
        for cell in texts:
            self.partial.page.claims.ignore(cell, "재원 이름" if not total else "합계 이름")
        second = self.block.stack and texts[-1].row < row
        self.above = (row, "" if total else source)
        for column, leaf in self.figures:
            found = self.partial.page.covering(row, column.left)
            if found and found.row == row and (found.text or found.fault):
                self._figure(found, leaf, "" if total else source, second=second)

    def _beneath(self, row: int) -> None:
        """The second figures of pairs in a row without a label, in brackets under the first ones."""
        found = [(self.partial.page.covering(row, column.left), leaf) for column, leaf in self.figures]
        cells = [(cell, leaf) for cell, leaf in found if cell and cell.row == row and cell.text]
        if not self.block.stack or self.above[0] != row - 1 or not cells:
            return
        if all(cell.text.strip().startswith(self.lower) for cell, _ in cells):
            for cell, leaf in cells:
                self._figure(cell, leaf, self.above[1], second=True)

    def _label_cells(self, row: int) -> list[SheetCell]:
        made: list[SheetCell] = []
        for column, _ in self.labels:
            for at in range(column.left, column.right + 1):
                cell = self.partial.page.covering(row, at)
                if cell and cell.text and cell not in made:
                    made.append(cell)
        return made

    def _begin_item(self, texts: list[SheetCell]) -> None:
        known = {*self.sources, fold(self.block.total), *vocabulary("words")["total"]}
        names = [cell for cell in texts if fold(cell.text) not in known]
        if names and self.partial.page.claims.free(names[0]):
            self.items.append(BudgetItem(one_line(names[0].text)))
            self.partial.page.claims.take(names[0], "세부사업")
            self.partial.came(Place(self.section.key, self.items[-1].id, ITEM), names[0])
        self.item = max(0, len(self.items) - 1)
        if not self.items:
            self.items.append(BudgetItem())

    def _figure(self, cell: SheetCell, leaf: Leaf, source: str, *, second: bool = False) -> None:
        """A cell's figures; `second` = the lower row of a pair, which holds the second measure."""
        claims, label = self.partial.page.claims, self.section.label
        keys = leaf.measures[1:] if second else leaf.measures
        text = cell.figure
        if second:
            if not keys:
                return
            text = _without_brackets(text, keys[0])
        if leaf.column.sum or not source:
            claims.take(cell, f"{label}: 계산하는 값")
            for measure, part in zip(keys or ("",), _parts(text, keys), strict=False):
                printed = in_unit(part, self.unit, self.section.unit)
                self.partial.compute(cell, printed, self._place(source, leaf, measure))
            return
        if leaf.span is None:
            return
        for measure, part in zip(keys, _parts(text, keys), strict=False):
            figure = self._won(cell, part)
            if figure:
                key = (self.item, source, leaf.span, measure)
                old = self.amounts.get(key)
                if old and old.figure != figure:
                    self.partial.note(cell.place, f"같은 금액이 두 번 나오는데 값이 다릅니다: {part}")
                self.amounts[key] = Amount(self.item, source, leaf.span, measure, figure)
                self.partial.came(self._place(source, leaf, measure), cell)
        claims.take(cell, f"{label}: {' '.join(leaf.head)}")

    def _place(self, source: str, leaf: Leaf, measure: str) -> Place:
        """Where the form computes a figure of the table: in the row of a source of the item, of the item, or of all."""
        item = self.items[self.item].id if 0 <= self.item < len(self.items) else ""
        of_all = not source and not self.block.item_totals
        return money_place(self.section.key, "" if of_all else item, source, leaf, measure)

    def _won(self, cell: SheetCell, text: str) -> Figure:
        won = amount(figure_text(text), self.unit)
        if won.state == "text":
            self.partial.note(cell.place, f"숫자로 읽을 수 없어 글자로 담았습니다: {text}")
            return won
        if won.value is not None and won.value != won.value.to_integral():
            self.partial.note(cell.place, f"원 단위 아래의 금액이라 글자로 담았습니다: {text}")
            return Figure("text", None, text)
        return won

    def finish(self) -> None:
        """The gathered budget into the partial."""
        self.partial.put(
            self.section.key, Budget(self.section.unit, tuple(self.items), tuple(self.amounts.values()))
        )


def _sources(section: SectionDef, block: Block) -> dict[str, str]:
    """Source key by every folded spelling: the form's, the catalogue's, its aliases."""
    known = vocabulary("source")
    made: dict[str, str] = {}
    for key in section.sources:
        for word in (source_labels(block)[key], known[key]["label"], *known[key].get("aliases", ())):
            made.setdefault(fold(word), key)
    return made


def _without_brackets(text: str, measure: str) -> str:
    """A figure without what stands around it under another."""
    before, behind = measures()[measure].under
    inside = re.fullmatch(f"{re.escape(before)}(.*){re.escape(behind)}", text.strip())
    return inside[1] if inside else text.strip()


def _parts(text: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """`607 (334)` as the figures of two measures, a lone figure as one."""
    match = _pair(keys[1]).fullmatch(text.strip()) if len(keys) > 1 else None
    return (match["first"].strip(), match["second"].strip()) if match else (text,)


@cache
def _pair(measure: str) -> re.Pattern[str]:
    """Two figures, the second one of a measure, with what stands around it."""
    before, behind = (re.escape(part) for part in measures()[measure].under)
    outside = rf"(?:(?!{before}|{behind}).)*"
    return re.compile(rf"(?P<first>{outside}?)\s*{before}(?P<second>{outside}){behind}\s*", re.DOTALL)
