"""Which columns say who changed a record, in the words of many CRMs."""

from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.drift.columns import find_columns
from implement.engine.intake import read_tables
from tests.engine.transfers import write_table


@pytest.mark.parametrize(
    ("by", "on"),
    [
        ("LastModifiedById", "LastModifiedDate"),
        ("modified_by", "modified_on"),
        ("hs_updated_by_user_id", "updated_at"),
        ("Geändert von", "Geändert am"),
        ("Zmodyfikowane przez", "Data modyfikacji"),
        ("Кем изменено", "Дата изменения"),
    ],
)
def test_who_and_when_are_recognised_by_their_names(tmp_path: Path, by: str, on: str) -> None:
    head = ["Id", "Created By", "Created", "Owner", by, on]
    rows = [[f"D{n}", "U7", "01.02.2025", f"U{n % 3}", f"U{n % 2}", f"{n % 20 + 1:02}.03.2025"] for n in range(20)]
    path = write_table(tmp_path / "deals.csv", head, rows)
    with open_backend() as backend:
        found = find_columns(read_tables(path, backend).tables[0], ["Id"], backend)
    assert (found.owner, found.changed_by, found.changed_on, found.layout.order) == ("Owner", by, on, "DMY")
