"""The default gate criteria of `checklists/gates.yaml`, as a rollout copies them and as pages say them."""

from functools import cache
from pathlib import Path

from implement.engine.checklist.gates import GateCriterion, load_gates
from implement.jobs import Plain

GATES = Path(__file__).parents[3] / "checklists/gates.yaml"


@cache
def default_criteria() -> tuple[GateCriterion, ...]:
    """The default criteria in the order of the stages."""
    return load_gates(GATES)


def default_criterion(key: str) -> GateCriterion | None:
    """The default criterion of this key; None for one a rollout added itself."""
    return next((criterion for criterion in default_criteria() if criterion.terms.key == key), None)


def write_terms(criterion: GateCriterion) -> dict[str, Plain]:
    """The terms of a default criterion as they are kept with a rollout; the threshold as text."""
    terms = criterion.terms
    if terms.roles:
        return {"roles": list(terms.roles)}
    if not terms.measure:
        return {}
    measured: dict[str, Plain] = {"measure": terms.measure, "comparison": terms.comparison, "unit": criterion.unit}
    return measured | {"threshold": str(terms.threshold), "least_n": terms.least_n}
