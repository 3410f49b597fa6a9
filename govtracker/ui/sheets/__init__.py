"""Sections as editable sheets: rows and columns of texts, edits that give a new section. No Qt here."""
