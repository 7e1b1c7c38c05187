"""Phrases that recur in tables and sentences: said in one way, here."""

from __future__ import annotations

LOWER, UPPER = "lower bound", "upper bound"
"""Headings of the bounds of an interval."""
WITH_BOUNDS = "with the bounds of the 95% interval"
ADJUSTED = "p, adjusted"
"""Heading of probabilities that account for the number of tests."""
NO_CLEAR_EFFECT = "no clear effect"
EXCLUDES_ZERO = "excludes zero"
DIRECT_EFFECT = "direct effect"
"""What is left of a lead with all channels held still."""
CAUTION = "Caution"
"""What stands before something to keep in mind."""
WHEN_IT_CHANGES = "When the answer changes"
ON_AVERAGE = "average"
"""Heading of what regimes are ranked by: the average over the whole time."""
ONE_REGION = ("one region from", "to")
"""Headings of the range of a single region, which is wider than that of a mean over regions."""
EXPERT_EQUIVALENTS = "expert equivalents"
"""Unit of knowledge weighted by employment, see `analysis.words.glossary`."""
EXPLAINED_UNIT = (
    "One expert equivalent is one employee who knows in one field all that the best in the world know, or two who know "
    "half of it."
)

MENDED = (
    "told from zero", "all held still", "ends of the 95%", "ends of its 95%",
    "ends of their 95%", "frontier units x employees", "frontier units × employees", "none leads nowhere",
    "aving no policy leads nowhere", "p (Holm)", "are told as such", "hen the answer turns", "hen the order turns",
    "Mind.", "eaves zero out", "irst on average is", "t least and at most",
)  # fmt: skip
"""What used to be said; a test looks for it in all that a user may read."""
