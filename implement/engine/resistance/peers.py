"""What peers do: medians of the others in the same role, drawn towards the firm; never the person's own figures."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.settings import PeerLevelSettings
from implement.engine.resistance.signals import Counted

Values = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
_SMALL = 1e-9


def measure_levels(counted: Counted, seen: Marks, roles: npt.NDArray[np.str_], settings: PeerLevelSettings) -> Values:
    """The level of each person's peers; NaN for a pace of somebody alone in their role.

    The fewer the peers in the role, the more the firm counts; it is drawn on the scale of ratios, so that a role of
    seldom users is not measured by busy ones.
    """
    is_pace, usable = counted.signal.is_pace, seen & (counted.n > 0)
    ratio = np.where(usable, counted.k / np.maximum(counted.n, _SMALL), np.nan)
    company = median_of_others(ratio, usable, is_pace)
    weight = settings.weight_of_company_in_paces if is_pace else settings.weight_of_company
    levels = company.copy()
    for role in sorted(set(roles.tolist())):
        members = roles == role
        peers = usable & members
        others = (peers.sum() - peers)[members].astype(np.float64)
        own = median_of_others(np.where(peers, ratio, np.nan), peers, is_pace)[members]
        own = np.where(np.isnan(own), company[members], own)
        levels[members] = _draw_together(own, company[members], others, weight, counted, settings)
    return levels if is_pace else np.clip(levels, settings.least_share, 1 - settings.least_share)


def _draw_together(
    own: Values, company: Values, others: Values, weight: float, counted: Counted, settings: PeerLevelSettings
) -> Values:
    share = others / (others + weight)
    if counted.signal.name == "steer":  # counted for heads only: the firm's level is that of the heads
        return company
    if counted.signal.is_pace:
        drawn = np.exp(share * np.log(np.maximum(own, _SMALL)) + (1 - share) * np.log(np.maximum(company, _SMALL)))
        kindest = np.minimum(own, drawn) if counted.signal.is_worse_low else np.maximum(own, drawn)
        level: Values = np.where(others == 0, np.nan, np.where(others < settings.few_peers, kindest, drawn))
        return level
    mixed: Values = share * own + (1 - share) * company
    return mixed


def median_of_others(ratio: Values, usable: Marks, by_mean: bool = False) -> Values:
    """For everybody the median of the others' ratios (the mean where it is nought and that is asked for)."""
    found = np.full(len(ratio), np.nan)
    places = np.flatnonzero(usable)
    values = ratio[places]
    found[places] = _without_each(values)
    if len(values):
        found[~usable] = np.median(values)
    if by_mean and len(values):
        count = np.where(usable, len(values) - 1, len(values))
        mean = (values.sum() - np.where(usable, np.nan_to_num(ratio), 0.0)) / np.maximum(count, 1)
        found = np.where(found == 0, mean, found)
    return found


def _without_each(values: Values) -> Values:
    """The median of all values but the one, for each."""
    size = len(values)
    if size < 2:
        return np.full(size, np.nan)
    order = np.argsort(values, kind="stable")
    ranked, rank = values[order], np.empty(size, np.intp)
    rank[order] = np.arange(size)
    half = size // 2
    found: Values = np.where(rank < half, ranked[half], ranked[half - 1])
    if size % 2 == 0:
        return found
    lower, middle, upper = ranked[half - 1], ranked[half], ranked[half + 1] if half + 1 < size else ranked[half]
    found = np.where(
        rank < half, (middle + upper) / 2, np.where(rank > half, (lower + middle) / 2, (lower + upper) / 2)
    )
    return found


def measure_strengths(counted: Counted, seen: Marks, settings: PeerLevelSettings) -> Values:
    """How alike the others are, as a number of pseudo-observations, from the robust spread of their shares."""
    usable = seen & (counted.n > 0)
    strengths = np.full(len(counted.k), settings.least_strength)
    if counted.signal.is_pace or usable.sum() < 3:
        return strengths
    ratio = np.where(usable, counted.k / np.maximum(counted.n, _SMALL), np.nan)
    middles = median_of_others(ratio, usable)
    for middle in np.unique(middles):
        spread = 1.4826 * median_of_others(np.abs(ratio - middle), usable)
        level = float(np.clip(middle, settings.least_share, 1 - settings.least_share))
        strength = level * (1 - level) / np.maximum(spread**2, 1e-6) - 1
        here = middles == middle
        strengths[here] = np.clip(strength, settings.least_strength, settings.most_strength)[here]
    return strengths


def name_roles(roles: Sequence[str | None], settings: PeerLevelSettings) -> npt.NDArray[np.str_]:
    """Everybody's role; one for all where most people have a title of their own and roles tell nothing."""
    named = np.array([role or "" for role in roles] or [""])[: len(roles)]
    _, place, sizes = np.unique(named, return_inverse=True, return_counts=True)
    shared = float((sizes[place] >= settings.few_peers).mean()) if len(named) else 0.0
    return named if shared >= settings.least_shared_roles else np.full(len(named), "")
