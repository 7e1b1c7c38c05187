"""Sweeps: runs over many conditions, described once, stored as they are made, resumed wherever they stopped."""
