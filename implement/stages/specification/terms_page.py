"""The terms of reference on the screen: in sentences, with what changed since."""

from collections.abc import Sequence

from implement.engine.document import ChapterChange
from implement.jobs import Job
from implement.rollout.service.signatures import SignedBy
from implement.stages.specification.tables import TermsVersion
from implement.web.texts import _, _n, lazy

STEPS = {"gather": lazy("gathering the chapters"), "print": lazy("writing and printing the chapters")}
KIND_LABELS = {"new": lazy("new chapter"), "gone": lazy("chapter left out"), "changed": lazy("changed")}


def say_terms(row: TermsVersion | None, signed: Sequence[SignedBy]) -> str:
    """Which version there is, and who signed it."""
    if row is None:
        return _("There are no terms of reference yet.")
    names = ", ".join(one.name for one in signed)
    if not signed:
        return _("Version %(number)s is not signed yet.", number=row.number)
    if len({one.role for one in signed}) == 1:
        return _(
            "Version %(number)s is signed by %(names)s; the other side is missing.", number=row.number, names=names
        )
    return _("Version %(number)s is signed by both sides.", number=row.number)


def say_changes(changes: Sequence[ChapterChange]) -> str:
    """How many chapters changed."""
    if not changes:
        return _("Nothing changed.")
    return _n("One chapter changed.", "%(num)d chapters changed.", len(changes))


def say_job(job: Job) -> str:
    """What the job is doing."""
    return str(STEPS.get(job.step, job.step))
