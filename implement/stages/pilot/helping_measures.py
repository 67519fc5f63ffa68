"""What the pilot's room measures of training and support, for the criteria of waves and gates (M22, M27, M108)."""

from collections.abc import Callable
from datetime import date
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
    """Of the lessons that are due in a wave (else anywhere), the share that is learned (M108); None where none is."""
    learned, due, people = overview.count_learned(rollout_id, wave_id, today)
    if not due:
        return None
    return Measure(Fraction(learned, due), due) if people >= LEAST_PEOPLE else Withheld()


def measure_waiting(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """How many questions wait; None before any was asked (M22)."""
    count, asked = questions.count_waiting(rollout_id)
    return Measure(Fraction(count), asked) if asked else None


def _measure_people(count: Callable[[Competence], int]) -> Compute:
    """A share of the people of a wave who learn; None where nobody does, withheld of fewer than five."""

    def measure(rollout_id: int, wave_id: int | None, today: date) -> Measure | Withheld | None:
        found = overview.count_competent(rollout_id, wave_id, today)
        if not found.people:
            return None
        few = found.people < LEAST_PEOPLE
        return Withheld() if few else Measure(Fraction(count(found), found.people), found.people)

    return measure
