"""How fast questions are answered, in the hours in which the firm is open (M22)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from statistics import median

from implement.engine.business_time import MINUTE, BusinessHours, count_open


@dataclass(frozen=True)
class AnswerSpeed:
    """Open minutes from question to answer: the middle one, the slowest, and over how many answers."""

    count: int
    middle: Fraction
    slowest: Fraction


def measure_answers(rows: Iterable[tuple[datetime, datetime, BusinessHours]]) -> AnswerSpeed | None:
    """Sum up when each was asked and answered, and when its team is open; None before anything was answered."""
    minutes = [Fraction(count_open(asked, answered, hours) / MINUTE) for asked, answered, hours in rows]
    if not minutes:
        return None
    return AnswerSpeed(len(minutes), Fraction(median(minutes)), max(minutes))
