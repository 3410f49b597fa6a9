"""The parts of an .xlsx package: which XML part is which sheet, and what hangs on it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*?(?:/>|>(.*?)</c>)', re.S)
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')


def xml_part(archive: zipfile.ZipFile, name: str, names: set[str]) -> Element | None:
    from defusedxml.ElementTree import ParseError, fromstring

    if name not in names:
        return None
    try:
        root: Element = fromstring(archive.read(name))
    except ParseError:
        return None
    return root


def relations(archive: zipfile.ZipFile, part: str, names: set[str]) -> dict[str, str]:
    folder, file = posixpath.split(part)
    root = xml_part(archive, f"{folder}/_rels/{file}.rels", names)
    if root is None:
        return {}
    made = {}
    for relation in root.iter(f"{_REL}Relationship"):
        target = relation.get("Target", "")
        full = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        made[relation.get("Id", "")] = full
    return made


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(sheet name, part name) in the workbook's order; nothing where the workbook part can't be read."""
    names = set(archive.namelist())
    book = xml_part(archive, "xl/workbook.xml", names)
    if book is not None:
        targets = relations(archive, "xl/workbook.xml", names)
        for sheet in book.iter(f"{_MAIN}sheet"):
            part = targets.get(sheet.get(_ID, ""), "")
            if part in names:
                yield sheet.get("name", ""), part


def cell_facts(path: Path) -> dict[str, tuple[set[str], bool]] | None:
    """By sheet: (places of formulas, whether a value stands under a merge); None where the XML is spelled unusually."""
    found: dict[str, tuple[set[str], bool]] = {}
    with zipfile.ZipFile(path) as archive:
        for name, part in sheet_parts(archive):
            data = archive.read(part)
            if b"<c " not in data and b":c " in data:
                return None
            found[name] = _facts(data)
    return found or None


def _facts(data: bytes) -> tuple[set[str], bool]:
    covered: set[tuple[int, int]] = set()
    for left, top, right, bottom in _MERGE.findall(data):
        area = {
            (r, c) for r in range(int(top), int(bottom) + 1) for c in range(_number(left), _number(right) + 1)
        }
        covered |= area - {(int(top), _number(left))}
    formulas: set[str] = set()
    buried = False
    for letters, row, body in _CELL.findall(data):
        if b"<f" in body:
            formulas.add((letters + row).decode())
        buried = buried or ((b"<v>" in body or b"<is>" in body) and (int(row), _number(letters)) in covered)
    return formulas, buried


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
