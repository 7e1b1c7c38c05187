"""The laboratory: what the model can decide, measured on fresh seeds against aims that were set beforehand.

`measures` has one small module for each measure, which asks for runs and says what follows; `bench` makes the runs,
`design` makes a study of them, `findings`, `words` and `figures` show it.
"""
