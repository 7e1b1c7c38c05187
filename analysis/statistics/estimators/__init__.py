"""Estimators of the literature, on arrays; nothing here knows the model."""
