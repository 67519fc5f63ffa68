"""Load the demonstration, step by step; each step is one transaction and is left out once done, so a crash only delays
it.
"""

import logging
from collections.abc import Callable

from flask import Flask

from implement.db import db, utc_now, writing
from implement.demo import (
    activity_story,
    adoption_story,
    audit_people_story,
    audit_story,
    before_transfer_story,
    choice_story,
    cutover_story,
    drift_story,
    examples_story,
    first_weeks_story,
    hall_story,
    handover_story,
    in_kind_story,
    losses_story,
    meetings_story,
    outside_story,
    pay_story,
    pilot_exit_story,
    pilot_story,
    plan_story,
    promised_story,
    pulse_story,
    remedies_story,
    repair_story,
    specification_story,
    transfer_story,
    unused_story,
)
from implement.demo.hall_story import DEMO_LOGINS, DEMO_PASSWORD
from implement.store import Store

__all__ = ["DEMO_LOGINS", "DEMO_PASSWORD", "load"]

log = logging.getLogger(__name__)

Step = Callable[[int, Store], bool]
STEPS: tuple[Step, ...] = (
    hall_story.tell,
    audit_story.tell,
    audit_people_story.tell,
    specification_story.tell,
    losses_story.tell,
    transfer_story.tell,
    before_transfer_story.tell,
    repair_story.tell,
    cutover_story.tell,
    drift_story.tell,
    adoption_story.tell,
    examples_story.tell,
    pulse_story.tell,
    remedies_story.tell,
    outside_story.tell,
    handover_story.tell,
    unused_story.tell,
    promised_story.tell,
    choice_story.tell,
    plan_story.tell,
    activity_story.tell,
    meetings_story.tell,
    in_kind_story.tell,
    pilot_story.tell,
    first_weeks_story.tell,
    pay_story.tell,
    pilot_exit_story.tell,
)


def load(app: Flask, say: Callable[[str], None] = log.info) -> int:
    """Load what is missing of the demonstration and return its rollout; a second call changes nothing."""
    store: Store = app.extensions["implement_store"]
    with app.test_request_context(), writing():
        rollout_id = hall_story.begin(utc_now())
        db.session.commit()
        for step in STEPS:
            if step(rollout_id, store):
                say(f"demonstration: {step.__module__.rsplit('.', 1)[-1].removesuffix('_story')} is loaded")
            db.session.commit()
    return rollout_id
