"""What is open and may be changed: no Qt, no file."""
