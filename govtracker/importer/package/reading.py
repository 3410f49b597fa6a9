"""Reading a file into neutral sheets, by what it is. Runs in a child process only (see `child`)."""

from __future__ import annotations

import contextlib
from pathlib import Path

from govtracker.importer.package.kinds import Kind, kind_of
from govtracker.importer.package.workbook import Workbook


def read(path: Path) -> Workbook:
    """Sheets with every non-empty cell, every bordered or filled one, and all that stands beside them."""
    kind = kind_of(path)
    if kind in (Kind.XLSX, Kind.STRICT):
        from govtracker.importer.package import values, xlsx

        try:
            return xlsx.read(path, strict=kind is Kind.STRICT)
        except Exception as error:
            with contextlib.suppress(Exception):
                return xlsx.read(path, strict=kind is Kind.STRICT, plain=True)
            return values.read_instead(path, error)
    from govtracker.importer.package import old_excel, open_document, tables, values

    readers = {
        Kind.XLS: old_excel.read,
        Kind.ODS: open_document.read,
        Kind.XLSB: values.read,
        Kind.CSV: tables.read_csv,
        Kind.HTML: tables.read_html,
        Kind.XML: tables.read_xml,
    }
    if kind is None:
        raise ValueError("no reader for this kind of file")
    return readers[kind](path)
