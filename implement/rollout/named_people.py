"""People in figures: named as the reader may see them, and each look at a name written down."""

from collections.abc import Collection

from flask import current_app
from flask_login import current_user

from implement.db import db, utc_now, writing
from implement.rollout.service.owners import OwnerNames, name_owners
from implement.rollout.service.privacy import PeopleView, log_look
from implement.rollout.service.rollouts import local_day
from implement.web.access import standing


def name_people(rollout_id: int, people: Collection[str], *, page: str) -> OwnerNames:
    """Name people for whoever asks, and write each look at a name down before anything is shown."""
    now = utc_now()
    found = name_owners(standing(), people, secret=current_app.config["SECRET_KEY"], today=local_day(rollout_id, now))
    if found.looked_at:
        db.session.rollback()
        with writing():
            for person_id in found.looked_at:
                log_look(rollout_id, person_id, view=PeopleView.NAMED, page=page, by=current_user, now=now)
            db.session.commit()
    return found
