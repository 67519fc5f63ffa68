"""A mapping is proposed from names and values, survives a file, and its faults are told."""

from pathlib import Path

import pytest

from implement.engine.mapping import MappingFault, mapping_from_bytes, mapping_from_yaml, mapping_to_yaml
from tests.engine.transfers import (
    CLIENT_HEAD,
    DEAL_HEAD,
    build_clients,
    build_deals,
    propose,
    run_transfer,
    write_table,
)

CLIENTS = build_clients()
DEALS = build_deals(CLIENTS)


def _write_both(folder: Path, client_head: list[str], deal_head: list[str], new_ids: bool = False) -> tuple[Path, Path]:
    write_table(folder / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    write_table(folder / "old" / "deals.csv", DEAL_HEAD, DEALS)
    own = {row[0]: f"X{place:06}" if new_ids else row[0] for place, row in enumerate(reversed(CLIENTS))}
    clients = [[own[row[0]], *row[1:]] for row in reversed(CLIENTS)]
    write_table(folder / "new" / "accounts.csv", client_head, clients)
    write_table(folder / "new" / "pipeline.csv", deal_head, [[deal[0], own[deal[1]], *deal[2:]] for deal in DEALS])
    return folder / "old", folder / "new"


def test_columns_called_c1_to_cn_find_their_counterparts(tmp_path: Path) -> None:
    mapping = propose(*_write_both(tmp_path, [f"c{i}" for i in range(5)], [f"c{i}" for i in range(6)]))
    clients = mapping.table("clients")
    assert clients is not None and clients.target == "accounts"
    assert [(c.source, c.target) for c in clients.compared] == sorted(
        zip(CLIENT_HEAD, [f"c{i}" for i in range(5)], strict=True)
    )


def test_references_by_new_ids_are_read_through_linked_parents(tmp_path: Path) -> None:
    source, target = _write_both(tmp_path, ["id", *CLIENT_HEAD[1:]], ["deal_id", "account", *DEAL_HEAD[2:]], True)
    assert run_transfer(source, target).harmful == 0


def test_a_mapping_written_and_read_back_is_the_same(tmp_path: Path) -> None:
    mapping = propose(*_write_both(tmp_path, CLIENT_HEAD, DEAL_HEAD))
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping


def test_every_fault_of_an_edited_mapping_is_told() -> None:
    with pytest.raises(MappingFault) as told:
        mapping_from_yaml("tables: [{target: x, columns: [{source: a, kind: colour}], sure: 7, keys: {}}]")
    assert [(fault.column, fault.code) for fault in told.value.faults] == [
        ("tables[1]", "mapping_missing"),
        ("tables[1]", "mapping_setting"),
        ("tables[1].columns[1]", "mapping_kind"),
        ("tables[1].sure", "mapping_sure"),
    ]


@pytest.mark.parametrize(
    ("content", "code", "values"),
    [
        (b"tables: [\n  {source: a", "mapping_not_yaml", ("2", "13")),
        ("tables: [{source: \xe4}]".encode("latin-1"), "mapping_not_utf8", ()),
        (b"only_in_target: [x]", "mapping_no_tables", ()),
        (b"- a", "mapping_not_names", ("['a']",)),
    ],
)
def test_a_file_that_is_no_mapping_is_refused_with_its_place(
    content: bytes, code: str, values: tuple[str, ...]
) -> None:
    with pytest.raises(MappingFault) as told:
        mapping_from_bytes(content)
    assert (told.value.faults[0].code, told.value.faults[0].values) == (code, values)


def test_what_stands_before_values_is_letters_and_digits() -> None:
    with pytest.raises(MappingFault) as told:
        mapping_from_yaml("tables: [{source: t, columns: [{source: a, target_writing: {prefixes: '49|('}}]}]")
    assert [fault.column for fault in told.value.faults] == ["t.columns[1].prefixes"]
