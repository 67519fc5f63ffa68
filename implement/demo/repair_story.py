"""The demonstration after its first comparison: cases get owners, a part is repaired, a second run closes what is."""

import tempfile
from datetime import timedelta
from pathlib import Path

from implement.db import utc_now
from implement.demo.after_state import REPAIRED, write_export
from implement.demo.hall_story import login_of
from implement.demo.transfer_story import TARGET, hand_in
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.threads import say
from implement.rollout.tables import User
from implement.stages.transfer.service import case_list, cases, repairs
from implement.stages.transfer.service.comparison import list_finished_runs
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.runs import run_reconciliation
from implement.stages.transfer.service.totals import hold_all_totals
from implement.stages.transfer.tables import Case
from implement.store import Store
from implement.web.access import STEERING, Role

BEFORE_REPAIR = 2  # the rehearsal, and the first comparison of everything
REPAIRED_AGO = timedelta(days=21)
WAIVER = "The CRM keeps no empty amounts. A zero on an open deal is replaced by the true amount when it is closed."


def tell(rollout_id: int, store: Store) -> bool:
    """Give cases to people, waive one, repair a part and run again; False when that was done before."""
    if len(list_finished_runs(rollout_id)) > BEFORE_REPAIR:
        return False
    consultant, lead, head = (login_of(role) for role in (Role.CONSULTANT, Role.LEAD, Role.HEAD))
    lost = case_list.list_largest(rollout_id, "dropped")
    for case in lost[:1]:
        _give(case, lead, 3, by=consultant)
        _discuss(case, lead, consultant)
        cases.begin_repair(case, roles=STEERING, by=lead, now=utc_now())
    for case in lost[1:2]:
        _give(case, consultant, 1, by=lead)
        cases.say_repaired(case, roles=STEERING, by=consultant, now=utc_now())
    for case in case_list.list_largest(rollout_id, "wrong_relation")[:1]:
        _give(case, head, 6, by=consultant)
    for case in case_list.list_largest(rollout_id, "value_filled")[:1]:
        cases.settle(case, "waived", name=lead.name, reason=WAIVER, by=lead, now=utc_now())
    _run_again(rollout_id, store, consultant)
    return True


def _give(case: Case, owner: User, days: int, *, by: User) -> None:
    due = local_day(case.rollout_id, utc_now()) + timedelta(days=days)
    title = cases.task_title(case, owner.id)
    cases.assign(case, owner_id=owner.id, due=due, title=title, by=by, now=utc_now())


def _discuss(case: Case, lead: User, consultant: User) -> None:
    said = (
        (consultant, "All of them are open deals of the region West. Was their import ever started?"),
        (lead, "It was stopped after a time-out and nobody noticed. I import the repair file tonight."),
    )
    for user, text in said:
        say(case.rollout_id, cases.subject_of(case), text, by=user, now=utc_now())


def _run_again(rollout_id: int, store: Store, by: User) -> None:
    """Hand in the next export, run, and put together what still has to be repaired."""
    with tempfile.TemporaryDirectory() as folder:
        hand_in(rollout_id, TARGET, write_export(Path(folder), REPAIRED), store, by)
    run = run_reconciliation(rollout_id, store=store, by=by, now=utc_now() - REPAIRED_AGO)
    hold_all_totals(run, store=store)
    repairs.make_repair(run, store=store, workshop=Workshop(), by=by, now=utc_now())
