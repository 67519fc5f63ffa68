"""What a workflow tells as a finding: order first, then automate (M95), and what the work costs a year."""

from datetime import datetime
from fractions import Fraction

from implement.db import db
from implement.engine.calculation import NamedFigure
from implement.engine.checklist import Pack, RuleKind, Severity
from implement.engine.workflow import MINUTES_OF_AN_HOUR, MONTHS_OF_A_YEAR, WorkflowSums
from implement.rollout.service.log import Actor
from implement.stages.audit.service.findings import MINOR_UNITS, FindingText, find_noted, note, remove_finding
from implement.stages.audit.tables import Audit, OwnFinding, Workflow
from implement.web.texts import _


def source_of(row: Workflow) -> str:
    """How a finding names the workflow it was made from."""
    return f"workflow:{row.id}"


def note_disorder(
    audit: Audit, pack: Pack, row: Workflow, sums: WorkflowSums, *, by: Actor, now: datetime
) -> OwnFinding:
    """Make the risk that an unclear workflow is for the rollout, with the time that goes into its unclear steps."""
    text = FindingText(
        kind=RuleKind.RISK,
        severity=Severity.HIGH,
        problem=_("“%(name)s” is not settled; a CRM would only make its disorder faster.", name=row.name),
        cause=row.unclear_because,
        recommendation=_("Order first, then automate: agree on who does which step and how, write it down, then "
                         "decide what the CRM takes over."),
        evidence=_("Unclear steps: %(unclear)s of %(steps)s.", unclear=sums.unclear, steps=sums.steps),
        figures=_price(row, _("minutes in unclear steps, each time"), sums.unclear_minutes),
    )  # fmt: skip
    return note(audit, pack, text, source=source_of(row), by=by, now=now)


def note_cost(audit: Audit, pack: Pack, row: Workflow, sums: WorkflowSums, *, by: Actor, now: datetime) -> OwnFinding:
    """Make a finding of what the whole workflow costs a year, for somebody to say what of it could be saved."""
    text = FindingText(
        kind=RuleKind.FINDING,
        severity=Severity.MEDIUM,
        problem=_("“%(name)s” binds working time that could go to customers.", name=row.name),
        evidence=_("Steps: %(steps)s, hand-overs: %(hand_overs)s.", steps=sums.steps, hand_overs=sums.hand_overs),
        figures=_price(row, _("minutes of work, each time"), sums.work_minutes),
    )
    return note(audit, pack, text, source=source_of(row), by=by, now=now)


def forget_disorder(audit: Audit, pack: Pack, row: Workflow, *, by: Actor, now: datetime) -> None:
    """Take the risk away once the workflow is clear or gone; a finding on its cost stays while the workflow does."""
    noted = find_noted(audit, source_of(row))
    if noted is not None and (row.removed_at is not None or noted.kind == RuleKind.RISK):
        remove_finding(audit, pack, noted, is_back=False, by=by, now=now)
    db.session.flush()


def _price(row: Workflow, words: str, minutes: int) -> tuple[NamedFigure, ...]:
    """Minutes × times a month × months × cost of a minute; nothing while one of them is not known."""
    if not (minutes and row.runs_per_month and row.hour_cost_minor):
        return ()
    minute = Fraction(row.hour_cost_minor, MINOR_UNITS * MINUTES_OF_AN_HOUR)
    return (
        NamedFigure(words, Fraction(minutes)),
        NamedFigure(_("times a month"), Fraction(row.runs_per_month)),
        NamedFigure(_("months"), Fraction(MONTHS_OF_A_YEAR)),
        NamedFigure(_("cost of a minute"), minute),
    )
