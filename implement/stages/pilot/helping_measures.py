"""What the pilot's room measures of training and support, for the criteria of waves and gates (M22, M27, M108).

Shares of people who learn are those of the last week that is over, and stay so until the next one is: whoever looks on
Tuesday and again on Thursday learns nothing of the one person who passed in between (R11).
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.registries import Measure, MeasureKind, Withheld
from implement.stages.pilot.service.support import questions
from implement.stages.pilot.service.training import overview
from implement.stages.pilot.service.training.overview import Competence
from implement.web.texts import lazy

Compute = Callable[[int, int | None, date], Measure | Withheld | None]
TRAINING, QUESTIONS = "pilot_training.show_training", "pilot_support.list_questions"


def list_measures() -> list[MeasureKind]:
    """What the hall may ask."""
    learned, waiting = lazy("Lessons that are learned, of those due"), lazy("Questions that wait for an answer")
    trained = lazy("People who have worked through all their lessons")
    passed = lazy("People who have passed every quiz of theirs")
    overdue = lazy("People with a lesson that is overdue")
    return [
        MeasureKind("pilot.lessons_learned", learned, "share", measure_learned, TRAINING),
        MeasureKind("pilot.people_trained", trained, "share", _measure_people(lambda one: one.trained), TRAINING),
        MeasureKind("pilot.people_passed", passed, "share", _measure_people(lambda one: one.passed), TRAINING),
        MeasureKind("pilot.people_overdue", overdue, "share", _measure_people(lambda one: one.overdue), TRAINING),
        MeasureKind("pilot.questions_waiting", waiting, "count", measure_waiting, QUESTIONS),
    ]


def measure_learned(rollout_id: int, wave_id: int | None, today: date) -> Measure | Withheld | None:
    """Of the lessons that were due in a wave (else anywhere), the share that was learned (M108); None without any."""
    day = last_day_shown(today)
    learned, due, people = overview.count_learned(rollout_id, wave_id, day)
    if not due:
        return None
    return Measure(Fraction(learned, due), due, last_day=day) if people >= LEAST_PEOPLE else Withheld()


def measure_waiting(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """How many questions wait; None before any was asked (M22)."""
    count, asked = questions.count_waiting(rollout_id)
    return Measure(Fraction(count), asked) if asked else None


def _measure_people(count: Callable[[Competence], int]) -> Compute:
    """A share of the people of a wave who learn; None where nobody does, withheld of fewer than five."""

    def measure(rollout_id: int, wave_id: int | None, today: date) -> Measure | Withheld | None:
        day = last_day_shown(today)
        found = overview.count_competent(rollout_id, wave_id, day)
        if not found.people:
            return None
        few = found.people < LEAST_PEOPLE
        return Withheld() if few else Measure(Fraction(count(found), found.people), found.people, last_day=day)

    return measure


def last_day_shown(today: date) -> date:
    """The last day of the last week that is over."""
    return today - timedelta(days=today.weekday() + 1)
