"""Replicates: how many seeds are enough.

`design` follows intervals as seeds are added, `findings` are what follows, `words` and `figures` show it.
"""
