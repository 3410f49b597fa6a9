"""The workbook: a Document as a sheet."""
