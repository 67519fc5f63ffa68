"""The order chain against the clock: due times worked out by hand, the same seed, shares, files with faults."""

from datetime import UTC, date, datetime, timedelta

import pytest

from implement.engine.business_time import BusinessHours
from implement.engine.rehearsal import (
    ChainStep,
    OrderRun,
    SimulationSettings,
    read_runs,
    run_clocks,
    share_by_role,
    share_by_step,
    share_of_all,
    simulate_orders,
)

HOURS = BusinessHours("Europe/Berlin")
CHAIN = (ChainStep("Call back", "Sales", 30), ChainStep("Measure", "Fitter", 120), ChainStep("Price", "Sales", 60))
MONDAY = date(2026, 6, 8)
DAYS = SimulationSettings(orders=24)


def at(said: str) -> datetime:
    """An instant on that Monday and Tuesday, in the firm's local summer time."""
    day, clock = said.split()
    return datetime.fromisoformat(f"2026-06-{day}T{clock}+02:00").astimezone(UTC)


def test_each_clock_starts_when_the_step_before_is_done_and_stops_overnight() -> None:  # M76, M78, M79
    run = OrderRun("17", at("08 17:40"), {0: at("08 17:55"), 1: at("09 11:10")})
    call, measure, price = run_clocks(CHAIN, [run], HOURS)
    assert (call.due_at, call.is_late(at("09 12:00"))) == (at("09 09:10"), False)
    assert (measure.due_at, measure.is_late(at("09 12:00"))) == (at("09 10:55"), True)
    assert (price.begins_at, price.due_at) == (at("09 11:10"), at("09 12:10"))


def test_a_step_that_nobody_does_hangs_and_no_later_clock_has_started() -> None:  # M77
    clocks = run_clocks(CHAIN, [OrderRun("18", at("08 09:00"), {})], HOURS)
    assert [clock.place for clock in clocks] == [0]
    assert [clocks[0].hangs(at(said)) for said in ("08 09:30", "08 09:31")] == [False, True]


def test_a_step_done_before_its_turn_counts_from_its_turn() -> None:
    run = OrderRun("19", at("08 09:00"), {0: at("08 09:20"), 1: at("08 09:10")})
    assert run_clocks(CHAIN, [run], HOURS)[1].done_at == at("08 09:20")


def test_the_same_seed_gives_the_same_orders_and_another_gives_others() -> None:
    drawn = [simulate_orders(CHAIN, HOURS, MONDAY, seed, DAYS) for seed in (7, 7, 8)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(drawn[0]) == 24 and all(len(run.done) == len(CHAIN) for run in drawn[0])


def test_shares_count_only_steps_of_which_it_is_known() -> None:
    runs = [OrderRun("1", at("08 09:00"), {0: at("08 09:30")}), OrderRun("2", at("08 09:00"), {0: at("08 09:31")})]
    clocks, now = run_clocks(CHAIN, runs, HOURS), at("08 11:00")
    call, measure, _price = share_by_step(CHAIN, clocks, HOURS, now)
    assert (call.in_time, call.n, call.middle_minutes) == (1, 2, 30.5)
    assert (measure.n, measure.share) == (0, None)
    assert call.low is not None and call.high is not None and call.low < 0.5 < call.high


def test_roles_add_their_steps_up() -> None:  # M80
    clocks = run_clocks(CHAIN, simulate_orders(CHAIN, HOURS, MONDAY, 1, DAYS), HOURS)
    now = max(clock.due_at for clock in clocks) + timedelta(days=1)
    by_role = share_by_role(CHAIN, clocks, HOURS, now)
    assert [(row.name, row.n) for row in by_role] == [("Sales", 48), ("Fitter", 24)]
    assert sum(row.in_time for row in by_role) == share_of_all(clocks, HOURS, now).in_time


def test_a_file_is_read_in_local_time_and_steps_by_number_or_title() -> None:
    rows = [
        {"Auftrag": "A1", "Schritt": "", "Zeit": "08.06.2026 09:00"},
        {"Auftrag": "A1", "Schritt": "1", "Zeit": "2026-06-08T07:20:00Z"},
        {"Auftrag": "A1", "Schritt": "measure", "Zeit": "2026-06-08 10:00"},
    ]
    runs, faults = read_runs(rows, CHAIN, "Europe/Berlin")
    done = {0: at("08 09:20"), 1: at("08 10:00")}
    assert (runs, faults) == ([OrderRun("A1", at("08 09:00"), done, {0: "", 1: ""})], [])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"order": "", "step": "", "at": "2026-06-08 09:00"}, (2, "order", "empty", "")),
        ({"order": "A", "step": "Paint", "at": "2026-06-08 09:00"}, (2, "step", "no_such_step", "Paint")),
        ({"order": "A", "step": "", "at": "soon"}, (2, "at", "no_instant", "soon")),
        ({"order": "A", "step": "2", "at": "2026-06-08 09:00"}, (1, "order", "no_beginning", "A")),
        ({"order": "A", "when": "2026-06-08 09:00"}, (1, "step", "no_column", "")),
    ],
)
def test_a_fault_names_row_column_and_reason(row: dict[str, str], fault: tuple[int, str, str, str]) -> None:
    _runs, faults = read_runs([row], CHAIN, "Europe/Berlin")
    assert (faults[0].row, faults[0].column, faults[0].code, faults[0].value) == fault
