"""The measures by name, in the order in which they are taken: a new one is a file here and a line below."""

from __future__ import annotations

from analysis.studies.laboratory.measures.effect import EFFECT
from analysis.studies.laboratory.measures.headroom import HEADROOM
from analysis.studies.laboratory.measures.latent import LATENT
from analysis.studies.laboratory.measures.mind import MIND
from analysis.studies.laboratory.measures.places import PLACES
from analysis.studies.laboratory.measures.seeds import SEEDS
from analysis.studies.laboratory.measures.spread import SPREAD
from analysis.studies.laboratory.measures.steadiness import STEADINESS
from analysis.studies.laboratory.measures.surface import SURFACE
from analysis.studies.laboratory.measures.value import VALUE
from analysis.studies.laboratory.protocol import Measure

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (LATENT, SEEDS, EFFECT, MIND, PLACES, SURFACE, STEADINESS, SPREAD, VALUE, HEADROOM)
}
