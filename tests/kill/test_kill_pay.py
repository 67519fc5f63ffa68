"""Somebody is killed amid computing, approving and exporting pay: nothing is lost, torn or paid twice."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import String, cast, func, select, update

from implement.control.incentives.service import office, runs
from implement.control.incentives.service.verifying import verify_runs
from implement.control.incentives.tables import PayFile, PayLine, PayRun, PayStatement
from implement.db import db
from implement.jobs import Job, JobState
from implement.rollout.service.signatures import list_signatures
from implement.rollout.tables import Person
from implement.store import Store
from implement.web.access import Role
from tests import builders
from tests.fixtures.scale import Scale
from tests.kill.harness import House
from tests.kill.paying import NUMBER, WAY, hash_archives
from tests.rooms.paid_month import IN_EURO, OFFICE
from tests.rooms.pay_house import AFTER, PayHouse, a_pay_house

USERS = ("north.1", "north.2", "south.1", "south.2")
LONGEST_BREATH_SECONDS = 0.25


@pytest.mark.soak
def test_pay_runs_survive_kills(house: House, scale: Scale) -> None:
    kills = scale(2, 80, of="kills amid computing pay")
    with house.app.app_context():
        paying = a_pay_house()
        db.session.execute(update(Person).values(number=cast(Person.id + 10_000, String)))
        paying.prepare(*USERS)
        office.set_office(paying.rollout_id, OFFICE, by=paying.hanna, now=AFTER)
        run_id = paying.begin().id
        db.session.commit()
    house.kill_often(kills, begin=lambda number: begin_again(paying, run_id), chance=random.Random(17))
    with house.app.app_context():
        assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}
        assert db.session.scalar(select(func.count(PayStatement.id))) == len(USERS)
        assert db.session.scalar(select(func.count(PayLine.id))) == 3 * len(USERS)
        assert db.session.get_one(PayRun, run_id).total_minor == 68_000 * len(USERS)
        assert [verdict.holds for verdict in verify_runs(house.app.extensions["implement_store"])] == [True]
        computed = [step for step in runs.list_steps(run_id) if step.state == "computed"]
        assert len({step.pay_sha256 for step in computed}) == 1
        assert find_torn_files(run_id, len(computed)) == []


def find_torn_files(run_id: int, times: int) -> list[str]:
    """Each time it was computed there is one whole edition of its files, of the same bytes as all others."""
    asked = select(PayFile.edition, PayFile.kind, PayFile.sha256).where(PayFile.run_id == run_id).order_by(PayFile.id)
    editions: dict[int, list[tuple[str, str]]] = {}
    for edition, kind, sha256 in db.session.execute(asked):
        editions.setdefault(edition, []).append((kind, sha256))
    torn = [f"edition {key}: {files}" for key, files in editions.items() if [kind for kind, _ in files] != [*IN_EURO]]
    is_same = len({tuple(files) for files in editions.values()}) == 1
    return torn if is_same and len(editions) == times else [*torn, f"{len(editions)} editions, same: {is_same}"]


def begin_again(paying: PayHouse, run_id: int) -> None:
    """Send the run back where it was computed, and have it computed; a job that is still open is gone on with."""
    run = runs.get_run(paying.rollout_id, run_id)
    if run.state == "computed":
        runs.send_back(run, note="Once more", by=paying.alice, now=AFTER)
    runs.enqueue_compute(run, by=paying.hanna, now=AFTER, today=AFTER.date())


@pytest.mark.soak
def test_approving_and_exporting_survive_kills(house: House, scale: Scale, tmp_path: Path) -> None:
    kills = scale(3, 120, of="kills amid approving and exporting pay")
    chance, noted = random.Random(19), tmp_path / "noted"
    who = begin_payday(house)
    noted.touch()
    for _ in range(kills):
        so_far = len(read_noted(noted))
        payday = house.start("pay", *(str(one) for one in who), str(noted))
        house.wait_until(lambda so_far=so_far: len(read_noted(noted)) > so_far)  # type: ignore[misc]
        time.sleep(chance.uniform(0, LONGEST_BREATH_SECONDS))
        house.kill(payday)
        with house.app.app_context():
            assert find_torn(house, read_noted(noted)) == []


def begin_payday(house: House) -> tuple[int, ...]:
    """A run of one person that is approved and closed, and who goes on with it."""
    with house.app.app_context():
        paying = a_pay_house()
        db.session.get_one(Person, paying.bob_id).number = NUMBER
        paying.prepare()
        hugo = builders.a_member(paying.rollout_id, Role.HR)
        run = paying.approve(house.app.extensions["implement_store"], by=hugo)
        runs.note_exported(run, note="", by=hugo, now=AFTER)
        runs.close_run(run, by=hugo, now=AFTER)
        office.set_office(paying.rollout_id, OFFICE, by=hugo, now=AFTER)
        db.session.commit()
        return run.id, paying.hanna.id, paying.alice.id, hugo.id


@dataclass(frozen=True)
class Noted:
    """What a payday noted once it was committed."""

    run_id: int
    state: str
    archives: str


def read_noted(path: Path) -> list[Noted]:
    """Every whole line."""
    lines = [line for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]
    return [Noted(int(run_id), state, archives) for run_id, state, archives in map(str.split, lines)]


def find_torn(house: House, noted: list[Noted]) -> list[str]:
    """What was lost, skipped, done twice, or pays something else than all adjustments together say."""
    adjustments = list(db.session.scalars(select(PayRun).where(PayRun.adjusts_id.is_not(None)).order_by(PayRun.number)))
    store = house.app.extensions["implement_store"]
    torn = [f"run {one.run_id} is lost" for one in noted if one.run_id not in {run.id for run in adjustments}]
    for run in adjustments:
        torn += find_torn_steps(run, [one for one in noted if one.run_id == run.id], store)
    torn += [str(one) for one in verify_runs(store) if not one.holds]
    said = [run.number % 10 for run in adjustments if run.state != "draft"] or [8]
    paid = sum(db.session.scalars(select(PayRun.total_minor)))
    return torn if paid == 20_000 + 6_000 * said[-1] else [*torn, f"all runs together pay {paid}"]


def find_torn_steps(run: PayRun, noted: list[Noted], store: Store) -> list[str]:
    """One run stands where its steps say, signed once, with archives of the same bytes as when it was handed over."""
    steps = ("begun", *(step.state for step in runs.list_steps(run.id)))
    signatures = list_signatures(run.rollout_id, runs.subject_of(run))
    written = {one.archives for one in noted} - {"-"}
    holds = {
        "each step once, in order": steps == WAY[: len(steps)],
        "stands where its steps say": run.state == ("draft" if len(steps) == 1 else steps[-1]),
        "nothing noted is lost": {one.state for one in noted} <= set(steps),
        "signed once": len(signatures) == ("approved" in steps),
        "the same archives": not written or written == {hash_archives(run, store)},
    }
    return [f"run {run.id}: not {name}" for name, is_so in holds.items() if not is_so]
