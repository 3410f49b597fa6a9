"""GovTracker: the pledge officer's desktop program. See ARCHITECTURE.md for the rooms."""

__version__ = "0.1.0"
