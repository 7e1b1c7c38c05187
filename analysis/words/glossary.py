"""What words mean: the one place that explains them, for pages and the documentation."""

from __future__ import annotations

from types import MappingProxyType

SEED = "A seed is one simulated region with its own luck, and every policy is tried on the same ones."

GLOSSARY = MappingProxyType({
    "seed": (
        "The number that luck starts from: one seed is one simulated region. Under every policy it has the same firms "
        "at the start and the same luck, so that what differs is owed to the policy. Another seed is another region of "
        "the same kind. More seeds make a comparison surer."
    ),
    "policy, regime": (
        "A way of making innovation policy. A regime decides with the whole budget for the whole time; a policy as "
        "written may have several policymakers, start late, stop early, or change its regime."
    ),
    "no policy": "The same region without any public support: what all else is compared with, unless told otherwise.",
    "by lot": (
        "The lottery twin of a regime: the same money for the same instruments, with priorities drawn by lot. What the "
        "twin gains is what money does; what the regime gains beyond it is what choosing adds."
    ),
    "knowledge at what it is worth": (
        "What employees work with, in fields that are in demand for more. It is what policies are ranked by, on "
        "average over the whole time."
    ),
    "expert equivalent": (
        "One employee who knows in one field all that the best in the world know, or two who know half of it. A "
        "region's knowledge is counted in these, as work is counted in full-time equivalents."
    ),
    "field, domain": "An area of knowledge that firms can be good at, such as machine vision; a region has some "
    "dozens.",
    "gain": "How much more a region has under a policy than under the one it is compared with, region by region.",
    "95% interval, bounds": (
        "Where the mean over very many such regions is likely to lie. If it excludes zero, chance alone hardly "
        "explains the difference. It tells of chance, not of wrong assumptions."
    ),
    "one region": "Where a single further region is likely to lie: a much wider range than that of a mean.",
    "p, adjusted": (
        "The probability of so large a difference by chance alone, raised for the number of comparisons in the table "
        "(Holm): below .05 it is called more than chance would explain."
    ),
    "clear from year": "The first year from which on the interval excludes zero and does so until the end.",
    "no clear effect": "The interval includes zero: there may be an effect, and these regions are too few to see it.",
    "direct effect": "What is left of a lead with learning, networks and ties held still: mostly the research that is "
    "paid for.",
    "priority": "A sector, cluster or field that a policymaker chooses to support.",
    "pilot": "A cheap trial in a field, from which a policymaker learns what the field may be worth.",
    "price of 1%": "Money for each percent of knowledge gained; none is given where the gain may be chance.",
    "average yearly salary": "The unit of money: what an average employee earned in a year at the start.",
})  # fmt: skip
"""Terms, and what they mean, in the order in which a reader meets them."""


def glossary_of(text: str) -> dict[str, str]:
    """Choose the terms that a text uses; a seed is always explained.

    Parameters
    ----------
    text
        Whatever is told.

    Returns
    -------
    dict of str to str
        Terms and meanings.
    """
    told = text.lower()
    return {
        term: meaning
        for term, meaning in GLOSSARY.items()
        if term == "seed" or any(part in told for part in term.split(", "))
    }
