"""Runs on worker processes: who is served next, what a worker does, and where finished runs are kept."""
