"""Looks at people: each is written down before anything is shown, and a person is called what the view allows."""

from collections.abc import Sequence

from flask import current_app
from flask_login import current_user

from implement.db import db, utc_now, writing
from implement.rollout.service.privacy import PeopleView, log_look, pseudonym
from implement.rollout.service.usage import find_names
from implement.web.access import standing


def note_looks(rollout_id: int, person_ids: Sequence[int], view: PeopleView, page: str) -> None:
    """Write looks down in a transaction of their own; a look at oneself is nobody's business."""
    others = [person_id for person_id in person_ids if person_id != standing().person_id]
    if not others:
        return
    db.session.rollback()
    with writing():
        for person_id in others:
            log_look(rollout_id, person_id, view=view, page=f"adoption.{page}", by=current_user, now=utc_now())
        db.session.commit()


def name_person(rollout_id: int, person_id: int, view: PeopleView) -> str:
    """The name where the view allows it, else the pseudonym."""
    if view is PeopleView.NAMED:
        return find_names([person_id])[person_id]
    return hide_person(rollout_id, person_id)


def hide_person(rollout_id: int, person_id: int) -> str:
    """The person's pseudonym."""
    return pseudonym(current_app.config["SECRET_KEY"], rollout_id, person_id)
