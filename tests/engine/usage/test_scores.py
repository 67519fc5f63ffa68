"""The usage score and its parts, recomputed by hand."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from implement.engine.backend import open_backend
from implement.engine.exchange import read_exchange
from implement.engine.scoring import score
from implement.engine.usage import RowsBehind, add_user_days, weekly_use, weekly_use_of_teams
from implement.engine.usage.posteriors import (
    beta_cdf,
    beta_quantile,
    gamma_cdf,
    gamma_quantile,
    reach_by_beta,
    reach_by_gamma,
    share_of_days_ahead,
)
from tests.engine.usage.logs import PEOPLE, a_log, an_event, read_folder, score_log, working_days, write_table

ARRAY = np.array


@pytest.mark.parametrize(
    ("x", "a", "b", "share"),
    [
        (0.5, 2, 2, 0.5),
        (0.3, 1, 1, 0.3),
        (0.5, 2, 1, 0.25),
        (0.2, 1, 3, 1 - 0.8**3),
        (-1, 2, 2, 0),
        (2, 2, 2, 1),
        (0.9, 60, 2, 61 * 0.9**60 - 60 * 0.9**61),
    ],
)
def test_beta_shares_agree_with_those_worked_out_by_hand(x: float, a: float, b: float, share: float) -> None:
    assert beta_cdf(ARRAY([x]), ARRAY([a]), ARRAY([b]))[0] == pytest.approx(share, abs=1e-8)


@pytest.mark.parametrize(
    ("x", "shape", "share"), [(1, 1, 1 - np.exp(-1)), (2, 2, 1 - 3 * np.exp(-2)), (9, 3, 1 - 50.5 * np.exp(-9))]
)
def test_gamma_shares_agree_with_those_worked_out_by_hand(x: float, shape: float, share: float) -> None:
    assert gamma_cdf(ARRAY([x]), ARRAY([shape]), ARRAY([1.0]))[0] == pytest.approx(share, abs=1e-9)



def test_quantiles_lead_back_to_the_share_they_were_asked_for() -> None:
    a, b = ARRAY([2.0, 0.4, 12.0, 60.0]), ARRAY([1.0, 3.0, 5.0, 2.0])
    for share in (0.05, 0.25, 0.95):
        assert beta_cdf(beta_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-4)
        assert gamma_cdf(gamma_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-4)
    assert beta_quantile(0.25, a, b)[0] == pytest.approx(0.5, abs=1e-6)


def test_what_will_be_reached_of_the_peers_level_agrees_with_integrals_worked_out_by_hand() -> None:
    one, half = ARRAY([1.0]), ARRAY([0.5])
    share, pace = reach_by_beta(half, one, one), reach_by_gamma(one, one, one)
    assert [share.mean, share.variance, share.all] == pytest.approx([3 / 4, 2 / 3 - 9 / 16, 1 / 2])
    assert [pace.mean, pace.variance, pace.all] == pytest.approx([1 - 1 / np.e, 1 - 2 / np.e - 1 / np.e**2, 1 / np.e])


def test_of_a_wholly_unknown_rhythm_each_number_of_active_days_ahead_is_as_likely() -> None:
    assert share_of_days_ahead(2, ARRAY([1.0]), ARRAY([1.0]))[0] == pytest.approx([1 / 3] * 3)


def test_who_works_as_everybody_does_reaches_the_whole_score(tmp_path: Path) -> None:
    row = score_log(tmp_path, a_log()).scores[0]
    assert row.usage == pytest.approx(100)
    assert {part.name: part.n for part in row.parts} == {"use": 40.0, "rhythm": 40.0}
    assert sum(part.weight for part in row.parts) == pytest.approx(1)


def test_parts_count_what_they_say_they_count(tmp_path: Path) -> None:
    day = working_days()[-1]
    more = [
        an_event("alice", day, filled="2", total="4", effective_date="2024-03-01"),
        an_event("alice", day, action="view"),
        an_event("alice", day, object="task", action="assign", target_user="alice"),
        an_event("alice", day, object="task", action="assign", target_user="alice"),
        an_event("alice", day, object="task", action="complete"),
    ]
    parts = {part.name: (part.k, part.n) for part in score_log(tmp_path, a_log() + more).scores[0].parts}
    assert parts == {"use": (81, 40), "rhythm": (40, 40), "complete": (2, 4), "timely": (0, 1), "tasks": (1, 2)}


def test_what_is_four_days_old_is_not_late_and_five_days_is(tmp_path: Path) -> None:
    day = date(2024, 3, 15)
    more = [an_event("alice", day, effective_date=f"2024-03-{old}") for old in (10, 11)]
    parts = {part.name: part for part in score_log(tmp_path, a_log() + more).scores[0].parts}
    assert (parts["timely"].k, parts["timely"].n) == (1, 2)


def test_half_the_pace_of_the_peers_lowers_the_score_and_gives_a_reason(tmp_path: Path) -> None:
    events = [e for n, e in enumerate(a_log()) if e["user"] != "alice" or n % 10 == 0]
    scoring = score_log(tmp_path, events)
    alice, bob = scoring.scores[:2]
    assert alice.usage is not None and bob.usage is not None
    assert alice.usage < 50 < bob.usage
    assert {reason.signal for reason in alice.reasons} == {"use", "rhythm"}
    assert bob.reasons == ()


def test_every_interval_holds_its_own_score(tmp_path: Path) -> None:
    events = [e for n, e in enumerate(a_log()) if n % (2 + PEOPLE.index(e["user"])) == 0]
    for row in score_log(tmp_path, events).scores:
        assert row.usage is not None and row.usage_low is not None and row.usage_high is not None
        assert row.usage_low <= row.usage <= row.usage_high


def test_work_on_behalf_counts_for_the_person_represented(tmp_path: Path) -> None:
    day = working_days()[-1]
    scoring = score_log(tmp_path, [*a_log(), an_event("bob", day, on_behalf_of="alice")])
    used = {row.user: part.k for row in scoring.scores for part in row.parts if part.name == "use"}
    assert (used["alice"], used["bob"]) == (81, 80)


def test_each_figure_leads_back_to_its_rows(tmp_path: Path) -> None:
    more = [an_event("alice", working_days()[-1], action="view"), an_event("alice", working_days()[-1], source="sync")]
    write_table(tmp_path, "events", a_log() + more)
    with open_backend() as backend:
        exchange = read_exchange(tmp_path, backend)
        _, user_days = read_folder(tmp_path)
        part = score(user_days, exchange.workforce).scores[0].parts[0]
        assert exchange.events is not None
        behind = RowsBehind("alice", part.name, part.first_day, part.last_day).find(exchange.events, exchange.columns)
        assert backend.connection.to_pyarrow(behind.count()).as_py() == part.k == 80


def test_new_events_bring_a_stored_roll_up_up_to_date(tmp_path: Path) -> None:
    events = a_log()
    _, first = read_folder(write_table(tmp_path / "first", "events", events[::3]))
    _, rest = read_folder(write_table(tmp_path / "rest", "events", [e for n, e in enumerate(events) if n % 3]))
    _, whole = read_folder(write_table(tmp_path / "whole", "events", events))
    assert add_user_days(first, rest).table.equals(whole.table)


def test_a_week_shows_active_days_among_present_ones(tmp_path: Path) -> None:
    events = [e for e in a_log() if not (e["user"] == "alice" and e["ts"] >= "2024-03-13")]
    users = [{"user": user, "team": "north"} for user in PEOPLE]
    scoring = score_log(tmp_path, events, users=users)
    last = [use for use in weekly_use(scoring.user_days, scoring.exposure, 4) if use.name == "alice"][-1]
    team = weekly_use_of_teams(scoring.user_days, scoring.exposure, 4)[-1]
    assert (last.week, last.active_days, last.present_days, last.records) == (date(2024, 3, 11), 2, 5, 4)
    assert (team.name, team.people, team.active_days, team.present_days) == ("north", 8, 37, 40)
