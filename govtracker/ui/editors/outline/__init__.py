"""The outline editor."""
