"""What the page of the cutover says: how far it is, what is next, what was decided on which figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from implement.stages.transfer.drift_page import DriftPage
from implement.stages.transfer.service import cutover as service
from implement.stages.transfer.service.drift import find_newest_drift
from implement.stages.transfer.tables import CutoverDecision, CutoverStep
from implement.store import Store
from implement.web.texts import _, _n, instant, language, number

DONE, LATE, OPEN = "done", "late", "open"


@dataclass(frozen=True)
class StepLine:
    """A step in the reader's language, with its state."""

    step: CutoverStep
    title: str
    state: str


@dataclass(frozen=True)
class CutoverPage:
    """The steps, the way back, and the decisions."""

    steps: Sequence[StepLine]
    way_back: Sequence[StepLine]
    decisions: Sequence[CutoverDecision]
    drift: DriftPage | None
    """What became of the transferred records since, as the newest later export shows it."""

    @classmethod
    def open(cls, rollout_id: int, now: datetime, *, store: Store) -> "CutoverPage":
        """Read the cutover of a rollout."""
        newest = find_newest_drift(rollout_id, finished=True)
        lines = [make_line(step, now) for step in service.list_steps(rollout_id)]
        forth, back = ([line for line in lines if line.step.is_way_back == way] for way in (False, True))
        drift = DriftPage.open(newest, store=store) if newest else None
        return cls(forth, back, service.list_decisions(rollout_id), drift)

    @property
    def decision(self) -> CutoverDecision | None:
        """The decision that stands."""
        return next((one for one in self.decisions if one.kind != service.WAY_BACK), None)

    @property
    def open_way_back(self) -> CutoverDecision | None:
        """Until when the way back is open."""
        return next((one for one in self.decisions if one.kind == service.WAY_BACK), None)

    @property
    def answer(self) -> str:
        """The first line: what was decided, else how many steps are still open."""
        if self.decision:
            said = {"name": self.decision.name, "at": instant(self.decision.at)}
            is_go = self.decision.kind == service.GO
            return (
                _("Go: decided by %(name)s on %(at)s.", **said)
                if is_go
                else _("No-go: decided by %(name)s on %(at)s.", **said)
            )
        left = sum(line.state != DONE for line in self.steps)
        if not self.steps:
            return _("The cutover is not prepared yet.")
        if not left:
            return _("Every step is done; what is missing is the decision.")
        return _n("One step of the cutover is still open.", "%(num)d steps of the cutover are still open.", left)

    @property
    def lead(self) -> str:
        """What is to be done next, and by whom."""
        line = next((line for line in self.steps if line.state != DONE), None)
        if line is None:
            return ""
        owner = line.step.owner_name
        said = {"title": line.title, "owner": owner}
        return _("Next: %(title)s (%(owner)s)", **said) if owner else _("Next: %(title)s", **said)


def make_line(step: CutoverStep, now: datetime) -> StepLine:
    """A step in words."""
    title = step.title or service.proposed_texts()[step.key].in_language(language())
    is_late = step.planned_at is not None and step.planned_at < now
    return StepLine(step, title, DONE if step.done_at else LATE if is_late else OPEN)


def say_figures(decision: CutoverDecision) -> str:
    """The figures on which a decision was taken, as they stood then."""
    if decision.run_number is None:
        return _("Decided before anything was compared.")
    known = {
        "run": decision.run_number, "arrived": number(decision.arrived), "all": number(decision.source_rows),
        "open": number(decision.unexplained), "totals": number(decision.differing),
    }  # fmt: skip
    return _(
        "On run %(run)s: %(arrived)s of %(all)s records arrived, unexplained findings: %(open)s, control totals that"
        " differ: %(totals)s.", **known
    )  # fmt: skip
