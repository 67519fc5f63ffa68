"""The level above which somebody is flagged, from the firm's own people with their signals permuted within the role."""

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.settings import ThresholdSettings

Values = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


def measure_threshold(
    z: Values, judged: Marks, roles: npt.NDArray[np.str_], settings: ThresholdSettings
) -> float | None:
    """The sum of z that hardly anybody reaches whose signals have nothing to do with each other.

    z is people by signals. Permuting each signal within the role again and again means in the end the distribution of
    the sum of independent signals, which is computed at once, so that neither chance nor order plays a part. Who is
    above it is left out and it is measured anew, lest many resisters hide each other. The fewer people it is measured
    on, the further it may be off: it is raised by `margin_of_one` over the root of their number. None with too few.
    """
    if judged.sum() < settings.least_people:
        return None
    whole, kept, threshold = z.sum(axis=1), judged, 0.0
    for _ in range(settings.rounds):
        threshold = _upper_end(z, kept, roles, settings)
        still = judged & (whole <= threshold)
        if still.sum() < settings.least_kept_share * judged.sum() or (still == kept).all():
            break
        kept = still
    return threshold + settings.margin_of_one / float(np.sqrt(judged.sum()))


def _upper_end(z: Values, kept: Marks, roles: npt.NDArray[np.str_], settings: ThresholdSettings) -> float:
    size = z.shape[1] * settings.bins + 1
    chances = np.zeros(size)
    for share, distribution in _by_role(z, kept, roles, settings):
        chances[: len(distribution)] += share * distribution
    reached = int(np.searchsorted(np.cumsum(chances), settings.quantile)) / settings.bins
    return max(settings.least_sum, reached)


def _by_role(
    z: Values, judged: Marks, roles: npt.NDArray[np.str_], settings: ThresholdSettings
) -> list[tuple[float, Values]]:
    """Each role's share of the people and the distribution of its sums; small roles are taken together."""
    names, sizes = np.unique(roles[judged], return_counts=True)
    small = set(names[sizes < settings.least_role].tolist())
    group = np.array(["" if role in small else f"={role}" for role in roles.tolist()])
    found = []
    for name in sorted(set(group[judged].tolist())):
        members = judged & (group == name)
        found.append((float(members.sum() / judged.sum()), sum_independently(z[members], settings.bins)))
    return found


def sum_independently(z: Values, bins: int) -> Values:
    """The distribution of the sum when each signal is drawn from anybody on its own, in steps of 1/bins."""
    chances = np.ones(1)
    for column in range(z.shape[1]):
        counts = np.bincount(np.rint(z[:, column] * bins).astype(np.intp), minlength=bins + 1)
        chances = np.convolve(chances, counts / len(z))
    return chances
