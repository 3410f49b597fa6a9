"""Paragraphs, check boxes and tabbed lines -> line boxes, one per line."""

from __future__ import annotations

from collections.abc import Mapping

from govtracker.export.document import HEAD, Choice, Choices, Para, Style, Tabbed
from govtracker.export.pages.items import MM, Check, DrawItem, Frame, moved
from govtracker.export.pages.line_boxes import LineBox
from govtracker.export.pages.lines import Faces, TextLine, break_lines, text_items
from govtracker.model.content import Run

UNBROKEN = 1e6
DATE, COLON = 1.55, 5.0
"""Where the date of a dated line begins, and the colon after it unless the date is longer, em."""
SPREAD = 0.42
"""Gap between the syllables of a spread label, em."""
SIDE, BOXED = 6.6, 6.6 + 2.4
"""Side of the box around a heading's number, and where the heading begins beside it, mm."""


class Paragraphs:
    """Breaks texts into lines with a document's styles; widths in points."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles
        self.faces = {name: Faces(s.family, s.size, s.bold, s.plain) for name, s in styles.items()}

    def para(self, para: Para, width: float) -> list[LineBox]:
        style, faces = self.styles[para.style], self.faces[para.style]
        size, height = style.size, style.size * style.leading
        baseline = height / 2 + 0.36 * size
        before, after = para.before * MM, para.after * MM
        if para.spread:
            items = self._spread(para, faces, width, baseline)
            return [LineBox(height, tuple(items), before, after, para.keep, place=para.place)]
        start = para.text_x * size + (BOXED * MM if para.number else 0.0)
        if para.date:
            start += self._colon(para, faces) - COLON * size
        room = max(size, width - start - self._right_width(para))
        small = 0.0
        if para.whole and not style.least:
            room = UNBROKEN
        elif para.whole and faces.width(para.text) > room + 0.01:
            small = size = max(style.least, size * room / faces.width(para.text) - 0.005)
            faces, baseline = self._smaller(para.style, size), height / 2 + 0.36 * size
        lines = break_lines(para.runs, faces, room)
        if para.balanced and len(lines) > 1:
            lines = _balanced(para, faces, room, len(lines))
        last = len(lines) - 1
        boxes = []
        for at, line in enumerate(lines):
            x = start
            if para.align == "center":
                x = start + (width - start - line.width) / 2
            elif para.align == "right":
                x = width - line.width - para.clear * size
            items = text_items(line.runs, faces, x, baseline)
            if at == 0 and (para.mark or para.number or para.date):
                items = self._lead(para, faces, height, baseline) + items
            if at == last and para.right:
                items += self._right(para, width, x + line.width, baseline)
            high = max(height, SIDE * MM) if para.number else height
            above, below = before if at == 0 else 0, after if at == last else 0
            keep = para.keep and at == last
            boxes.append(LineBox(high, tuple(items), above, below, keep, at, last + 1, (), para.place))
        if small:
            boxes[0] = boxes[0]._replace(small=((para.text, small),))
        return boxes

    def _smaller(self, style: str, size: float) -> Faces:
        """The faces of a style at a smaller size."""
        usual, key = self.faces[style], f"{style}@{size:.2f}"
        if key not in self.faces:
            self.faces[key] = Faces(usual.family, size, usual.bold, usual.plain)
        return self.faces[key]

    def _lead(self, para: Para, faces: Faces, height: float, baseline: float) -> list[DrawItem]:
        """What is printed before the text of a paragraph's first line."""
        items: list[DrawItem] = []
        if para.mark:
            items += text_items(((para.mark + " ", False),), faces, para.mark_x * faces.size, baseline)
        if para.date:
            items += text_items(((para.date + " ", False),), faces, DATE * faces.size, baseline)
            items += text_items(((": ", False),), faces, self._colon(para, faces), baseline)
        return items + self._boxed(para.number, faces, height) if para.number else items

    def _colon(self, para: Para, faces: Faces) -> float:
        """Where the colon after a date begins: at its stop, or after a longer date."""
        return max(COLON * faces.size, (DATE + 0.25) * faces.size + faces.width(para.date))

    def _spread(self, para: Para, faces: Faces, width: float, y: float) -> list[DrawItem]:
        syllables = para.text.split(" ") if " " in para.text else list(para.text)
        gap = SPREAD * faces.size
        widths = [faces.width(s) for s in syllables]
        total = sum(widths) + gap * (len(syllables) - 1)
        x = (width - total) / 2 if para.align == "center" else 0.0
        items: list[DrawItem] = []
        for at, (syllable, advance) in enumerate(zip(syllables, widths, strict=True)):
            text = syllable + (" " if at < len(syllables) - 1 and " " in para.text else "")
            items += text_items(((text, False),), faces, x, y)
            x += advance + gap
        return items

    def _boxed(self, number: str, faces: Faces, height: float) -> list[DrawItem]:
        side = SIDE * MM
        top = (height - side) / 2
        advance = faces.width(number)
        items: list[DrawItem] = [Frame(0.5, top, side, side, 0.35 * MM, HEAD)]
        return items + text_items(
            ((number + " ", False),), faces, 0.5 + (side - advance) / 2, height / 2 + 0.36 * faces.size
        )

    def _right_width(self, para: Para) -> float:
        if not para.right:
            return 0.0
        faces = self.faces["body" if para.leader else "caption"]
        return faces.width(para.right) + 1.2 * faces.size

    def _right(self, para: Para, width: float, end: float, y: float) -> list[DrawItem]:
        faces = self.faces["body" if para.leader else "caption"]
        x = width - faces.width(para.right)
        dots: list[DrawItem] = []
        if para.leader:
            step, clear = 0.45 * faces.size, 0.6 * faces.size
            for count in range(int((x - end - 2 * clear) / step), 0, -1):
                dots += text_items((("·", False),), faces, x - clear - count * step, y, "#333333")
        return dots + text_items(((para.right, False),), faces, x, y)

    # ------------------------------------------------------------ boxes, tabs, pictures

    def choices(self, item: Choices, width: float) -> list[LineBox]:
        """Boxes with labels side by side, going on in the next line where the width ends."""
        faces, style = self.faces[item.style], self.styles[item.style]
        height = style.size * style.leading
        baseline = height / 2 + 0.36 * style.size
        groups = [self._choice(choice, faces, baseline, height) for choice in item.options]
        lines: list[list[DrawItem]] = [[]]
        x = 0.0
        for items, advance in groups:
            if x and x + advance > width + 0.01:
                lines.append([])
                x = 0.0
            lines[-1] += [moved(drawn, x) for drawn in items]
            x += advance + 2.6 * MM
        return [
            LineBox(height, tuple(items), at=at, of=len(lines), place=item.place)
            for at, items in enumerate(lines)
        ]

    def _choice(self, choice: Choice, faces: Faces, y: float, height: float) -> tuple[list[DrawItem], float]:
        side = 2.7 * MM
        items: list[DrawItem] = [Check(0, (height - side) / 2, side, choice.ticked)]
        x = side + 1.0 * MM
        items += text_items(((choice.label, False),), faces, x, y)
        x += faces.width(choice.label)
        if choice.inside:
            items += text_items(((" ( ", False),), faces, x, y)
            x += faces.width(" ( ")
            for at, inner in enumerate(choice.inside):
                inner_items, advance = self._choice(inner, faces, y, height)
                x += 2.0 * MM if at else 0
                items += [moved(drawn, x) for drawn in inner_items]
                x += advance
            items += text_items(((" )", False),), faces, x, y)
            x += faces.width(" )")
        return items, x

    def tabbed(self, item: Tabbed, width: float) -> list[LineBox]:
        faces, style = self.faces[item.style], self.styles[item.style]
        height = style.size * style.leading
        baseline = height / 2 + 0.36 * style.size
        rows: list[list[DrawItem]] = []
        for line in item.lines:
            rows.append([])
            end = 0.0
            for stop, text in line:
                x = max(stop * MM, end + 2.5 * MM if end else 0.0)
                if end and x + faces.width(text) > width:
                    rows.append([])
                    x = 0.0
                for at, broken in enumerate(
                    break_lines((Run(text),), faces, max(faces.size, width - x), None)
                ):
                    if at or (x + broken.width > width + 0.5 and rows[-1]):
                        rows.append([])
                        x = x if at else 0.0
                    rows[-1] += text_items(
                        ((f"{broken.runs[0][0] if broken.runs else ''} ", False),), faces, x, baseline
                    )
                    end = x + broken.width
        return [
            LineBox(height, tuple(items), at=at, of=len(rows), place=item.place)
            for at, items in enumerate(rows)
        ]


def _balanced(para: Para, faces: Faces, room: float, count: int) -> list[TextLine]:
    """As many lines in the least room, so that they are about equally long."""
    least, most = room / count, room
    for _ in range(12):
        middle = (least + most) / 2
        if len(break_lines(para.runs, faces, middle)) > count:
            least = middle
        else:
            most = middle
    return break_lines(para.runs, faces, most)
