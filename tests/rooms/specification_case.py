"""A specification at Nordwind: findings of an audit answered as badly as can be, and requirements. Nothing commits."""

from datetime import UTC, datetime

from flask import current_app

from implement.rollout.tables import User
from implement.stages.specification.service.origins import Origin, list_origins
from implement.stages.specification.service.requirements import RequirementText, add_requirement
from implement.stages.specification.tables import Requirement
from tests.rooms.audit_case import an_audit, answer_everything

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
SAID = RequirementText(
    text="A request that nobody took up within 30 minutes is shown to the head at once.",
    acceptance_test="Leave a request alone for 31 minutes: the head sees it on the first page.",
    priority="must",
    owner_id=None,
    used_by="Head, Salesperson",
    needs="Time of the request, person in charge",
)


def findings_of(rollout_id: int) -> list[Origin]:
    """What an audit of the first hour finds when everything is as bad as can be."""
    answer_everything(an_audit(rollout_id), worst=True)
    return [one for one in origins_of(rollout_id) if one.kind == "finding"]


def origins_of(rollout_id: int) -> list[Origin]:
    """What requirements of this rollout can follow from now."""
    return list_origins(rollout_id, current_app.extensions["implement_store"])


def a_requirement(rollout_id: int, by: User, *origins: Origin, **changed: object) -> Requirement:
    """A requirement that follows from these, as `SAID` but for what is changed."""
    written = {**vars(SAID), "origins": tuple(one.choice for one in origins), **changed}
    store = current_app.extensions["implement_store"]
    return add_requirement(rollout_id, RequirementText(**written), store, by=by, now=NOW)  # type: ignore[arg-type]
