"""Pair off two sides by scores so that nobody is taken twice."""

from collections.abc import Mapping

Scores = Mapping[tuple[str, str], float]


def pair_off(scores: Scores, least: float) -> dict[str, str]:
    """Pair source with target names, best scores first; equal scores are decided by name."""
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for (source, target), score in sorted(scores.items(), key=lambda entry: (-round(entry[1], 6), entry[0])):
        if score < least:
            break
        if source not in pairs and target not in taken:
            pairs[source] = target
            taken.add(target)
    return pairs
