"""Cells that hold an array of entries on one side or both, as the interfaces of CRMs write phones and e-mails."""

import json
from pathlib import Path

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import counted, listed, propose, run_transfer, write_table

Entries = list[dict[str, object]]
KINDS = ("office", "private", "mobile")
MAILS = ["" if number % 9 == 4 else f"nurse{number}@ward{number * 7 % 31}.example" for number in range(90)]
PHONES = ["" if number % 9 == 4 else f"0{171 + number % 5} {5550000 + 7919 * number}" for number in range(90)]
DIALLED = [phone and f"+49 ({phone[1:4]}) {phone[5:8]}-{phone[8:]}" for phone in PHONES]
PLACE = 41
SECOND = "second@home.example"


def entry(number: int, value: str, first: bool = True) -> dict[str, object]:
    """One entry as an interface hands it out."""
    return {"kind": KINDS[number % 3], "value": value, "is_primary": first}


def as_arrays(values: list[str]) -> list[Entries]:
    """Each value in an array, blank ones as an empty array or an array of a blank."""
    blanks: list[Entries] = [[], [entry(0, "")]]
    return [[entry(number, value)] if value else blanks[number % 2] for number, value in enumerate(values)]


def written(arrays: list[Entries]) -> list[str]:
    """The arrays as text."""
    return [json.dumps(one, ensure_ascii=False) for one in arrays]


def transfer(folder: Path, old: list[str], new: list[str]) -> Reconciliation:
    """Reconcile nurses with a column that is called otherwise."""
    return transfer_columns(folder, {"reach": old}, {"contactVia": new})


def transfer_columns(folder: Path, old: dict[str, list[str]], new: dict[str, list[str]]) -> Reconciliation:
    """Reconcile nurses with some columns."""
    for side, columns in (("old", old), ("new", new)):
        told = zip(*columns.values(), strict=True)
        rows = [[f"N{n}", f"Nurse {n * 37 % 100}", f"{n * 7919 % 10007}", *cells] for n, cells in enumerate(told)]
        write_table(folder / side / "nurses.csv", ["nurse", "called", "badge", *columns], rows)
    return run_transfer(folder / "old", folder / "new")


