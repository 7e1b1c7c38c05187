"""Parameters of a knowledge space that was measured in a real region, in place of a generated one."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from model.spec.kinds import Share
from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter

MOST_DOMAINS = 256
Home = Annotated[int, Field(strict=True, ge=0, le=256)]
Employment = Annotated[float, Field(strict=True, ge=0, le=1e9)]
UnitSize = Annotated[float, Field(strict=True, ge=1, le=1e6)]


class MeasuredSpec(Section):
    """What was measured in a real region; all of it or nothing, and with nothing the space is generated."""

    homes: tuple[Home, ...] = parameter(
        (),
        "Number of the sector of each domain, from 1 on; 0 for a cross-cutting one.",
        max_length=MOST_DOMAINS,
    )
    relatedness: tuple[Share, ...] = parameter(
        (),
        "Relatedness below the diagonal, row by row: of domains 2 and 1, 3 and 1, 3 and 2, and so on.",
        source="Hidalgo et al. 2007",
        max_length=MOST_DOMAINS * (MOST_DOMAINS - 1) // 2,
    )
    sharpness: float = parameter(
        1.0,
        "Power to which relatedness is raised; above 1 it sets the closely related apart from the rest.",
        source="Zhang & Horvath 2005",
        gt=0,
        le=10,
    )
    complexity: tuple[Share, ...] = parameter(
        (), "Complexity of each domain.", source="Hidalgo & Hausmann 2009", max_length=MOST_DOMAINS
    )
    employment: tuple[Employment, ...] = parameter(
        (),
        "Persons employed in each domain; a domain without any is latent.",
        unit="employees",
        max_length=MOST_DOMAINS,
    )
    unit_size: tuple[UnitSize, ...] = parameter(
        (), "Mean size of a firm of each domain.", unit="employees", max_length=MOST_DOMAINS
    )

    @property
    def given(self) -> bool:
        """Whether the space was measured."""
        return bool(self.homes)

    @property
    def active(self) -> int:
        """Number of domains in which somebody is employed."""
        return sum(persons > 0 for persons in self.employment)

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        domains = len(self.homes)
        wanted = {
            "relatedness": domains * (domains - 1) // 2,
            "complexity": domains,
            "employment": domains,
            "unit_size": domains,
        }
        problems = [
            Problem(
                (key,),
                f"must have {number} entries, as there are {domains} domains (entries of homes); "
                f"it has {len(getattr(self, key))}",
            )
            for key, number in wanted.items()
            if len(getattr(self, key)) != number
        ]
        if domains and self.employment and not any(self.employment):
            problems.append(Problem(("employment",), "must be above 0 in at least one domain"))
        refuse(problems)
        return self

    def disagreements(self, domains: int, sectors: int, cross_cutting: int) -> list[Problem]:
        """Find what does not fit the numbers of domains and sectors of the knowledge space.

        Parameters
        ----------
        domains, sectors, cross_cutting
            Numbers that the knowledge space says.

        Returns
        -------
        list[Problem]
            Problems, with keys from the knowledge space.
        """
        if not self.given:
            return []
        problems = []
        counted = {
            "domains": (domains, len(self.homes)),
            "cross_cutting_domains": (cross_cutting, self.homes.count(0)),
        }
        for key, (said, found) in counted.items():
            if said != found:
                problems.append(Problem((key,), f"must be {found}, as many as measured.homes has", said))
        for index, home in enumerate(self.homes):
            if home > sectors:
                rule = f"must be at most {sectors}, the number of sectors"
                problems.append(Problem(("measured", "homes", index), rule, home))
        empty = sorted(set(range(1, sectors + 1)) - set(self.homes))
        if empty:
            rule = f"must name every sector; none of the domains is in sector {empty[0]}"
            problems.append(Problem(("measured", "homes"), rule))
        return problems
