"""The dashboard: regimes side by side on one region, answering at once."""
