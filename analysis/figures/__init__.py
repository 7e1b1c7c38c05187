"""Figures: each takes a table and gives a Matplotlib figure; none draws on a shared canvas."""
