"""Whether a bonus lifted the weakest quarter (M33): before and after its rule, against everybody else.

Whoever is picked for a weak month mostly rises the month after by itself. So the weakest quarter is picked by an
earlier period than the one that counts as before; what chance alone held down by then has come back already. Their
change beyond that of the others is the effect, with its interval. Below five people a side there is no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from implement.engine.pilot_effect import Levels, PilotEffect, compare_with_others

EVERYBODY = ""


@dataclass(frozen=True)
class ThreeLevels:
    """A person's level, 0 to 1, in three periods: by `earlier` the weakest are picked, the other two are compared."""

    earlier: float
    before: float
    after: float


@dataclass(frozen=True)
class BonusSettings:
    """Which share of people counts as the weakest."""

    weakest: float = 0.25


DEFAULT_BONUS = BonusSettings()


def measure_bonus_effect(people: Sequence[ThreeLevels], settings: BonusSettings = DEFAULT_BONUS) -> PilotEffect:
    """The change of the weakest quarter beyond that of the others; people are compared, for a quarter is no team.

    Whoever stood exactly as low as the last of the quarter belongs to it, so that nothing hangs on the order.
    """
    count = int(len(people) * settings.weakest)
    if not count:
        return PilotEffect(0, len(people), lacks="people")
    bound = sorted(one.earlier for one in people)[count - 1]
    weakest = [_levels(one) for one in people if one.earlier <= bound]
    others = [_levels(one) for one in people if one.earlier > bound]
    found = compare_with_others(weakest, others)
    if found.low is None or found.high is None:
        return found
    return replace(found, low=max(found.low, -1.0), high=min(found.high, 1.0))


def _levels(one: ThreeLevels) -> Levels:
    return Levels(EVERYBODY, one.before, one.after)
