"""Runs: what is to be run, who runs it, where it is kept, and what another person needs to make it again."""
