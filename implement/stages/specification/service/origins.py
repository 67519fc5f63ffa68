"""What requirements follow from: findings and risks of the audit, and the tasks the CRM must solve (M2)."""

from dataclasses import dataclass

from implement.engine.checklist import Severity
from implement.rollout.service.rollouts import list_numbered_aims
from implement.stages.audit.service.found import Found, list_found
from implement.store import Store

PRIORITY_OF_SEVERITY = {
    Severity.CRITICAL: "must",
    Severity.HIGH: "must",
    Severity.MEDIUM: "should",
    Severity.LOW: "could",
}


@dataclass(frozen=True)
class Origin:
    """A finding or a task that a requirement can follow from; `proposal` is a first wording of the requirement."""

    kind: str
    key: str
    said: str
    proposal: str
    priority: str
    amount_minor_per_year: int | None = None

    @property
    def choice(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.key}"


def list_origins(rollout_id: int, store: Store) -> list[Origin]:
    """Every task of the rollout, then every finding and risk of its audit, the gravest first."""
    aims = [Origin("aim", str(aim_id), text, text, "must") for aim_id, text in list_numbered_aims(rollout_id)]
    return aims + [_from_finding(one) for one in list_found(rollout_id, store)]


def find_origin(rollout_id: int, choice: str, store: Store) -> Origin | None:
    """The finding or task that a form names; None when there is none any more."""
    return next((one for one in list_origins(rollout_id, store) if one.choice == choice), None)


def _from_finding(found: Found) -> Origin:
    proposal = found.recommendation or found.problem
    priority = PRIORITY_OF_SEVERITY[found.severity]
    return Origin("finding", found.key, found.problem, proposal, priority, found.amount_minor_per_year)
