"""Answers of a survey as sums: how many gave each of five answers to each statement, never who."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

ANSWERS = (1, 2, 3, 4, 5)
NOBODY_YET = (0, 0, 0, 0, 0)

Counts = tuple[int, ...]
Ballot = Mapping[str, int]


@dataclass(frozen=True)
class Tally:
    """How many ballots were counted, and per statement how many of them say 1 to 5."""

    ballots: int = 0
    counts: Mapping[str, Counts] = field(default_factory=dict)

    def count(self, ballot: Ballot) -> "Tally":
        """The tally with one more ballot in it."""
        counts = {item: _one_more(self.counts.get(item, NOBODY_YET), answer) for item, answer in ballot.items()}
        return Tally(self.ballots + 1, {**self.counts, **counts})

    def of(self, item: str) -> Counts:
        """How many gave each answer to a statement."""
        return self.counts.get(item, NOBODY_YET)


def add_up(tallies: Iterable[Tally]) -> Tally:
    """All tallies as one."""
    ballots, counts = 0, dict[str, Counts]()
    for tally in tallies:
        ballots += tally.ballots
        for item, more in tally.counts.items():
            counts[item] = tuple(a + b for a, b in zip(counts.get(item, NOBODY_YET), more, strict=True))
    return Tally(ballots, counts)


def split_counts(counts: Counts) -> tuple[int, int, int]:
    """How many disagree (1 and 2), neither (3), and agree (4 and 5)."""
    return counts[0] + counts[1], counts[2], counts[3] + counts[4]


def share_agreeing(counts: Counts) -> Fraction | None:
    """The share of those who agree; None where nobody answered."""
    total = sum(counts)
    return Fraction(split_counts(counts)[2], total) if total else None


def find_weakest(tally: Tally) -> str | None:
    """The statement that the fewest agree with; of equals the one that more disagree with, then the first."""
    ranked = [(*_weight(counts), place, item) for place, (item, counts) in enumerate(tally.counts.items())]
    return min(ranked)[-1] if ranked else None


def _weight(counts: Counts) -> tuple[int, int]:
    disagree, _neither, agree = split_counts(counts)
    return agree, -disagree


def _one_more(counts: Counts, answer: int) -> Counts:
    if answer not in ANSWERS:
        raise ValueError(f"{answer} is no answer")
    return tuple(count + (place == answer) for place, count in enumerate(counts, start=1))
