"""Spreadsheet -> proposed cards, with a ledger of every cell.

Stages: preflight (is it a workbook at all), reading in a child process, segmenting the sheets by the form's
headings, recognising each block by labels and structure, a plan with its ledger. Committing is the caller's.
"""
