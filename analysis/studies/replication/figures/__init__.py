"""Figures of a replication."""
