"""Names of people on pages of the pilot: each look by name is written down before it is shown."""

from collections.abc import Sequence

from flask import current_app
from flask_login import current_user

from implement.db import db, utc_now, writing
from implement.rollout.service.privacy import PeopleView, log_look, pseudonym
from implement.rollout.service.usage import find_names
from implement.stages.pilot.service.conflicts.loads import PartyLoad
from implement.stages.pilot.service.training.overview import LateLearner
from implement.web.access import standing


def name_late_learners(rollout_id: int, rows: Sequence[LateLearner]) -> dict[int, str]:
    """By person the name where it is agreed that this reader sees it, else the pseudonym."""
    secret = current_app.config["SECRET_KEY"]
    named = [row.person_id for row in rows if row.view is PeopleView.NAMED]
    _note_looks(rollout_id, [person_id for person_id in named if person_id != standing().person_id], "late")
    hidden = {row.person_id: pseudonym(secret, rollout_id, row.person_id) for row in rows}
    return hidden | find_names(named)


def note_sides(rollout_id: int, sides: Sequence[PartyLoad]) -> None:
    """Write down that the load of single people was looked at by name."""
    named = [side.party.id for side in sides if side.view is PeopleView.NAMED and side.load is not None]
    _note_looks(rollout_id, [who for who in named if who is not None and who != standing().person_id], "conflict")


def _note_looks(rollout_id: int, person_ids: Sequence[int], page: str) -> None:
    """Write looks down in a transaction of their own."""
    if not person_ids:
        return
    db.session.rollback()
    with writing():
        for person_id in person_ids:
            said = {"view": PeopleView.NAMED, "page": f"pilot.{page}", "by": current_user, "now": utc_now()}
            log_look(rollout_id, person_id, **said)
        db.session.commit()
