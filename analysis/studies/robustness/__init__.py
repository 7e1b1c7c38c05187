"""Robustness: which regime does well whatever future comes.

`design` judges regimes over the points of a sweep, `findings` are what follows, `words` and `figures` show it.
"""
