"""The stylised facts themselves, one file a fact."""
