"""Figures about stylised facts."""
