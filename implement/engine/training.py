"""Training to competence: grading a quiz, counting who came how far, what speaks for a further lesson (M27, M108)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from implement.engine.suppression import LEAST_PEOPLE

FEWEST_OPTIONS = 2
STEPS = ("enrolled", "read", "tried", "passed")


@dataclass(frozen=True)
class TrainingSettings:
    """From which share of wrong answers a question shows that a lesson does not teach, over how many people at least;
    how many questions of the first weeks on one function ask for a lesson.
    """

    weak_share: Fraction = Fraction(2, 5)
    least_people: int = LEAST_PEOPLE
    many_questions: int = 3


@dataclass(frozen=True)
class Grade:
    """How many answers were right, of how many, which were wrong (from 0), and whether that is enough."""

    right: int
    asked: int
    wrong: tuple[int, ...]
    is_passed: bool


@dataclass(frozen=True)
class Learning:
    """How far one person is with one lesson."""

    is_read: bool
    is_tried: bool
    is_passed: bool


@dataclass(frozen=True)
class WeakQuestion:
    """A question that many answer wrongly at first: `wrong` of `people`."""

    lesson_id: int
    question: int
    wrong: int
    people: int


def grade_quiz(right: Sequence[int], answers: Sequence[int | None], pass_percent: int) -> Grade:
    """Compare answers with the right options; what was left out is wrong, and a lesson without a quiz is passed."""
    given = [*answers, *([None] * len(right))][: len(right)]
    wrong = tuple(place for place, (expected, said) in enumerate(zip(right, given, strict=True)) if said != expected)
    correct = len(right) - len(wrong)
    return Grade(correct, len(right), wrong, correct * 100 >= pass_percent * len(right))


def find_due(first_day: date, go_live: date | None, days: int) -> date:
    """Until when a lesson is to be learned: so many days after somebody begins, not before the wave's first day."""
    return max(first_day, go_live or first_day) + timedelta(days=days)


def count_steps(rows: Iterable[Learning]) -> dict[str, int]:
    """How many came how far; each step counts whoever came further, too."""
    found = list(rows)
    passed = sum(one.is_passed for one in found)
    tried = sum(one.is_tried or one.is_passed for one in found)
    read = sum(one.is_read or one.is_tried or one.is_passed for one in found)
    return dict(zip(STEPS, (len(found), read, tried, passed), strict=True))


def find_weak_questions(
    first_tries: Iterable[tuple[int, Sequence[int], int]], settings: TrainingSettings | None = None
) -> list[WeakQuestion]:
    """Questions that too many get wrong; each first try counts, as lesson, wrong questions, questions asked."""
    settings = settings or TrainingSettings()
    people, wrong = Counter[int](), Counter[tuple[int, int]]()
    for lesson_id, missed, _asked in first_tries:
        people[lesson_id] += 1
        wrong.update((lesson_id, question) for question in set(missed))
    found = [WeakQuestion(*key, count, people[key[0]]) for key, count in wrong.items()]
    weak = [
        one
        for one in found
        if one.people >= settings.least_people and Fraction(one.wrong, one.people) >= settings.weak_share
    ]
    return sorted(weak, key=lambda one: (-Fraction(one.wrong, one.people), one.lesson_id, one.question))


def find_wanted_functions(
    questions: Mapping[str, int], taught: Collection[str], settings: TrainingSettings | None = None
) -> list[tuple[str, int, bool]]:
    """Functions about which people often ask, and whether there is a lesson: without one first, then by questions."""
    settings = settings or TrainingSettings()
    often = [(key, count, key in taught) for key, count in questions.items() if count >= settings.many_questions]
    return sorted(often, key=lambda one: (one[2], -one[1], one[0]))


@dataclass(frozen=True)
class QuizQuestion:
    """A question in the words of one language; `right` is the place of the right option, from 1."""

    text: str
    options: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class QuizFault:
    """What is wrong with a typed quiz: the line, and no_question, no_option, few_options or one_right."""

    line: int
    code: str


class UnusableQuiz(Exception):
    """A typed quiz cannot be used; every fault with its line."""

    def __init__(self, faults: Sequence[QuizFault]) -> None:
        super().__init__(str(faults))
        self.faults = tuple(faults)


def read_quiz(typed: str) -> tuple[QuizQuestion, ...]:
    """Read a quiz as people type it: a line with the question, then `+ right` and `- wrong`; raises UnusableQuiz."""
    found: list[tuple[int, str, list[tuple[bool, str]]]] = []
    faults: list[QuizFault] = []
    for number, raw in enumerate(typed.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line[0] not in "+-":
            found.append((number, line, []))
        elif not line[1:].strip():
            faults.append(QuizFault(number, "no_option"))
        elif not found:
            faults.append(QuizFault(number, "no_question"))
        else:
            found[-1][2].append((line[0] == "+", line[1:].strip()))
    faults += [QuizFault(number, "few_options") for number, _text, options in found if len(options) < FEWEST_OPTIONS]
    faults += [
        QuizFault(number, "one_right")
        for number, _text, options in found
        if len(options) >= FEWEST_OPTIONS and sum(is_right for is_right, _option in options) != 1
    ]
    if faults:
        raise UnusableQuiz(sorted(faults, key=lambda one: one.line))
    return tuple(_question(text, options) for _number, text, options in found)


def write_quiz(questions: Iterable[QuizQuestion]) -> str:
    """A quiz as it is typed."""
    return "\n\n".join(
        "\n".join(
            [
                one.text,
                *(f"{'+' if place == one.right else '-'} {option}" for place, option in enumerate(one.options, 1)),
            ]
        )
        for one in questions
    )


def _question(text: str, options: Sequence[tuple[bool, str]]) -> QuizQuestion:
    right = next(place for place, (is_right, _option) in enumerate(options, start=1) if is_right)
    return QuizQuestion(text, tuple(option for _is_right, option in options), right)