TURNED = [json.dumps(one, sort_keys=True, indent=1) for one in as_arrays(MAILS)]
RENAMED = [json.dumps([{"type": one["kind"], "mail": one["value"]} for one in array]) for array in as_arrays(MAILS)]
WAYS = {
    "read": (written(as_arrays(MAILS)), MAILS),
    "written": (MAILS, written(as_arrays(MAILS))),
    "turned": (written(as_arrays(MAILS)), TURNED),
    "renamed": (written(as_arrays(MAILS)), RENAMED),
    "dialled": (written(as_arrays(PHONES)), DIALLED),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_values_in_arrays_are_one_other_writing(tmp_path: Path, way: str) -> None:
    found = transfer(tmp_path, *WAYS[way])
    assert (counted(found), listed(found)) == ({"reformatted": 1}, [])
    mapping = propose(tmp_path / "old", tmp_path / "new")
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping


@pytest.mark.parametrize("way", WAYS)
def test_a_changed_and_a_lost_value_are_told(tmp_path: Path, way: str) -> None:
    old, new = WAYS[way]
    harmed = [*new[:PLACE], new[3], "", *new[PLACE + 2 :]]
    told = [(f"N{PLACE}", "value_changed", "reach"), (f"N{PLACE + 1}", "value_lost", "reach")]
    assert listed(transfer(tmp_path, old, harmed)) == told


@pytest.mark.parametrize(("first", "arrived", "told"), [
    (True, MAILS[PLACE], "truncated"), (False, SECOND, "truncated"), (False, MAILS[PLACE], "value_changed"),
])  # fmt: skip
def test_the_primary_entry_is_the_value_and_others_that_did_not_arrive_are_told(
    tmp_path: Path, first: bool, arrived: str, told: str
) -> None:
    arrays = as_arrays(MAILS)
    arrays[PLACE] = [entry(1, MAILS[PLACE], first), entry(0, SECOND, not first)]
    new = [*MAILS[:PLACE], arrived, *MAILS[PLACE + 1 :]]
    assert listed(transfer(tmp_path, written(arrays), new)) == [(f"N{PLACE}", told, "reach")]


@pytest.mark.parametrize("harmed", [[entry(PLACE + 1, MAILS[PLACE])], [entry(PLACE, MAILS[PLACE], False)]])
def test_another_kind_or_rank_of_an_entry_is_told_where_both_sides_hold_arrays(tmp_path: Path, harmed: Entries) -> None:
    arrays = as_arrays(MAILS)
    arrays[PLACE] = harmed
    found = transfer(tmp_path, written(as_arrays(MAILS)), [json.dumps(one, sort_keys=True) for one in arrays])
    assert listed(found) == [(f"N{PLACE}", "value_changed", "reach")]


def test_arrays_of_entries_that_say_several_things_are_not_read_as_one_of_them(tmp_path: Path) -> None:
    orders: list[Entries] = [[{"value": f"Mask {n}", "pieces": n % 7, "price": n * 3}] for n in range(90)]
    found = transfer(tmp_path / "one", written(orders), [str(one[0]["value"]) for one in orders])
    assert found.harmful > 0
    turned = [json.dumps(one, sort_keys=True) for one in orders]
    assert transfer(tmp_path / "all", written(orders), turned).harmful == 0
    turned[PLACE] = turned[PLACE].replace('"price": 123', '"price": 12')
    assert listed(transfer(tmp_path / "price", written(orders), turned)) == [(f"N{PLACE}", "value_changed", "reach")]


def test_an_array_that_was_copied_as_it_stands_beside_plain_values_is_told(tmp_path: Path) -> None:
    old = written(as_arrays(MAILS))
    new = [*MAILS[:PLACE], old[PLACE], *MAILS[PLACE + 1 :]]
    assert listed(transfer(tmp_path, old, new)) == [(f"N{PLACE}", "value_changed", "reach")]


OTHERS = [mail.replace("@ward", "@home") if number % 6 == 5 else "" for number, mail in enumerate(MAILS)]
ARRAYS = [
    [*array, *([entry(number + 1, OTHERS[number], False)] if OTHERS[number] else [])]
    for number, array in enumerate(as_arrays(MAILS))
]


def test_entries_that_stand_in_columns_of_their_own_did_arrive(tmp_path: Path) -> None:
    apart, together = {"contactVia": MAILS, "secondWay": OTHERS}, {"reach": written(ARRAYS)}
    found = transfer_columns(tmp_path / "apart", together, apart)
    assert (counted(found), listed(found)) == ({"reformatted": 1}, [])
    mapping = propose(tmp_path / "apart" / "old", tmp_path / "apart" / "new")
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping
    assert listed(transfer_columns(tmp_path / "together", apart, together)) == []


def test_one_of_them_that_is_gone_or_another_is_told(tmp_path: Path) -> None:
    others = [*OTHERS[:PLACE], "", *OTHERS[PLACE + 1 : PLACE + 6], OTHERS[5], *OTHERS[PLACE + 7 :]]
    found = transfer_columns(tmp_path / "old", {"reach": written(ARRAYS)}, {"contactVia": MAILS, "secondWay": others})
    told = [(f"N{PLACE}", "truncated", "reach"), (f"N{PLACE + 6}", "value_changed", "reach")]
    assert listed(found) == told
    lost = [array[:1] if number == PLACE else array for number, array in enumerate(ARRAYS)]
    found = transfer_columns(tmp_path / "new", {"contactVia": MAILS, "secondWay": OTHERS}, {"reach": written(lost)})
    assert [(one, field) for one, _, field in listed(found)] == [(f"N{PLACE}", "secondWay")]
