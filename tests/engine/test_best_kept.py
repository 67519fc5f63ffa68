"""The best-kept deals beside the others, with figures worked out by hand; one voice for each person."""

from datetime import date, datetime, time, timedelta
from typing import Any

from implement.engine.best_kept import choose_examples, choose_runs, compare_best_kept, is_kept_best
from implement.engine.deal_runs import DealRun

BEGAN = datetime.combine(date(2026, 3, 2), time(9))
LED = (("Meeting", 4.0), ("Offer", 8.0), ("Won", 14.0))


def a_run(owner: str, **said: Any) -> DealRun:
    known = {"key": owner, "is_won": True, "steps": LED, "filled": 0.9, "notes": 4, "late": 0, "handovers": 0}
    span = {"began": BEGAN, "ended": BEGAN + timedelta(days=14), "people": frozenset({owner})}
    return DealRun(owner=owner, **{**known, **span, **said})


def runs_of(people: int, each: int, prefix: str = "p", **said: Any) -> list[DealRun]:
    return [a_run(f"{prefix}{n}", key=f"{prefix}{n}-{k}", **said) for n in range(people) for k in range(each)]


def test_kept_best_is_won_and_recorded_as_it_went() -> None:  # M31
    at_once = (("Meeting", 14.0), ("Offer", 14.0), ("Won", 14.1))
    cases = [a_run("a"), a_run("a", is_won=False), a_run("a", late=1), a_run("a", steps=at_once)]
    assert [is_kept_best(run) for run in cases] == [True, False, False, False]


def test_spacing_and_notes_stand_beside_the_others_with_their_numbers() -> None:
    slow = (("Meeting", 10.0), ("Won", 14.0))
    pattern = compare_best_kept(runs_of(5, 2) + runs_of(6, 2, "q", late=3, notes=1, steps=slow))
    assert pattern is not None
    assert (pattern.deals, pattern.people, pattern.rest_deals, pattern.rest_people) == (10, 5, 12, 6)
    assert [step.name for step in pattern.steps] == ["Meeting", "Offer", "Won"]
    meeting, offer = (step.days for step in pattern.steps[:2])
    assert meeting is not None and (meeting.best.value, meeting.rest.value, meeting.high) == (4, 10, -6)
    assert offer is None and pattern.steps[1].best_days is not None and pattern.steps[1].best_days.value == 8
    notes = next(one for one in pattern.measures if one.name == "notes")
    assert (notes.best.value, notes.rest.value, notes.is_clear) == (2, 0.5, True)


def test_whoever_runs_many_deals_has_one_voice() -> None:
    busy = runs_of(1, 40, "busy", notes=20)
    pattern = compare_best_kept(busy + runs_of(9, 2) + runs_of(6, 2, "q", late=1))
    assert pattern is not None
    notes = next(one for one in pattern.measures if one.name == "notes")
    assert (notes.best.value, notes.best.deals, notes.best.people) == (2.8, 58, 10)
    assert notes.low <= 0.8 <= notes.high


def test_a_stage_that_few_people_pass_tells_no_days_of_them() -> None:  # R11
    odd = (("Visit", 3.0), *LED)
    pattern = compare_best_kept(runs_of(6, 4) + runs_of(3, 4, "odd", steps=odd) + runs_of(6, 4, "q", late=1, steps=odd))
    assert pattern is not None
    visit = next(step for step in pattern.steps if step.name == "Visit")
    assert visit.days is None and visit.share is not None and visit.share.best.people == 9


def test_too_few_deals_of_either_kind_are_not_compared() -> None:
    assert compare_best_kept(runs_of(6, 3)) is None
    assert compare_best_kept(runs_of(6, 3) + runs_of(3, 3, "q", late=1)) is None


def test_deals_of_fewer_than_five_who_did_not_agree_are_left_out() -> None:
    runs = runs_of(4, 5) + runs_of(6, 2, "q", late=1)
    assert {run.owner[0] for run in choose_runs(runs, frozenset())} == {"q"}
    assert {run.owner for run in choose_runs(runs, frozenset({"p0"})) if is_kept_best(run)} == {"p0"}
    everybody = frozenset({"p0", "p1", "p2", "p3"})
    assert len(choose_runs(runs, everybody)) == len(runs)


def test_an_example_is_the_latest_of_whoever_agrees_and_of_nobody_else() -> None:
    later = BEGAN + timedelta(days=30)
    shared = a_run("ann", key="shared", ended=later, people=frozenset({"ann", "bob"}))
    runs = [a_run("ann", key="old"), a_run("ann", key="new"), a_run("eve", key="hers"), shared]
    found = choose_examples(runs, frozenset({"ann"}))
    assert {owner: run.key for owner, run in found.items()} == {"ann": "new"}
    assert choose_examples(runs, frozenset()) == {}
