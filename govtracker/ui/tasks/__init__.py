"""What the window does with files, a printer and new pledges."""
