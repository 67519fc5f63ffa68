"""Looks at people's figures: each at a name, or at one person's days, is written down before anything is shown."""

from collections.abc import Iterable

from flask_login import current_user

from implement.control.activity.progress_page import ShownPerson
from implement.db import db, utc_now, writing
from implement.rollout.service.privacy import PeopleView, log_look
from implement.web.access import standing


def note_named(rollout_id: int, people: Iterable[ShownPerson], page: str) -> None:
    """Write down everybody who is about to be shown by name."""
    note_looks(rollout_id, [one.person_id for one in people if one.is_named], PeopleView.NAMED, page)


def note_looks(rollout_id: int, person_ids: Iterable[int], view: PeopleView, page: str) -> None:
    """Write looks down in a transaction of their own; a look at oneself is nobody's business."""
    others = [person_id for person_id in person_ids if person_id != standing().person_id]
    if not others:
        return
    db.session.rollback()
    with writing():
        for person_id in others:
            log_look(rollout_id, person_id, view=view, page=f"activity.{page}", by=current_user, now=utc_now())
        db.session.commit()
