"""The consultant's own findings beside those that follow from the answers (M9)."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from implement.db import db
from implement.engine.calculation import NamedFigure, multiply
from implement.engine.checklist import Pack, RuleKind, Severity
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.audits import keep_summary, lock_audit
from implement.stages.audit.tables import Audit, OwnFinding
from implement.web.texts import lazy

LARGEST_AMOUNT_MINOR = 10**15
MINOR_UNITS = 100


@dataclass(frozen=True)
class FindingText:
    """What somebody writes down: a trouble of today or a risk; the money a year is the product of its figures."""

    kind: RuleKind
    severity: Severity
    problem: str
    cause: str = ""
    recommendation: str = ""
    evidence: str = ""
    figures: tuple[NamedFigure, ...] = ()
    item_id: str = ""

    @property
    def amount_minor_per_year(self) -> int | None:
        """What the figures come to, in minor units; None where nothing was calculated."""
        amount = multiply(self.figures)
        return None if amount is None else round(amount * MINOR_UNITS)


def list_own_findings(audit_id: int) -> list[OwnFinding]:
    """The consultant's findings that stand, the gravest first."""
    here = (OwnFinding.audit_id == audit_id, OwnFinding.removed_at.is_(None))
    return list(db.session.scalars(select(OwnFinding).where(*here).order_by(OwnFinding.severity.desc(), OwnFinding.id)))


def get_own_finding(audit: Audit, finding_id: int) -> OwnFinding:
    """One of the consultant's findings of this audit."""
    found: OwnFinding | None = db.session.get(OwnFinding, finding_id)
    if found is None or found.audit_id != audit.id:
        raise NotFound(lazy("There is no such finding."))
    return found


def add_finding(audit: Audit, pack: Pack, text: FindingText, *, by: Actor, now: datetime) -> OwnFinding:
    """Add a finding of one's own."""
    lock_audit(audit)
    row = OwnFinding(audit_id=audit.id)
    _write(row, text, by=by, now=now)
    db.session.add(row)
    _settle(audit, pack, row, "add_finding", by=by, now=now)
    return row


def note(audit: Audit, pack: Pack, text: FindingText, *, source: str, by: Actor, now: datetime) -> OwnFinding:
    """Make a finding of what another page shows, `source` being `thing:id`; the same source again writes it anew.

    The money is told in figures, each with its words: `NamedFigure("deals lost at the offer", Fraction(412))` × …
    """
    lock_audit(audit)
    known = (OwnFinding.audit_id == audit.id, OwnFinding.source == source)
    row = db.session.scalar(select(OwnFinding).where(*known)) or OwnFinding(audit_id=audit.id, source=source)
    row.removed_at = None
    _write(row, text, by=by, now=now)
    db.session.add(row)
    _settle(audit, pack, row, "note_finding", by=by, now=now)
    return row


def find_noted(audit: Audit, source: str) -> OwnFinding | None:
    """The finding that was made of this source and stands."""
    here = (OwnFinding.audit_id == audit.id, OwnFinding.source == source, OwnFinding.removed_at.is_(None))
    found: OwnFinding | None = db.session.scalar(select(OwnFinding).where(*here))
    return found


def read_figures(row: OwnFinding) -> tuple[NamedFigure, ...]:
    """The figures behind the money, in their order."""
    return tuple(
        NamedFigure(str(one["label"]), Fraction(str(one["value"])), bool(one["is_share"])) for one in row.figures
    )


def change_finding(
    audit: Audit, pack: Pack, row: OwnFinding, text: FindingText, *, version: int | None, by: Actor, now: datetime
) -> None:
    """Change a finding of one's own; what somebody else wrote meanwhile is not overwritten."""
    lock_audit(audit)
    db.session.refresh(row)
    if row.version != version:
        mine = "\n".join((text.problem, text.cause, text.recommendation))
        theirs = "\n".join((row.problem, row.cause, row.recommendation))
        raise EditedMeanwhile(lazy("Somebody else changed this finding meanwhile."), theirs=theirs, mine=mine)
    _write(row, text, by=by, now=now)
    _settle(audit, pack, row, "change_finding", by=by, now=now)


def remove_finding(audit: Audit, pack: Pack, row: OwnFinding, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a finding of one's own away, or with `is_back` put it back."""
    lock_audit(audit)
    row.removed_at = None if is_back else now
    _settle(audit, pack, row, "restore_finding" if is_back else "remove_finding", by=by, now=now)


def _write(row: OwnFinding, text: FindingText, *, by: Actor, now: datetime) -> None:
    amount = text.amount_minor_per_year
    if amount is not None and abs(amount) > LARGEST_AMOUNT_MINOR:
        raise RuleBroken(lazy("So much money a year cannot be meant; please look at the figures again."))
    row.kind, row.severity = text.kind.value, text.severity.value
    row.problem, row.cause, row.recommendation = text.problem.strip(), text.cause.strip(), text.recommendation.strip()
    row.evidence, row.amount_minor_per_year = text.evidence.strip(), amount
    row.figures = [{"label": one.label, "value": str(one.value), "is_share": one.is_share} for one in text.figures]
    row.item_id, row.by_name, row.at = text.item_id, by.name, now


def _settle(audit: Audit, pack: Pack, row: OwnFinding, action: str, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    keep_summary(audit, pack)
    log_write(action, f"finding:{row.id}", by=by, now=now, rollout_id=audit.rollout_id)
