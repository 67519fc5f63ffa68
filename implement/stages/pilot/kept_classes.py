"""What training, support and conflicts keep about people, by class, with the period after which it is deleted."""

from implement.rollout.service.retention import RetentionClass
from implement.stages.pilot.service import keeping, trying
from implement.web.texts import lazy

HALF_A_YEAR, THIRTEEN_MONTHS, A_MONTH = 183, 396, 30


def list_classes() -> list[RetentionClass]:
    """The room's classes."""
    return [
        RetentionClass(
            "quiz_tries", lazy("Tries of quizzes, answer by answer"),
            lazy("to see which lesson does not teach"), HALF_A_YEAR, keeping.hold_tries, keeping.dispose_tries,
        ),
        RetentionClass(
            "learners_gone", lazy("Lessons of people who have left"),
            lazy("to close what was open on their last day"), A_MONTH, keeping.hold_learners_gone,
            keeping.dispose_learners_gone,
        ),
        RetentionClass(
            "question_askers", lazy("Who asked a question of the first weeks"),
            lazy("so that the answer finds who asked"), HALF_A_YEAR, keeping.hold_askers, keeping.dispose_askers,
        ),
        RetentionClass(
            "task_conflicts", lazy("Decided conflicts in which a single person is a side"),
            lazy("to see when a conflict comes back"), THIRTEEN_MONTHS, keeping.hold_conflicts,
            keeping.dispose_conflicts,
        ),
        RetentionClass(
            "support_persons", lazy("Who helped whom in the first weeks"), lazy("to tell what helped"),
            THIRTEEN_MONTHS, keeping.hold_support_persons, keeping.dispose_support_persons,
        ),
        RetentionClass(
            "changes_seen", lazy("Who has seen which change of the system"),
            lazy("so that news is shown once"), THIRTEEN_MONTHS, keeping.hold_reads, keeping.dispose_reads,
        ),
        RetentionClass(
            "trials", lazy("Who tried a scenario, and who told of a defect"),
            lazy("to ask whoever saw it"), THIRTEEN_MONTHS, trying.hold_trials, trying.dispose_trials,
        ),
        RetentionClass(
            "order_clocks", lazy("Who did which step of an order"), lazy("to ask why a step was late"),
            THIRTEEN_MONTHS, trying.hold_clocks, trying.dispose_clocks,
        ),
    ]  # fmt: skip
