"""What is open and may be changed: one value and one function over it; no Qt, no file."""
