"""A case is opened by a run, given to an owner, repaired, closed by the next run, opened again when it comes back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, scoped_session

from implement.commands.migrate import migrate_to
from implement.db import db, utc_now
from implement.rollout.service import tasks
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import find_broken_row
from implement.rollout.tables import OutboxMail, Task, User
from implement.stages.transfer.registered import measure_unexplained
from implement.stages.transfer.service import cases as service
from implement.stages.transfer.service.case_list import find_mine, list_history, list_sightings
from implement.stages.transfer.service.findings import Row, Wanted, fetch_findings
from implement.stages.transfer.tables import Case as TransferCase
from implement.stages.transfer.tables import TransferRun
from implement.web.access import Role
from tests import builders
from tests.rooms.transfer_case import CHANGED, CONTACTS, DEALS_AFTER, DEALS_BEFORE, DEALS_WHOLE, Case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]
DUE = date(2026, 5, 4)
LOST = [line for line in DEALS_BEFORE.splitlines() if b"Prospecting" in line]


def test_each_cause_that_a_run_finds_becomes_a_case(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    found = {one.fate: one for one in list_cases(case)}
    assert {fate: (one.findings, one.state) for fate, one in found.items()} == {
        "dropped": (40, "open"),
        "value_changed": (5, "open"),
    }


def test_a_run_that_no_longer_finds_it_closes_the_case(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    case.hand_in("target", "deals.csv", DEALS_WHOLE)
    case.run()
    dropped = find(case, "dropped")
    assert (dropped.state, dropped.findings) == ("closed", 0)
    assert [(line.kind, line.run_number) for line in list_history(dropped)] == [("opened", 1), ("closed", 2)]
    assert find(case, "value_changed").state == "open"


def test_a_case_that_comes_back_is_opened_again(session: Database) -> None:
    case = a_mapped_case()
    for deals in (DEALS_AFTER, DEALS_WHOLE, DEALS_AFTER + b"\n"):
        case.hand_in("target", "deals.csv", deals)
        case.run()
    dropped = find(case, "dropped")
    assert (dropped.state, dropped.findings) == ("reopened", 40)
    assert [line.run_number for line in list_history(dropped)] == [1, 2, 3]


def test_a_case_goes_on_when_only_some_of_its_records_were_repaired(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    case.hand_in("target", "deals.csv", DEALS_AFTER + b"\n".join([*LOST[:38], b""]))
    case.run()
    dropped = find(case, "dropped")
    assert (dropped.number, dropped.state, dropped.first_findings, dropped.findings) == (1, "open", 40, 2)
    assert [(seen.run_number, seen.findings) for seen in list_sightings(dropped)] == [(2, 2), (1, 40)]


def test_a_table_that_was_not_compared_closes_nothing(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    service.settle(find(case, "value_changed"), "waived", name="Alice", reason="Known.", by=case.carol, now=utc_now())
    leave_out_deals(case)
    case.run()
    assert [one.state for one in list_cases(case)] == ["open", "waived"]


def test_what_is_said_to_be_repaired_is_checked_by_the_next_run(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    steer = {"roles": frozenset({Role.LEAD}), "by": case.carol, "now": utc_now()}
    service.say_repaired(find(case, "dropped"), **steer)
    assert find(case, "dropped").state == "repaired"
    case.run()
    assert find(case, "dropped").state == "reopened"


def test_a_waiver_ends_when_more_is_found_than_was_waived(session: Database) -> None:
    case = a_mapped_case()
    case.hand_in("target", "deals.csv", DEALS_AFTER + b"\n".join([*LOST[:10], b""]))
    case.run()
    waive(case, find(case, "dropped"))
    assert unexplained(case) == 5
    case.hand_in("target", "deals.csv", DEALS_AFTER)
    case.run()
    assert (find(case, "dropped").state, unexplained(case)) == ("reopened", 45)


def test_a_withdrawn_waiver_stays_on_record_and_counts_no_more(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    dropped = find(case, "dropped")
    waive(case, dropped)
    service.withdraw(dropped, name="Alice", reason="A mistake.", by=case.carol, now=utc_now())
    assert [line.kind for line in list_history(dropped)] == ["opened", "waived", "withdrawn"]
    assert (dropped.state, unexplained(case)) == ("open", 45)


def test_a_single_record_becomes_a_case_of_its_own(session: Database) -> None:
    case = a_mapped_case()
    run = case.run()
    one, same = (open_record(case, run, "D0003") for _ in range(2))
    assert (one.id, one.number, one.source_id, one.findings) == (same.id, 3, "D0003", 1)
    waive(case, one)
    assert unexplained(case) == 44
    case.hand_in("target", "deals.csv", DEALS_BEFORE)
    case.run()
    assert one.state == "closed"


def test_the_case_of_a_record_follows_it_through_the_runs(session: Database) -> None:
    case = a_mapped_case()
    one = open_record(case, case.run(), "D0003")
    case.hand_in("target", "deals.csv", DEALS_WHOLE)
    case.run()
    assert (one.state, [seen.run_number for seen in list_sightings(one)]) == ("open", [2, 1])
    assert find(case, "value_changed").findings == len(CHANGED)


def test_nothing_harmless_becomes_a_case(session: Database) -> None:
    case = a_mapped_case(DEALS_BEFORE + b"D0990,C001,Won,1,2024-01-10,Ada\n")
    run = case.run()
    with pytest.raises(RuleBroken, match="Only a harmful finding"):
        service.open_record_case(run, list_rows(case, run)[0], by=case.carol, now=utc_now())


def test_the_owner_has_a_task_that_ends_with_the_case(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    henry = give(case, "dropped")
    mine = find_mine(case.rollout_id, henry.id)
    assert mine is not None and (mine.cases, mine.due, mine.number) == (1, DUE, 1)
    case.hand_in("target", "deals.csv", DEALS_WHOLE)
    case.run()
    assert find_mine(case.rollout_id, henry.id) is None
    assert session.scalars(select(Task.done_at)).one() is not None


def test_an_overdue_case_is_escalated_to_whoever_gave_it(session: Database) -> None:  # M44
    case = a_mapped_case()
    case.run()
    henry = give(case, "dropped")
    late = {"today": DUE + timedelta(days=1), "now": utc_now()}
    assert tasks.escalate_overdue_tasks(**late) == 1
    assert session.scalars(select(OutboxMail.to)).all() == [case.carol.email]
    given = {"owner_id": henry.id, "due": DUE + timedelta(days=7), "title": "again", "by": case.carol, "now": utc_now()}
    service.assign(find(case, "dropped"), **given)
    assert tasks.escalate_overdue_tasks(today=DUE + timedelta(days=9), now=utc_now()) == 1
    assert len(session.scalars(select(OutboxMail.to)).all()) == 2


def test_the_task_of_a_case_is_not_ticked_off_in_the_hall(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    henry = give(case, "dropped")
    task = session.scalars(select(Task)).one()
    with pytest.raises(RuleBroken, match="open it there"):
        tasks.finish_task(task, roles=frozenset({Role.HEAD}), by=henry, now=utc_now())


def test_only_the_owner_and_those_who_steer_move_a_case_on(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    henry, dropped = give(case, "dropped"), find(case, "dropped")
    stranger = builders.a_member(case.rollout_id, Role.HEAD)
    with pytest.raises(NotAllowed):
        service.begin_repair(dropped, roles=frozenset({Role.HEAD}), by=stranger, now=utc_now())
    service.begin_repair(dropped, roles=frozenset({Role.HEAD}), by=henry, now=utc_now())
    assert dropped.state == "in_repair"


def test_a_closed_case_has_nothing_to_decide(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    case.hand_in("target", "deals.csv", DEALS_WHOLE)
    case.run()
    with pytest.raises(RuleBroken):
        waive(case, find(case, "dropped"))
    with pytest.raises(RuleBroken):
        give(case, "dropped")


def test_everything_about_cases_is_logged_in_an_unbroken_chain(session: Database) -> None:
    case = a_mapped_case()
    open_record(case, case.run(), "D0003")
    give(case, "dropped")
    waive(case, find(case, "value_changed"))
    session.commit()
    assert find_broken_row() is None


def test_what_was_waived_before_there_were_cases_is_waived_after(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    waive(case, find(case, "dropped"))
    session.commit()
    session.remove()
    migrate_to("0002")
    decided = db.session.execute(text("SELECT kind, name FROM transfer_decision")).all()
    db.session.remove()
    migrate_to("head")
    assert [tuple(row) for row in decided] == [("waived", "Alice Lead")]
    assert sorted((one.fate, one.state) for one in list_cases(case)) == [
        ("dropped", "waived"),
        ("value_changed", "open"),
    ]
    assert unexplained(case) == 5


def list_cases(case: Case) -> list[TransferCase]:
    here = TransferCase.rollout_id == case.rollout_id
    return list(db.session.scalars(select(TransferCase).where(here).order_by(TransferCase.number)))


def find(case: Case, fate: str) -> TransferCase:
    return next(one for one in list_cases(case) if one.fate == fate and not one.is_of_record)


def waive(case: Case, one: TransferCase) -> None:
    said = {"name": "Alice Lead", "reason": "They live on in the old system until May."}
    service.settle(one, "waived", **said, by=case.carol, now=utc_now())


def give(case: Case, fate: str) -> User:
    henry = builders.a_member(case.rollout_id, Role.HEAD)
    given = {"owner_id": henry.id, "due": DUE, "title": "Repair it", "by": case.carol, "now": utc_now()}
    service.assign(find(case, fate), **given)
    return henry


def open_record(case: Case, run: TransferRun, name: str) -> TransferCase:
    finding = next(row for row in list_rows(case, run) if row["source_id"] == name)
    return service.open_record_case(run, finding, by=case.carol, now=utc_now())


def list_rows(case: Case, run: TransferRun) -> list[Row]:
    return fetch_findings(run, Wanted(None, ""), store=case.store)


def unexplained(case: Case) -> int:
    measured = measure_unexplained(case.rollout_id, None, utc_now().date())
    assert measured is not None
    return int(measured.value)


def leave_out_deals(case: Case) -> None:
    """Take the deals of both sides out of the next run, and out of its mapping."""
    for side in ("source", "target"):
        case.set_aside(side, "deals.csv")
    case.hand_in("source", "contacts.csv", CONTACTS)
    case.propose()
