"""How far a target was reached, and what part of the pay that is worth."""

from implement.engine.attainment.curves import Curve, CurveFault, Jump, Knot, find_curve_faults
from implement.engine.attainment.measures import measure_attainment, measure_lower_is_better
from implement.engine.attainment.variants import (
    NotWritable,
    accelerator,
    decelerator,
    linear,
    threshold_cliff,
    threshold_continuous,
    write_knots,
)

__all__ = [
    "Curve",
    "CurveFault",
    "Jump",
    "Knot",
    "NotWritable",
    "accelerator",
    "decelerator",
    "find_curve_faults",
    "linear",
    "measure_attainment",
    "measure_lower_is_better",
    "threshold_cliff",
    "threshold_continuous",
    "write_knots",
]
