"""A source table divided among several target tables: nothing is lost or extra that only stands elsewhere."""

import itertools
from pathlib import Path

import pytest

from implement.engine.intake import Intake
from implement.engine.mapping import (
    TABLE,
    Also,
    Mapping,
    TableMapping,
    check_mapping,
    mapping_from_yaml,
    mapping_to_yaml,
)
from tests.engine.transfers import propose, run_transfer
from tests.evaluators.foreign.divided import build_divided, damage_divided
from tests.evaluators.foreign.planting import Planter


@pytest.mark.parametrize(("keyed", "told", "alike"), list(itertools.product((True, False), repeat=3)))
def test_what_a_divided_table_lost_is_told(tmp_path: Path, keyed: bool, told: bool, alike: bool) -> None:  # M29
    planter = Planter(build_divided(60, keyed=keyed, told=told, alike=alike))
    damage_divided(planter)
    rows = run_transfer(*planter.firm.write(tmp_path)).findings.to_pylist()
    found = {(row["table"], row["source_id"], row["class"], row["field"]) for row in rows if row["source_id"]}
    assert found == planter.planted


def test_a_record_in_the_wrong_one_of_two_tables_is_a_changed_value(tmp_path: Path) -> None:
    firm = build_divided(60)
    stray = firm.sheets["customers"].arrived.pop()
    firm.sheets["suppliers"].arrived.append(stray)
    rows = run_transfer(*firm.write(tmp_path)).findings.to_pylist()
    found = [(row["source_id"], row["class"], row["field"]) for row in rows if row["source_id"]]
    assert found == [(str(stray["id"]), "value_changed", "Kind")]


def test_the_mapping_names_all_tables_and_what_they_call_otherwise(tmp_path: Path) -> None:
    mapping = propose(*build_divided(60, alike=False).write(tmp_path))
    table = mapping.table("Companies")
    assert table is not None and mapping.only_in_target == ()
    assert (table.target, table.also) == ("customers", (Also("suppliers", (("customer_name", "supplier_name"),)),))
    kind = table.column("Kind")
    assert kind is not None
    assert (kind.target, dict(kind.values)) == (TABLE, {"C": "customers", "S": "suppliers"})
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping


def test_a_further_table_that_is_not_there_is_a_fault() -> None:
    mapping = Mapping((TableMapping("a", "b", also=(Also("c"),)),))
    faults = check_mapping(mapping, Intake(()), Intake(()))
    assert [fault.values for fault in faults] == [("a",), ("b",), ("c",)]
