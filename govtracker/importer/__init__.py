"""Spreadsheet -> proposed cards, with a ledger of every cell.

Rooms, each of which knows the ones before it only: `package` (is it a workbook at all, reading in a child
process), `structure` (the regions of a sheet by the form's headings), `meaning` (each block recognised by
labels and structure), `assembly` (a plan of cards with its ledger). Committing is the caller's.
"""
