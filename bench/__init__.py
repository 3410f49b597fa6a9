"""How fast GovTracker is, beside peers that do the bare minimum of the same work. `python -m bench`."""
