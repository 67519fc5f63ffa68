"""How far somebody of the client took part: what they answered themselves, what waits, as a score with its parts.

"No diagnosis without the patient" (M10): slow or inexact answers become visible (M98), without a reproach.
"""

from dataclasses import dataclass
from fractions import Fraction

DAYS_OF_A_WEEK = 7
ALL = 100


@dataclass(frozen=True)
class ParticipationRules:
    """How the score is made, published on the page that shows it.

    An answer that somebody else had to type in counts `typed_in_counts`; each full week that the oldest open question
    waits costs `points_a_week`, but at most `most_points_for_waiting`.
    """

    typed_in_counts: Fraction = Fraction(1, 2)
    points_a_week: int = 5
    most_points_for_waiting: int = 25


DEFAULT_RULES = ParticipationRules()


@dataclass(frozen=True)
class TakingPart:
    """What one person was asked: answered by themselves, typed in for them, and how long the oldest open one waits."""

    asked: int
    own: int
    typed_in: int
    open_days: int | None


@dataclass(frozen=True)
class ParticipationScore:
    """Points of 100: those for answers, less those for waiting; never below nothing."""

    for_answers: int
    for_waiting: int

    @property
    def points(self) -> int:
        """What is left of the points."""
        return max(0, self.for_answers - self.for_waiting)


def score_participation(part: TakingPart, rules: ParticipationRules = DEFAULT_RULES) -> ParticipationScore | None:
    """The score of one person; None for somebody who was not asked anything."""
    if not part.asked:
        return None
    counted = part.own + rules.typed_in_counts * part.typed_in
    weeks = (part.open_days or 0) // DAYS_OF_A_WEEK
    lost = min(rules.most_points_for_waiting, rules.points_a_week * weeks)
    return ParticipationScore(int(ALL * counted / part.asked), lost)
