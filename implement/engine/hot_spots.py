"""Where people ask most: questions by function and team, with small teams withheld (M22)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from implement.engine.suppression import Withheld, withhold_small_groups


@dataclass(frozen=True)
class HotSpots:
    """Questions by function (rows) and team (columns); None where a team is withheld. Rows hold only what was asked."""

    functions: tuple[str, ...]
    teams: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    withheld: Mapping[str, Withheld]

    @property
    def hottest(self) -> tuple[str, str, int] | None:
        """Function, team and number of the hottest cell that is shown."""
        cells = [
            (count, function, team)
            for function, row in zip(self.functions, self.counts, strict=True)
            for team, count in zip(self.teams, row, strict=True)
            if count
        ]
        best = max(cells, key=lambda one: (one[0], one[1], one[2]), default=None)
        return (best[1], best[2], best[0]) if best else None


def map_hot_spots(questions: Iterable[tuple[str, str]], sizes: Mapping[str, int], order: Sequence[str]) -> HotSpots:
    """Count questions (function, team) over the teams of these sizes, functions in this order."""
    counted = Counter(questions)
    withheld = withhold_small_groups(sizes)
    asked = {function for function, _team in counted}
    functions = tuple(one for one in order if one in asked)
    teams = tuple(sizes)
    counts = tuple(
        tuple(None if team in withheld else counted[function, team] for team in teams) for function in functions
    )
    return HotSpots(functions, teams, counts, withheld)
