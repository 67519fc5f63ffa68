"""Take batches of programs over: computed apart from the database, written at once."""

from datetime import datetime

from implement.db import db, writing
from implement.rollout.service.api_tokens import HeldToken
from implement.stages.adoption.event_lines import EventLines
from implement.stages.adoption.service import batches
from implement.stages.adoption.tables import EventBatch
from implement.store import Store


def take_batch(
    token: HeldToken, lines: EventLines, *, key: str, sha256: str, store: Store, now: datetime
) -> EventBatch:
    """Take a batch over and commit it; computed anew when the log was changed meanwhile, and once under one key."""
    rollout_id = token.rollout_id
    while True:
        task = batches.prepare(rollout_id, lines, key=key, sha256=sha256, store=store)
        db.session.rollback()
        taken = batches.compute(task, store)
        with writing():
            known = batches.find_batch(rollout_id, key, sha256)
            batch = known or batches.keep(task, taken, token, now=now)
            if batch is not None:
                db.session.commit()
                return batch
            db.session.rollback()
