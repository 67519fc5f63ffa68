"""Several people, one question: the answer that counts, and where they contradict each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median, median_low

from implement.engine.checklist.answers import AnswerValue, Reply
from implement.engine.checklist.pack import AnswerKind, Item


@dataclass(frozen=True)
class Comparison:
    """From which distance on two people contradict each other.

    `levels_apart`: steps of a scale; `numbers_apart`: distance of lowest and highest as a share of the highest.
    """

    levels_apart: int = 2
    numbers_apart: Fraction = Fraction(1, 4)


DEFAULT_COMPARISON = Comparison()


def settle(item: Item, values: Sequence[AnswerValue]) -> AnswerValue | None:
    """The answer that counts when several people answered; None where nobody did.

    Scales: the lower median. Numbers: the median. Several options: all that anyone named. One option: the most
    frequent; of equally frequent ones the least favourable. Known answers go before "nobody knows", and that before
    "does not apply".
    """
    known = [value for value in values if not isinstance(value, Reply)]
    if not known:
        replies = [value for value in values if isinstance(value, Reply)]
        return min(replies, key=list(Reply).index, default=None)
    numbers = [value for value in known if isinstance(value, int | Decimal)]
    if item.kind is AnswerKind.SCALE:
        return median_low([int(number) for number in numbers])
    if item.kind is AnswerKind.NUMBER:
        return median([Decimal(number) for number in numbers])
    if item.multiple:
        named = {option_id for value in known if isinstance(value, tuple) for option_id in value}
        return tuple(option.id for option in item.options if option.id in named)
    return _least_favourable_of_the_most_frequent(item, [str(value) for value in known])


def contradict(item: Item, values: Sequence[AnswerValue], comparison: Comparison = DEFAULT_COMPARISON) -> bool:
    """Whether people answered one question so differently that somebody has to look; free texts and files never do."""
    known = [value for value in values if not isinstance(value, Reply)]
    numbers = [Fraction(value) for value in known if isinstance(value, int | Decimal)]
    if item.kind is AnswerKind.SCALE and numbers:
        return max(numbers) - min(numbers) >= comparison.levels_apart
    if item.kind is AnswerKind.NUMBER and numbers:
        largest = max(abs(number) for number in numbers)
        return max(numbers) - min(numbers) > comparison.numbers_apart * largest
    return item.kind is AnswerKind.CHOICE and not item.multiple and len(set(known)) > 1


def _least_favourable_of_the_most_frequent(item: Item, chosen: list[str]) -> str:
    if item.kind is not AnswerKind.CHOICE:
        return chosen[0]
    counts = Counter(chosen)
    leading = [option for option in item.options if counts[option.id] == max(counts.values())]
    return min(leading, key=lambda option: Fraction(1) if option.score is None else option.score).id
