"""Scenarios from the acceptance tests of the requirements, tried by named testers before people use it (M18)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from implement.db import db
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import lock_rollout
from implement.stages.pilot.service import defects
from implement.stages.pilot.tables import Scenario, Trial
from implement.stages.specification.service.requirements import AcceptanceTest, list_tests
from implement.store import StoredFile
from implement.web.access import STEERING, Role, Standing
from implement.web.texts import lazy

PASSED, FAILED, BLOCKED, UNTRIED = "passed", "failed", "blocked", "untried"
TESTERS = STEERING | {Role.HEAD, Role.SALESPERSON}


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario with its requirement, its tester and how its newest valid trial went."""

    id: int
    requirement_id: int
    number: int
    priority: str
    requirement: str
    text: str
    tester_id: int | None
    state: str
    tried_at: datetime | None
    is_renewed: bool


@dataclass(frozen=True)
class Said:
    """What a tester says of a trial: result, what was seen, the defect that was found (empty: none) and its gravity."""

    result: str
    note: str
    defect: str
    gravity: str


def count_news(rollout_id: int) -> int:
    """How many acceptance tests have no scenario yet, or read otherwise than theirs."""
    known = {one.requirement_id: one.text for one in _list(rollout_id)}
    return sum(known.get(one.requirement_id) != one.test for one in list_tests(rollout_id))


def take_up_tests(rollout_id: int, *, by: Actor, now: datetime) -> int:
    """Make a scenario of each acceptance test; one whose words changed is to be tried again. Returns how many."""
    lock_rollout(rollout_id)
    known = {one.requirement_id: one for one in _list(rollout_id)}
    changed = 0
    for test in list_tests(rollout_id):
        row = known.get(test.requirement_id)
        if row is None:
            row = Scenario(rollout_id=rollout_id, requirement_id=test.requirement_id, text="")
            db.session.add(row)
        if row.text != test.test:
            row.text, row.text_at, changed = test.test, now, changed + 1
    if changed:
        db.session.flush()
        log_write("take_up_tests", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, scenarios=changed)
    return changed


def list_scenarios(rollout_id: int) -> list[ScenarioRow]:
    """The scenarios of the requirements that stand, by their numbers."""
    tests = {one.requirement_id: one for one in list_tests(rollout_id)}
    newest = _find_newest(rollout_id)
    rows = [(row, tests[row.requirement_id]) for row in _list(rollout_id) if row.requirement_id in tests]
    return sorted((_read(row, test, newest.get(row.id)) for row, test in rows), key=lambda one: one.number)


def get_scenario(rollout_id: int, scenario_id: int) -> Scenario:
    """A scenario of this rollout."""
    row: Scenario | None = db.session.get(Scenario, scenario_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such scenario."))
    return row


def name_tester(row: Scenario, tester_id: int | None, *, by: Actor, now: datetime) -> None:
    """Say who tries the scenario."""
    able = {user_id for user_id, _name, _email, role, _person in list_members(row.rollout_id) if role in TESTERS}
    if tester_id is not None and tester_id not in able:
        raise RuleBroken(lazy("A tester belongs to this rollout and works with the CRM."))
    row.tester_id = tester_id
    db.session.flush()
    log_write("name_tester", f"scenario:{row.id}", by=by, now=now, rollout_id=row.rollout_id, tester_id=tester_id)


def try_scenario(
    row: Scenario, said: Said, *, evidence: tuple[str, StoredFile] | None, standing: Standing, by: Actor, now: datetime
) -> Trial:
    """Write down how a trial went; a found defect comes into the register, a passed retest closes what it proves."""
    if by.id != row.tester_id and not standing.roles & STEERING:
        raise NotAllowed(lazy("A scenario is tried by its tester."))
    if said.result != PASSED and not said.note.strip() and not said.defect.strip():
        raise RuleBroken(lazy("Say what you saw, so that somebody can mend it."))
    trial = Trial(scenario_id=row.id, result=said.result, note=said.note.strip(), by_id=by.id, by_name=by.name, at=now)
    if evidence is not None:
        trial.file_name, trial.sha256 = evidence[0][:255], evidence[1].sha256
    db.session.add(trial)
    db.session.flush()
    log_write("try_scenario", f"scenario:{row.id}", by=by, now=now, rollout_id=row.rollout_id, result=said.result)
    if said.defect.strip():
        defects.note_defect(row.rollout_id, said.defect, said.gravity, scenario_id=row.id, by=by, now=now)
    elif said.result == PASSED:
        defects.close_retested(row.rollout_id, row.id, by=by, now=now)
    return trial


def list_trials(row: Scenario) -> list[Trial]:
    """Every trial, the newest first."""
    asked = select(Trial).where(Trial.scenario_id == row.id).order_by(Trial.id.desc())
    return list(db.session.scalars(asked))


def get_evidence(row: Scenario, trial_id: int) -> Trial:
    """A trial of this scenario that has a file."""
    found: Trial | None = db.session.get(Trial, trial_id)
    if found is None or found.scenario_id != row.id or not found.sha256:
        raise NotFound(lazy("There is no such file."))
    return found


def _list(rollout_id: int) -> list[Scenario]:
    return list(db.session.scalars(select(Scenario).where(Scenario.rollout_id == rollout_id)))


def _find_newest(rollout_id: int) -> dict[int, Trial]:
    """The newest trial of each scenario."""
    last = (
        select(func.max(Trial.id))
        .join(Scenario, Scenario.id == Trial.scenario_id)
        .where(Scenario.rollout_id == rollout_id)
        .group_by(Trial.scenario_id)
    )
    return {one.scenario_id: one for one in db.session.scalars(select(Trial).where(Trial.id.in_(last)))}


def _read(row: Scenario, test: AcceptanceTest, trial: Trial | None) -> ScenarioRow:
    is_valid = trial is not None and trial.at >= row.text_at
    return ScenarioRow(
        row.id, row.requirement_id, test.number, test.priority, test.requirement, row.text, row.tester_id,
        trial.result if trial is not None and is_valid else UNTRIED, trial.at if trial is not None else None,
        is_renewed=row.text != test.test or (trial is not None and not is_valid),
    )  # fmt: skip
