"""Two records are one although their cells stand in each other's fields."""

import numpy as np
import pytest

from implement.engine.coded import code_texts
from implement.engine.reconcile.arrived.rows import Rows
from implement.engine.reconcile.links.likeness import agree_wholly
from implement.engine.reconcile.links.linking import link_rows
from implement.engine.reconcile.links.paired import PairedRows
from implement.engine.reconcile.links.weights import Judge
from implement.engine.reconcile.settings import DEFAULT_RECONCILE_SETTINGS

HEAD = ("name", "city", "note", "since", "owner")
JUDGE = Judge(dict.fromkeys(HEAD, 6.0), {}, DEFAULT_RECONCILE_SETTINGS, naming=frozenset({"name", "note"}))
OLD = ("Anna Berg", "Köln", "asked for a quote", "2024-05-01", "Alice")


def _rows(*rows: tuple[str, ...]) -> Rows:
    cells = {name: code_texts([row[place] for row in rows]) for place, name in enumerate(HEAD)}
    numbers = list(range(1, len(rows) + 1))
    return Rows(numbers, [str(number) for number in numbers], [""] * len(rows), cells, cells)


@pytest.mark.parametrize(
    ("found", "fields_against"),
    [
        (("Köln", "Anna Berg", "asked for a quote", "2024-05-01", "Bob"), 1),
        (("KÖLN", "anna  berg", "2024-05-01", "asked for a quote", "Alice"), 0),
        (("Köln", "Anna Bergmann", "asked for a quote", "2024-05-01", "Alice"), 2),
        (("Köln", "Köln", "asked for a quote", "2024-05-01", "Alice"), 1),
    ],
)
def test_only_what_stands_in_each_others_field_stops_contradicting(found: tuple[str, ...], fields_against: int) -> None:
    alike = JUDGE.compare(_rows(OLD), 0, _rows(found), 0)
    assert alike.fields_contradicted == fields_against
    assert link_rows(PairedRows(_rows(OLD), _rows(found), JUDGE), [0], [0]) == {0: 0}


@pytest.mark.parametrize(
    "found", [OLD, ("Köln", "Anna Berg", "", "2024-01-05", "Bob"), ("Anna Ber", "Bonn", "", "", "")]
)
def test_many_pairs_are_judged_as_one_is(found: tuple[str, ...]) -> None:
    alike = JUDGE.compare(_rows(OLD), 0, _rows(found), 0)
    many = agree_wholly((np.zeros(1, dtype=int), np.zeros(1, dtype=int)), PairedRows(_rows(OLD), _rows(found), JUDGE))
    assert (many.agreed[0], many.contradicted[0]) == pytest.approx((alike.agreed, alike.contradicted))
    assert (many.named[0], many.named_next[0]) == (alike.identified, alike.identified_next)


def test_a_record_with_two_pairs_of_exchanged_fields_is_linked() -> None:
    moved = ("asked for a quote", "2024-05-01", "Anna Berg", "Köln", "Alice")
    stranger = ("Bea Quux", "Bergamo", "wants a visit", "2024-05-01", "Alice")
    assert list(link_rows(PairedRows(_rows(OLD), _rows(stranger, moved), JUDGE), [0], [0, 1]).items()) == [(0, 1)]
