"""Several source tables in one target table: each loses what it lost, under its own name."""

from pathlib import Path

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import counted, propose, run_transfer, write_table
from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.united import Shape, build_united, damage_united

SHAPES = {
    "ids collide": Shape(kind=False),
    "ids do not collide": Shape(kind=False, apart=True),
    "no old ids": Shape(keyed=False, kind=False),
    "no old ids, but a word for each": Shape(keyed=False),
    "headings that say nothing": Shape(renamed=True),
    "nothing but the values": Shape(renamed=True, keyed=False, kind=False),
    "many more of one": Shape(keyed=False, kind=False, leads=8),
}


def _told(found: Reconciliation) -> set[tuple[str, str, str, str]]:
    rows = found.findings.to_pylist()
    return {(row["table"], row["source_id"], row["class"], row["field"]) for row in rows if row["source_id"]}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_what_united_tables_lost_is_told_under_their_own_names(tmp_path: Path, shape: Shape) -> None:  # M29
    planter = Planter(build_united(60, shape=shape))
    damage_united(planter)
    assert _told(run_transfer(*planter.firm.write(tmp_path))) == planter.planted


def test_a_part_that_did_not_arrive_at_all_is_told_as_dropped(tmp_path: Path) -> None:
    firm = build_united(60)
    firm.sheets["calls_2023"].arrived.clear()
    found = run_transfer(*firm.write(tmp_path))
    told = [(row["table"], row["class"]) for row in found.findings.to_pylist() if row["class"] != "reformatted"]
    assert told == [("Calls_2023", "dropped")]


def test_a_row_told_as_of_another_part_is_a_changed_value(tmp_path: Path) -> None:
    firm = build_united(60)
    lead = firm.sheets["leads"].arrived[0]
    lead["kind"] = "contacts"
    assert _told(run_transfer(*firm.write(tmp_path))) == {("Leads", str(lead["id"]), "value_changed", "type")}


def test_a_record_that_only_the_united_table_has_is_extra_once(tmp_path: Path) -> None:
    firm = build_united(60)
    stranger = firm.sheets["contacts"].arrived[0] | {"id": 9_999, "new_id": "new", "mail": "new@example.com"}
    firm.sheets["contacts"].arrived.append(stranger | {"first": "Zoe", "last": "Zett", "phone": "1", "born": None})
    assert counted(run_transfer(*firm.write(tmp_path)))["extra"] == 1


@pytest.mark.parametrize("shape", [Shape(), Shape(kind=False)])
def test_the_mapping_says_whose_the_rows_are_and_is_read_back(tmp_path: Path, shape: Shape) -> None:
    mapping = propose(*build_united(60, shape=shape).write(tmp_path))
    words = {table.source: dict(table.target_rows).get("type") for table in mapping.tables if table.target == "people"}
    assert words == ({"Leads": "lead", "Contacts": "contact"} if shape.kind else {"Leads": None, "Contacts": None})
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping


def test_records_found_by_their_ids_make_united_tables_sure(tmp_path: Path) -> None:
    mapping = propose(*build_united(60, shape=Shape(apart=True)).write(tmp_path))
    sure = {table.source: table.sure for table in mapping.tables if table.target == "people"}
    assert set(sure) == {"Leads", "Contacts"} and min(sure.values()) > 0.85


def test_a_table_copied_into_the_columns_of_another_is_not_united_with_it(tmp_path: Path) -> None:
    firms = [[str(n), f"Firm {n * 7919}", f"office{n * 31}@example.com"] for n in range(1, 61)]
    deals = [[f"D{n}", str(n % 60 + 1), f"Deal {n * 104729}", str(n * 1013)] for n in range(180)]
    named = [[one, firms[int(firm) - 1][1], firms[int(firm) - 1][2], *rest] for one, firm, *rest in deals]
    write_table(tmp_path / "old" / "firms.csv", ["id", "name", "mail"], firms)
    write_table(tmp_path / "old" / "deals.csv", ["id", "firm_id", "title", "amount"], deals)
    write_table(tmp_path / "new" / "deals.csv", ["id", "client", "mail", "title", "amount"], named)
    found = {table.source: table.target for table in propose(tmp_path / "old", tmp_path / "new").tables}
    assert found == {"firms": None, "deals": "deals"}


def test_a_table_that_is_like_another_but_did_not_arrive_is_not_united_with_it(tmp_path: Path) -> None:
    heads = {"accounts": ["id", "name", "mail"], "contacts": ["id", "name", "mail", "account_id"]}
    accounts = [[str(n), f"Firm {n * 7919}", f"office{n * 31}@example.com"] for n in range(1, 61)]
    contacts = [[str(n), f"Person {n * 104729}", f"p{n * 17}@example.org", str(n)] for n in range(1, 61)]
    for name, rows in {"accounts": accounts, "contacts": contacts}.items():
        write_table(tmp_path / "old" / f"{name}.csv", heads[name], rows)
    write_table(tmp_path / "new" / "contacts.csv", heads["contacts"], contacts)
    found = {table.source: table.target for table in propose(tmp_path / "old", tmp_path / "new").tables}
    assert found == {"accounts": None, "contacts": "contacts"}
