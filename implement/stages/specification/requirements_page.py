"""Requirements in sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence

from implement.stages.specification.service.chain import ChainedRequirement
from implement.stages.specification.service.requirements import PRIORITIES
from implement.web.texts import _, _n

PRIORITY_TONES = {"must": "bad", "should": "watch", "could": "neutral", "wont": "neutral"}
LABELS = PRIORITIES


def name_requirement(number: int) -> str:
    """How people call a requirement."""
    return f"R{number}"


def say_requirements(counts: Mapping[str, int]) -> str:
    """How many there are, and how many of them are musts."""
    count = sum(counts.values())
    if not count:
        return _("No requirement is written down yet.")
    musts = counts.get("must", 0)
    return _n(
        "One requirement is written down; must haves: %(musts)s.",
        "%(num)d requirements are written down; must haves: %(musts)s.",
        count,
        musts=musts,
    )


def say_chained(requirements: Sequence[ChainedRequirement]) -> str:
    """The same of requirements that are listed."""
    return say_requirements(Counter(one.priority for one in requirements))
