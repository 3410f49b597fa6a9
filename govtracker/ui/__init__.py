"""The window. PySide6 lives here and nowhere else; what it needs of the program it asks of a `Desk`."""
