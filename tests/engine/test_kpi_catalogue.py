"""The catalogue of countable activities: expert KPIs, each with its other side and the way it is gamed."""

from implement.control.activity.service.catalogue import CATALOGUE
from implement.engine.activity.kpis import ACTIONS, OBJECTS, QUALITY, VOLUME
from implement.engine.checklist.kpis import load_kpis

KPIS = load_kpis(CATALOGUE)


def test_there_are_a_dozen_kpis_and_more_on_both_sides() -> None:  # M123
    assert len(KPIS) >= 12
    sides = [one.kpi.side for one in KPIS]
    assert min(sides.count(VOLUME), sides.count(QUALITY)) >= 5


def test_each_stands_beside_another_one() -> None:
    by_key = {one.kpi.key: one.kpi for one in KPIS}
    assert {by_key[one.beside].key for one in by_key.values()} <= by_key.keys()
    assert all(one.beside != key for key, one in by_key.items())


def test_what_the_crm_tells_names_events_of_the_exchange_format() -> None:  # M123
    counted = [one.kpi for one in KPIS if one.kpi.is_counted]
    assert len(counted) >= 10
    assert {one.record for one in counted} <= set(OBJECTS)
    assert {action for one in counted for action in one.actions} <= set(ACTIONS)
    assert all(one.kpi.minutes >= one.kpi.typing_minutes for one in KPIS if one.kpi.side == VOLUME)
