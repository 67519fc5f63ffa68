"""The cost of a rollout over years: three-point figures, parts, totals as ranges, savings, where two offers cross."""

from implement.engine.cost.comparing import Crossing, find_crossing
from implement.engine.cost.model import RHYTHMS, Factor, FactorKind, Model, Part, load_model
from implement.engine.cost.ranges import Range, UnsoundRange, combine, multiply
from implement.engine.cost.savings import Case, Saving, make_case
from implement.engine.cost.simulation import SimulationSettings, Spread, Trial, simulate
from implement.engine.cost.totals import PartCost, lay_out, missing_factors, price_parts, sum_by_year

__all__ = [
    "RHYTHMS",
    "Case",
    "Crossing",
    "Factor",
    "FactorKind",
    "Model",
    "Part",
    "PartCost",
    "Range",
    "Saving",
    "SimulationSettings",
    "Spread",
    "Trial",
    "UnsoundRange",
    "combine",
    "find_crossing",
    "lay_out",
    "load_model",
    "make_case",
    "missing_factors",
    "multiply",
    "price_parts",
    "simulate",
    "sum_by_year",
]
