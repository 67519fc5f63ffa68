"""What the adoption room keeps about people, by class, and how what is too old is found and deleted."""

from implement.rollout.registries import Measured
from implement.rollout.service.retention import RetentionClass
from implement.stages.adoption.service import disposing, helping
from implement.web.texts import lazy

DAYS_OF_FILES, DAYS_OF_EVENTS, THIRTEEN_MONTHS, TWO_YEARS = 30, 120, 396, 730
LEAST_DAYS_OF_EVENTS = 91
"""The longest span that signals look back over."""


def list_classes() -> list[RetentionClass]:
    """The room's classes."""
    return [
        RetentionClass(
            "usage_files", lazy("Files of usage as they were handed in"), lazy("to read a file again that was misread"),
            DAYS_OF_FILES, disposing.hold_files, disposing.dispose_files,
        ),
        RetentionClass(
            "usage_events", lazy("Single usage events, booked orders, counts of calls and mails"),
            lazy("to show what a figure was counted from"), DAYS_OF_EVENTS, disposing.hold_events,
            disposing.dispose_events, least_days=LEAST_DAYS_OF_EVENTS,
        ),
        RetentionClass(
            "usage_scores", lazy("Scores of people and what they rest on"),
            lazy("to see whether help has helped, over a year"), THIRTEEN_MONTHS, disposing.hold_scores,
            disposing.dispose_scores,
        ),
        RetentionClass(
            "remedies", lazy("Remedies for single people that have ended"),
            lazy("to tell whoever chooses the next one what worked here"), THIRTEEN_MONTHS, helping.hold_remedies,
            helping.dispose_remedies,
        ),
        RetentionClass(
            "pulse_rounds", lazy("Sums of the survey; single answers are never kept"),
            lazy("to compare with earlier rounds"), TWO_YEARS, disposing.hold_rounds, disposing.dispose_rounds,
        ),
    ]  # fmt: skip


def list_measured() -> list[Measured]:
    """What adoption measures about people, as the council reads it."""
    own = lazy("heads of their own team (pseudonym, by name only where agreed), consultant and lead (pseudonym), "
               "everybody their own")  # fmt: skip
    return [
        Measured(
            "usage_events", lazy("Single events of the CRM's log, and files of them"),
            lazy("to show what a figure was counted from"), own, ("usage_files", "usage_events"),
        ),
        Measured(
            "usage_scores", lazy("Scores of use and evidence of resistance"),
            lazy("to find who needs help; never pay, never a judgement"), own, ("usage_scores",),
        ),
        Measured(
            "remedies", lazy("Remedies for people"), lazy("to help, and to learn what helps"),
            lazy("whoever runs the remedy, and the person"), ("remedies",),
        ),
        Measured(
            "pulse", lazy("Sums of the survey"), lazy("to hear how the rollout is going"),
            lazy("sums of five and more for everybody; single answers for nobody"), ("pulse_rounds",),
        ),
    ]  # fmt: skip
