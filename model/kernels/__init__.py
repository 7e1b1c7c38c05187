"""Compiled functions on arrays and scalars; they import numpy, math and numba and nothing else."""
