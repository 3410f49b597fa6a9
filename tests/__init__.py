"""Tests of GovTracker."""
