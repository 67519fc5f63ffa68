"""The cost of every offer over three years as ranges, where two offers cross, and the business case of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.cost import (
    Case,
    Crossing,
    PartCost,
    Range,
    SimulationSettings,
    Spread,
    combine,
    find_crossing,
    make_case,
    multiply,
    price_parts,
    simulate,
    sum_by_year,
)
from implement.stages.specification.service.cost.figures import (
    Figure,
    OfferSaid,
    list_offers,
    read_firm_figures,
    read_model,
    read_offer_figures,
    to_range,
)
from implement.stages.specification.service.cost.savings import list_savings, to_engine


@dataclass(frozen=True)
class Standstill:
    """What an hour of standstill likely costs, and what faster service costs a year (M91)."""

    hour_minor: Fraction
    service_minor: Fraction

    @property
    def worth_from_hours(self) -> Fraction:
        """The price of faster service a year in hours of standstill."""
        return self.service_minor / self.hour_minor


@dataclass(frozen=True)
class PricedOffer:
    """An offer with its parts, years and ranges; `outermost` if everything turned out at its low or high at once."""

    id: int
    said: OfferSaid
    parts: tuple[PartCost, ...]
    years: tuple[Range, ...]
    outermost: Range
    spread: Spread
    middle_by_month: tuple[int, ...]
    case: Case | None
    standstill: "Standstill | None"

    @property
    def name(self) -> str:
        """What the offer is called."""
        return self.said.name

    @property
    def open_parts(self) -> tuple[PartCost, ...]:
        """The parts whose figures nobody has given: they cost more than nothing."""
        return tuple(one for one in self.parts if one.total is None)

    @property
    def known_parts(self) -> tuple[PartCost, ...]:
        """The parts that are known and cost something."""
        return tuple(one for one in self.parts if one.total is not None and one.total.high)


@dataclass(frozen=True)
class Pricing:
    """Every offer, the cheapest first, and where the one that begins cheaper becomes dearer."""

    offers: tuple[PricedOffer, ...]
    crossings: tuple[tuple[PricedOffer, PricedOffer, Crossing], ...]
    months: int

    def of_system(self, system_key: str) -> list[PricedOffer]:
        """The offers of a system of the catalogue, the cheapest first."""
        return [one for one in self.offers if one.said.system_key == system_key]


def price_offers(rollout_id: int, settings: SimulationSettings | None = None) -> Pricing:
    """Price every offer that stands, in four queries."""
    how = settings or SimulationSettings()
    firm, own = read_firm_figures(rollout_id), read_offer_figures(rollout_id)
    savings = [to_engine(row) for row in list_savings(rollout_id)]
    offers = []
    for offer_id, said in list_offers(rollout_id):
        figures = _to_ranges({**firm, **own.get(offer_id, {})})
        parts, trial = price_parts(read_model(), figures, how.months), simulate(read_model(), figures, how)
        offers.append(PricedOffer(
            offer_id, said, tuple(parts), tuple(sum_by_year(parts, how.months)),
            combine(one.total for one in parts if one.total is not None), trial.spread, trial.middle_by_month,
            make_case(trial, savings, how) if savings else None, _read_standstill(figures),
        ))  # fmt: skip
    offers.sort(key=lambda one: (one.spread.middle_minor, one.id))
    return Pricing(tuple(offers), tuple(_cross(offers)), how.months)


def _read_standstill(figures: Mapping[str, Range]) -> Standstill | None:
    """Nothing can be said before all four figures are known and an hour costs something."""
    factors = ("people", "standing_share", "hour_cost")
    if not {"fast_service_fee", *factors} <= figures.keys():
        return None
    hour = multiply(figures[name] for name in factors).likely
    return Standstill(hour, figures["fast_service_fee"].likely) if hour else None


def _to_ranges(figures: dict[str, Figure]) -> dict[str, Range]:
    known = read_model().by_id
    return {key: to_range(known[key], figure) for key, figure in figures.items() if key in known}


def _cross(offers: list[PricedOffer]) -> list[tuple[PricedOffer, PricedOffer, Crossing]]:
    found = []
    for one in offers:
        for other in offers:
            crossing = find_crossing(one.middle_by_month, other.middle_by_month) if one is not other else None
            if crossing is not None:
                found.append((one, other, crossing))
    return found
