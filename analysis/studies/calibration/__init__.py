"""Calibration: what a unit of each instrument must cost, so that none is given an advantage."""
