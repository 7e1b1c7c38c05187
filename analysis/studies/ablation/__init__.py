"""Ablation: which switch between regimes does the work.

`treatments` are what is tried, `design` makes a study of them, `findings` are what follows, `words` and `figures`
show it.
"""
