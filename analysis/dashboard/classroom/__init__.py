"""Rooms in which a class takes part: phones guess, hold regions of their own, and a trainer steers."""
