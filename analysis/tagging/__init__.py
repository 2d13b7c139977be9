"""Tagging: what each turn does, then what the document shows."""
