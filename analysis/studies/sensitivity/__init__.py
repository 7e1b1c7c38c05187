"""Sensitivity: which factors of a sweep matter.

`design` computes indices by the method that the sweep allows, `findings` are what follows, `words` and `figures`
show it.
"""
