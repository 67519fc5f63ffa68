"""Repair files of tables that were united or divided mend what each of them lost."""

import csv
from pathlib import Path

import pytest

from tests.engine.repair.firm import Crm, compare
from tests.evaluators.foreign.firms import FIRMS
from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.sheets import Firm

ROUNDS = 3
"""Deals follow a lost contact in the second; a third shows that nothing is left."""


def _open(firm: Firm, folder: Path) -> tuple[Path, Crm]:
    source, target = firm.write(folder)
    tables = {}
    for path in sorted(target.iterdir()):
        with path.open(encoding=firm.new.encoding, newline="") as stream:
            tables[path.stem] = list(csv.DictReader(stream, delimiter=firm.new.separator))
    return source, Crm(tables, own_ids=False)


def _number_new_records(crm: Crm) -> None:
    for name, rows in crm.tables.items():
        for place, row in enumerate(rows):
            if row.get("id") == "":
                row["id"] = f"{name}{place}"


@pytest.mark.parametrize("firm", ["united", "divided"])
def test_importing_the_files_mends_every_part(tmp_path: Path, firm: str) -> None:  # M29
    build, damage = FIRMS[firm]
    planter = Planter(build(60))
    damage(planter)
    source, crm = _open(planter.firm, tmp_path)
    harmful = []
    for number in range(ROUNDS):
        found, repair = compare(source, crm.write(tmp_path / f"new{number}"))
        harmful.append(found.harmful)
        crm.take(repair.tables)
        _number_new_records(crm)
    assert harmful[0] == len(planter.planted)
    assert harmful[-1] == 0
