"""A form and a card that hold one of every hard block."""
