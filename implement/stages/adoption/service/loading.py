"""Load usage in one go, without the background: for the demonstration and for programs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from implement.jobs import JobRefused, Plain
from implement.rollout.service.log import Actor
from implement.stages.adoption.evaluating import evaluate
from implement.stages.adoption.found_tables import HandedIn, find_tables
from implement.stages.adoption.service import scoring, taking
from implement.stages.adoption.service.uploads import note_found, note_upload, write_faults
from implement.stages.adoption.tables import Evaluation
from implement.store import Store


def load_usage(
    rollout_id: int, files: Mapping[str, bytes], *, store: Store, secret: str, by: Actor, now: datetime, today: date
) -> Evaluation | None:
    """Hand in files (name → content), take their tables over as proposed, and score everybody; the caller commits.

    Raises `JobRefused` when a table cannot be used. The same files twice have one effect.
    """
    kept = [HandedIn(name, store.put(BytesIO(content)).sha256) for name, content in files.items()]
    take_files(rollout_id, kept, store=store, by=by, now=now)
    return score_rollout(rollout_id, store=store, secret=secret, by=by, now=now, today=today)


def take_files(
    rollout_id: int, files: Sequence[HandedIn], *, store: Store, by: Actor, now: datetime
) -> dict[str, Plain] | None:
    """Hand in files that are in the store and take their tables over as proposed; returns what came of it."""
    upload = note_upload(rollout_id, files, by=by, now=now)
    note_found(upload, find_tables(files, store), by=by, now=now)
    task = taking.prepare(rollout_id, upload.id, store)
    taken = taking.compute(task, store)
    if taken.is_refused:
        raise JobRefused({"faults": write_faults(taken.faults)})
    return taking.keep(task, taken, by=by, now=now)


def score_rollout(
    rollout_id: int, *, store: Store, secret: str, by: Actor | None, now: datetime, today: date
) -> Evaluation | None:
    """Evaluate everybody as of the last day with events and keep it; None while there are no events."""
    basis = scoring.add_habits(rollout_id, scoring.gather_basis(rollout_id), store, today)
    found = evaluate(basis, today)
    if found is None:
        return None
    return scoring.keep_evaluation(rollout_id, basis.edition, found, secret=secret, by=by, now=now)
