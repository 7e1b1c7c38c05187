"""Figures of a measured region."""
