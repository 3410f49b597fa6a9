"""The import's window: file and sheets, what was read as what, what changes."""
