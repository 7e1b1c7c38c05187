"""Figures of a surface."""
