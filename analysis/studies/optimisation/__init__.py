"""Optimisation: which policy does best here with this money, and how far each regime is from it."""
