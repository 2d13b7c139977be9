"""The store: Delta Lake tables in a folder; the only SQL and the only table writes."""
