"""Pay runs: frozen, signed by a second person, adjusted later, verified; nobody is touched without a regulation."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from implement.control.incentives.service import adjusting, decisions, disputes, rules, runs, statements
from implement.control.incentives.service.computing import RunLacks, gather_run
from implement.control.incentives.service.verifying import verify_runs
from implement.control.incentives.tables import PayLine, PayRun, PayStatement
from implement.engine.law import Terms
from implement.engine.pay import read_entry
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.rollouts import get_rollout
from implement.store import FolderStore
from tests.rooms.bound_firm import HANDED_OUT
from tests.rooms.pay_house import AFTER, CLIFF, CONTACTS, HR, MARCH, PAYING, VISITS, PayHouse, a_pay_house

Database = scoped_session[Session]
FULL = {VISITS: 10, CONTACTS: 20}


@pytest.fixture
def house(session: Database) -> PayHouse:
    """A firm that pays."""
    return a_pay_house()


@pytest.fixture
def store(app: Flask) -> FolderStore:
    """Where files are frozen."""
    found: FolderStore = app.extensions["implement_store"]
    return found


def lacks_of(house: PayHouse, run: PayRun) -> list[tuple[int, str, str]]:
    """What a run waits for."""
    with pytest.raises(RunLacks) as lacking:
        gather_run(house.rollout_id, run.id)
    return [(one.person_id, one.kpi, one.what) for one in lacking.value.lacks]


def amounts_of(session: Database, run: PayRun) -> list[tuple[str, int]]:
    """The lines of a run."""
    mine = select(PayStatement.id).where(PayStatement.run_id == run.id)
    asked = select(PayLine.part, PayLine.amount_minor).where(PayLine.statement_id.in_(mine)).order_by(PayLine.id)
    return [(part, minor) for part, minor in session.execute(asked)]


def test_a_run_is_computed_frozen_and_adds_up(session: Database, house: PayHouse, store: FolderStore) -> None:
    house.prepare()
    run = house.compute(store)
    parts = [("plan", 68_000), (f"plan:{VISITS}", 48_000), (f"plan:{CONTACTS}", 20_000)]
    assert amounts_of(session, run) == parts
    assert (run.state, run.total_minor) == ("computed", 68_000)
    entry = read_entry(store.path(run.plan_sha256).read_bytes(), "north.2")
    assert entry["variable_minor"] == 100_000
    assert [verdict.holds for verdict in verify_runs(store)] == [True]


def test_whoever_computed_never_approves_and_nothing_skips_a_state(house: PayHouse, store: FolderStore) -> None:
    house.prepare()
    run = house.compute(store)
    seen, said = run.pay_sha256, {"by": house.hanna, "now": AFTER}
    with pytest.raises(RuleBroken, match="moved on"):
        runs.approve_run(run, seen=seen, roles=HR, store=store, **said)
    runs.check_run(run, seen=seen, by=house.alice, now=AFTER)
    with pytest.raises(NotAllowed, match="Another person approves"):
        runs.approve_run(run, seen=seen, roles=HR, store=store, **said)
    with pytest.raises(RuleBroken, match="computed anew"):
        runs.approve_run(run, seen="0" * 64, roles=HR, store=store, by=house.alice, now=AFTER)
    with pytest.raises(RuleBroken, match="moved on"):
        runs.note_exported(run, note="", **said)


def test_a_run_goes_its_whole_way_and_a_closed_one_stays(house: PayHouse, store: FolderStore) -> None:
    house.prepare()
    run = house.approve(store)
    with pytest.raises(RuleBroken, match="an adjustment changes it"):
        runs.send_back(run, note="wrong", by=house.alice, now=AFTER)
    runs.note_exported(run, note="generic", by=house.hanna, now=AFTER)
    runs.close_run(run, by=house.hanna, now=AFTER)
    assert [step.state for step in runs.list_steps(run.id)] == ["computed", "checked", "approved", "exported", "closed"]
    with pytest.raises(RuleBroken, match="a run of this period already"):
        house.begin()


def test_a_run_sent_back_is_computed_anew_with_the_reason_kept(
    session: Database, house: PayHouse, store: FolderStore
) -> None:
    house.prepare()
    run = house.compute(store)
    with pytest.raises(RuleBroken, match="reason"):
        runs.send_back(run, note=" ", by=house.alice, now=AFTER)
    runs.send_back(run, note="Visits are wrong", by=house.alice, now=AFTER)
    assert amounts_of(session, run) == []
    house.count("north.2", done=FULL)
    assert house.compute(store, run).total_minor == 100_000
    assert [step.note for step in runs.list_steps(run.id)][1] == "Visits are wrong"


def test_missing_figures_block_and_a_signed_decision_carries(house: PayHouse, store: FolderStore) -> None:
    house.prepare()
    house.agree(house.draft(name="Second"), "south.2")
    run = house.begin()
    south = house.firm.people["south.2"]
    assert lacks_of(house, run) == [(south, "", "no_rule")]
    house.agree(rules_version(house), "south.2")
    assert {what for _who, _kpi, what in lacks_of(house, run)} == {"not_acknowledged", "no_target"} - {"no_target"}
    said = {"roles": HR, "by": house.hanna, "now": AFTER}
    with pytest.raises(RuleBroken, match="nothing less than the whole"):
        decisions.decide(run, south, VISITS, payout="0.5", reason="as agreed", **said)
    for kpi in (VISITS, CONTACTS):
        decisions.decide(run, south, kpi, payout="1", reason="She was never told", **said)
    assert house.compute(store, run).total_minor == 168_000


def rules_version(house: PayHouse) -> object:
    """The released rule."""
    row = next(one for one in rules.list_versions(house.rollout_id, released=True))
    return rules.get_version(house.rollout_id, row.version_id)[1]


@pytest.mark.parametrize("missing", ["regulation", "acknowledgement", "feeds_pay"])
def test_no_figure_reaches_pay_without_the_acknowledged_regulation(house: PayHouse, missing: str) -> None:  # R12
    version = house.release(house.draft())
    house.agree(version, "north.2")
    house.plan("north.2")
    house.count("north.2")
    if missing == "acknowledgement":
        house.bind()
    if missing == "feeds_pay":
        listed = tuple(replace(one, feeds_pay=False) for one in PAYING.kpis)
        house.bind("north.2", terms=Terms(kpis=listed))
    what = {"acknowledgement": "not_acknowledged"}.get(missing, "not_listed")
    assert lacks_of(house, house.begin()) == [(house.bob_id, VISITS, what), (house.bob_id, CONTACTS, what)]


def test_under_german_law_the_agreement_must_list_the_figure(session: Database) -> None:  # R6 of the product's rules
    house = a_pay_house(legal_profile="DE")
    version = house.release(house.draft())
    house.agree(version, "north.2")
    house.plan("north.2")
    house.count("north.2")
    assert {what for _who, _kpi, what in lacks_of(house, house.begin())} == {"no_agreement"}


def test_targets_handed_out_late_count_as_reached_until_hr_decides(house: PayHouse, store: FolderStore) -> None:  # R4
    version = house.release(house.draft())
    house.agree(version, "north.2")
    house.plan("north.2", now=datetime(2026, 3, 9, 9, tzinfo=UTC))
    house.count("north.2")
    house.bind("north.2")
    run = house.begin()
    decisions.decide(run, house.bob_id, VISITS, payout="0.5", reason="As reached", roles=HR, by=house.hanna, now=AFTER)
    assert house.compute(store, run).total_minor == 70_000


def test_a_rule_change_inside_the_month_splits_it_and_never_rewrites(
    session: Database, house: PayHouse, store: FolderStore
) -> None:
    first = house.prepare()
    house.count("north.2", done={VISITS: 5, CONTACTS: 20})
    second = rules.begin_next(
        house.rollout_id, first.rule_id, valid_from=date(2026, 3, 16), by=house.hanna, now=HANDED_OUT
    )
    rules.save_draft(second, CLIFF, seen=second.version, by=house.hanna, now=HANDED_OUT)
    house.release(second)
    run = house.compute(store)
    plan = [minor for part, minor in amounts_of(session, run) if part == "plan"]
    assert plan == [31_819, 21_818]  # 10 of 22 days at 70 %, 12 at 40 %
    third = rules.begin_next(house.rollout_id, first.rule_id, valid_from=MARCH[1], by=house.hanna, now=HANDED_OUT)
    with pytest.raises(RuleBroken, match="Pay is computed up to"):
        house.release(third)


def test_an_adjustment_points_at_the_lines_it_changes(session: Database, house: PayHouse, store: FolderStore) -> None:
    house.prepare()
    run = house.approve(store)
    (row,) = statements.list_statements(house.rollout_id, run_id=run.id)
    statement, _run = statements.get_statement(house.own(), row.id)
    said = {"by": house.hanna, "now": AFTER}
    adjustment = adjusting.begin_adjustment(run, **said)
    adjusting.correct_actual(
        adjustment, statement, "north.2", VISITS, "10", reason="Two were lost", store=store, **said
    )
    adjusting.compute_adjustment(adjustment, store=store, **said)
    assert amounts_of(session, adjustment) == [("plan", 12_000), (f"plan:{VISITS}", 12_000), (f"plan:{CONTACTS}", 0)]
    assert None not in list(session.scalars(select(PayLine.adjusts_id).where(PayLine.amount_minor == 12_000)))
    house.approve(store, adjustment)
    again = adjusting.begin_adjustment(run, **said)
    adjusting.correct_actual(again, statement, "north.2", CONTACTS, "20", reason="And these", store=store, **said)
    adjusting.compute_adjustment(again, store=store, **said)
    assert again.total_minor == 20_000
    assert [verdict.holds for verdict in verify_runs(store)] == [True] * 3


@pytest.mark.parametrize(("profile", "total"), [("EU", -48_000), ("DE", None)])
def test_what_was_earned_is_taken_back_only_where_the_law_lets(
    session: Database, store: FolderStore, profile: str, total: int | None
) -> None:  # R5 of the product's rules
    house = a_pay_house()
    house.prepare()
    run = house.approve(store)
    (row,) = statements.list_statements(house.rollout_id, run_id=run.id)
    statement, _run = statements.get_statement(house.own(), row.id)
    said = {"by": house.hanna, "now": AFTER}
    adjustment = adjusting.begin_adjustment(run, **said)
    said["store"] = store
    adjusting.correct_actual(adjustment, statement, "north.2", VISITS, "0", reason="None took place", **said)
    set_profile(house, profile)
    if total is None:
        with pytest.raises(RunLacks) as refused:
            adjusting.compute_adjustment(adjustment, **said)
        assert [(one.person_id, one.what) for one in refused.value.lacks] == [(house.bob_id, "earned")]
    else:
        adjusting.compute_adjustment(adjustment, **said)
        assert adjustment.total_minor == total


def set_profile(house: PayHouse, profile: str) -> None:
    """Another law."""
    get_rollout(house.rollout_id).legal_profile = profile


def test_an_objection_is_answered_by_another_person_with_a_reason(house: PayHouse, store: FolderStore) -> None:
    house.prepare()
    run = house.approve(store)
    (row,) = statements.list_statements(house.rollout_id, person_id=house.bob_id)
    statement, _run = statements.get_statement(house.own(), row.id)
    said = {"by": house.bob, "now": AFTER}
    dispute = disputes.open_dispute(
        house.own(), statement, run, "Two visits are missing", line_id=None, today=AFTER.date(), **said
    )
    assert [one.due for one in disputes.list_disputes(house.rollout_id, only_open=True)] == [date(2026, 4, 16)]
    with pytest.raises(RuleBroken, match="waiting for its answer"):
        disputes.open_dispute(house.own(), statement, run, "Again", line_id=None, today=AFTER.date(), **said)
    with pytest.raises(NotAllowed, match="Another person answers"):
        disputes.reject_dispute(dispute, house.rollout_id, "No", **said)
    with pytest.raises(RuleBroken, match="reason"):
        disputes.reject_dispute(dispute, house.rollout_id, " ", by=house.hanna, now=AFTER)
    adjustment = adjusting.begin_adjustment(run, by=house.hanna, now=AFTER)
    disputes.answer_by_adjustment(dispute, house.rollout_id, adjustment, "You are right", by=house.hanna, now=AFTER)
    assert disputes.list_disputes(house.rollout_id, only_open=True) == []


def test_a_statement_is_ones_own_and_only_once_approved(house: PayHouse, store: FolderStore) -> None:
    house.prepare()
    run = house.compute(store)
    (row,) = statements.list_statements(house.rollout_id, run_id=run.id)
    with pytest.raises(NotFound):
        statements.get_statement(house.own(), row.id)
    assert statements.list_fresh(house.rollout_id, house.bob_id, since=AFTER.date()) == []
    house.approve(store, run)
    assert statements.list_fresh(house.rollout_id, house.bob_id, since=AFTER.date()) == [(row.id, MARCH[0])]
    assert statements.list_fresh(house.rollout_id, house.bob_id, since=date(2026, 4, 3)) == []
    statement, _run = statements.get_statement(house.own(), row.id)
    with pytest.raises(NotFound):
        statements.get_statement(house.own("south.2"), row.id)
    _terms, (shown,) = statements.explain_statement(statement, run, store=store)
    assert "1000.00 EUR × 0.68 is 680.00 EUR" in [step.text for step in shown.steps]
    assert str(shown.pay.total_minor) in statements.write_own(house.rollout_id, house.bob_id, store=store).decode()


def test_verify_finds_a_changed_amount_and_a_harmed_file(
    session: Database, house: PayHouse, store: FolderStore
) -> None:
    house.prepare()
    run = house.approve(store)
    session.execute(update(PayLine).where(PayLine.part == "plan").values(amount_minor=PayLine.amount_minor + 1))
    assert [verdict.code for verdict in verify_runs(store)] == ["lines"]
    store.path(run.plan_sha256).write_bytes(b"{}")
    assert [verdict.code for verdict in verify_runs(store)] == ["harmed"]
