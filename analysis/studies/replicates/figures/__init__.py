"""Figures of replicates."""
