"""Workers are killed while they read files and while they reconcile: nothing is lost, torn or done twice."""

import io
import random
from collections import Counter

import pytest
from sqlalchemy import func, select

from implement.db import db, utc_now, writing
from implement.jobs import Job, JobState
from implement.rollout.tables import LogRow
from implement.stages.transfer.service import files, runs
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.tables import Discrepancy, TransferFile, TransferRun, TransferTable
from tests.fixtures.scale import Scale
from tests.kill.harness import House
from tests.rooms.transfer_case import CONTACTS, Case, a_case, a_mapped_case
from tests.rooms.transfer_case import read_in_this_process as read_in_this_process

pytestmark = [pytest.mark.own_application, pytest.mark.soak]


def test_files_are_read_once_although_readers_are_killed(house: House, scale: Scale) -> None:
    kills = scale(10, 100, of="kills amid reading a file")
    case = begin(house, a_case)
    house.kill_often(kills, begin=lambda number: hand_in(house, case, number), chance=random.Random(21))
    with house.app.app_context():
        assert set(db.session.scalars(select(TransferFile.state))) == {"read"}
        tables = db.session.execute(select(TransferTable.file_id, TransferTable.row_count)).all()
        assert len(tables) == len({file for file, _ in tables}) == count(TransferFile)
        assert {rows for _, rows in tables} == {30}
        assert count_logged("read_file") == {1}
    assert set(states(house)) == {JobState.DONE}
    assert house.kills_amid_work >= kills / 2


def test_runs_have_one_effect_although_workers_are_killed(
    house: House, scale: Scale, read_in_this_process: None
) -> None:
    kills = scale(10, 100, of="kills amid a reconciliation")
    case = begin(house, a_mapped_case)
    house.kill_often(kills, begin=lambda number: begin_run(house, case), chance=random.Random(22))
    with house.app.app_context():
        found = db.session.execute(select(TransferRun.findings_sha256, TransferRun.harmful).distinct()).all()
        assert [harmful for _, harmful in found] == [45]
        sums = select(func.sum(Discrepancy.findings)).group_by(Discrepancy.run_id)
        assert list(db.session.scalars(sums)) == [45] * count(TransferRun)
        assert count_logged("finish_run") == {1}
    assert set(states(house)) == {JobState.DONE}
    assert house.kills_amid_work >= kills / 2


def begin(house: House, make: type[Case] | object) -> Case:
    with house.app.test_request_context(), writing():
        case: Case = make()  # type: ignore[operator]
        db.session.commit()
        return case


def hand_in(house: House, case: Case, number: int) -> None:
    """Hand in another file when the ones before are read."""
    if house.count_jobs(JobState.QUEUED, JobState.RUNNING):
        return
    content = CONTACTS.replace(b"Person 7", f"Person {number}-7".encode())
    given = {"by": case.carol, "now": utc_now()}
    store = house.app.extensions["implement_store"]
    file = files.add_upload(
        case.rollout_id, "source", f"contacts {number}.csv", io.BytesIO(content), store=store, **given
    )
    files.enqueue_reading(file, **given)


def begin_run(house: House, case: Case) -> None:
    """Begin another run when the one before is finished."""
    if house.count_jobs(JobState.QUEUED, JobState.RUNNING):
        return
    given = {"by": case.carol, "now": utc_now()}
    run = runs.begin_run(case.rollout_id, store=house.app.extensions["implement_store"], workshop=Workshop(), **given)
    runs.enqueue_run(run, **given)


def states(house: House) -> list[str]:
    with house.app.app_context():
        return list(db.session.scalars(select(Job.state)))


def count(table: type) -> int:
    return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def count_logged(action: str) -> set[int]:
    """How often the same thing was logged as done."""
    subjects = db.session.scalars(select(LogRow.subject).where(LogRow.action == action))
    return set(Counter(subjects).values())
