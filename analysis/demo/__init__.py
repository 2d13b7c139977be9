"""Invented exports with planted effects, so that every page has something true to show."""
