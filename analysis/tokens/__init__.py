"""Korean morphemes: the only import of KoNLPy."""
