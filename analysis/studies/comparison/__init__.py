"""Comparison: how regimes do on the same regions and with the same luck."""
