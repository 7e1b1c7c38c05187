"""Discovery: under which conditions each regime leads.

`design` finds boxes of conditions and scores of factors, `findings` are what follows, `words` and `figures` show it.
"""
