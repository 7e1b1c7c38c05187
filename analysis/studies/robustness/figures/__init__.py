"""Figures of robustness."""
