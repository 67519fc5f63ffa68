"""The demonstration's transfer, with its lost chunk, doubles and torn relations, is mended by its repair files."""

import csv
from pathlib import Path

from implement.demo.after_state import LEGACY, write_export
from implement.engine.repair import INSERT
from tests.engine.repair.firm import Crm, compare


def test_the_demonstration_is_mended_by_its_repair_files(tmp_path: Path) -> None:  # M29
    crm = Crm({path.stem: read(path) for path in write_export(tmp_path / "after")}, own_ids=False)
    found, repair = compare(LEGACY, tmp_path / "after")
    assert found.harmful > 1500
    for table in repair.tables:
        assert table.kind != INSERT or "Id" not in table.rows.column_names
    crm.take(repair.tables)
    number_anew(crm.tables["deals"])
    again, _repair = compare(LEGACY, crm.write(tmp_path / "repaired"))
    assert again.harmful == 0


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def number_anew(rows: list[dict[str, str]]) -> None:
    """Give imported deals ids, as the CRM does."""
    for place, row in enumerate(rows, start=1):
        row["Id"] = row["Id"] or f"N-{place:06d}"
