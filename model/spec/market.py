"""Parameters of the market: revenue, cost, growth, exit and entry."""

from __future__ import annotations

from model.spec.section import Section, parameter


class MarketSpec(Section):
    """What knowledge earns."""

    knowledge_elasticity: float = parameter(
        1.5, "How steeply an offer rises with knowledge against the frontier (theta).", gt=0, le=10
    )
    world_competition: float = parameter(
        4.0, "World competitor mass, relative to the region's own mean offer at the start.", ge=0, le=1000
    )
    margin_target: float = parameter(
        0.08, "Margin at which wages stay where they are.", unit="share", ge=0, le=0.5
    )
    wage_adjustment: float = parameter(
        0.2, "Share of a deviation from the target margin that wages take up.", unit="1/quarter", ge=0, le=1
    )
    wage_pressure: float = parameter(
        0.2,
        "How far wages follow a shortage of labour; 0 lets employment drift.",
        unit="1/quarter",
        ge=0,
        le=1,
        source="Blanchflower & Oswald 1994",
    )
    labour_supply: float = parameter(
        0.5,
        "Elasticity of the number of people who want to work in the region to the wage; 0 fixes it.",
        ge=0,
        le=5,
        source="assumption; cf. Moretti 2011",
    )
    rent_sharing: float = parameter(
        0.7,
        "How far a firm's wages follow its own productivity: 0 not at all, 1 fully.",
        ge=0,
        le=1,
        source="assumption; cf. Card, Cardoso, Heining & Kline 2018",
    )
    growth_rate: float = parameter(
        0.04, "Growth of a firm whose margin is far above the target.", unit="1/quarter", ge=0, le=1
    )
    growth_volatility: float = parameter(
        0.06, "Standard deviation of log growth of a one-person firm.", unit="1/quarter", ge=0, le=1
    )
    size_reversion: float = parameter(
        0.01,
        "How fast a firm's log size returns to the mean; 0 is Gibrat's law.",
        unit="1/quarter",
        ge=0,
        le=1,
        source="Kalecki 1945",
    )
    volatility_scaling: float = parameter(
        0.15, "How fast growth volatility falls with size (beta).", ge=0, le=1, source="Stanley et al. 1996"
    )
    initial_cash: float = parameter(
        4.0, "Wage bills that a firm holds in cash at the start.", unit="quarters", ge=0, le=100
    )
    cash_limit: float = parameter(
        6.0, "Wage bills in cash above which profit is paid out.", unit="quarters", gt=0, le=100
    )
    exit_hazard: float = parameter(
        0.03,
        "Probability that a one-person firm leaves for reasons other than debt.",
        unit="1/quarter",
        ge=0,
        le=1,
        source="Dunne, Roberts & Samuelson 1989",
    )
    exit_scaling: float = parameter(
        0.3,
        "How fast that probability falls with size.",
        ge=0,
        le=5,
        source="Dunne, Roberts & Samuelson 1989",
    )


class EntrySpec(Section):
    """Who enters: spin-offs, start-ups and outliers."""

    replacement: float = parameter(
        1.0,
        "Share of firms that leave whose seat an entrant takes over in the same quarter.",
        unit="share",
        ge=0,
        le=1,
    )
    spin_offs: float = parameter(
        0.45, "Share of entrants that are spin-offs.", unit="share", ge=0, le=1, source="Klepper 2007"
    )
    spin_off_share: float = parameter(
        0.6,
        "Share of the parent's knowledge that a spin-off inherits.",
        unit="share",
        ge=0,
        le=1,
        source="Klepper 2007",
    )
    outlier_share: float = parameter(
        0.2,
        "Share of start-ups that begin in a domain outside the region's sectors.",
        unit="share",
        ge=0,
        le=1,
        source="Wältring, Mesopartner",
    )
    start_up_size: float = parameter(3.0, "Size of an entrant.", unit="employees", ge=1, le=1000)
    start_up_knowledge: float = parameter(
        0.35, "Knowledge of a start-up in its first domain, against the frontier.", unit="share", gt=0, le=1
    )
    start_up_openness: float = parameter(0.7, "Openness of start-ups and outliers.", ge=0, le=1)
