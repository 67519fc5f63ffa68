"""The demonstration three weeks after the last comparison: a later export of the CRM, in which people worked on."""

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random

from implement.db import utc_now
from implement.demo.after_state import REPAIRED, Row, write_export
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import local_day
from implement.stages.transfer.service import drift
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.runs import find_newest_run
from implement.store import Store
from implement.web.access import Role

SEED = 11
EMPTIED = {"Gladys Colclough": 18, "Violet Mclelland": 12, "Moses Frase": 6, "Corliss Cosme": 5}
DELETED, REASSIGNED, CLOSED, DOUBLED = 12, 25, 60, 3


def tell(rollout_id: int, store: Store) -> bool:
    """Hand a later export in and compare it; False when that was done before."""
    run = find_newest_run(rollout_id)
    if run is None or drift.find_newest_drift(rollout_id) is not None:
        return False
    by, now = login_of(Role.CONSULTANT), utc_now()
    with tempfile.TemporaryDirectory() as folder:
        files = [_keep(path, store) for path in write_later_export(Path(folder), local_day(rollout_id, now))]
    row = drift.begin_drift(run, files, local_day(rollout_id, now), by=by, now=now, workshop=Workshop())
    outcome = drift.compute_drift(drift.gather_drift_work(row, store=store), store=store, workshop=Workshop())
    drift.record_drift(row, outcome, by=by, now=now)
    return True


def write_later_export(folder: Path, today: date) -> list[Path]:
    """Deals and clients of the CRM after three weeks of work; the deals say who changed them last, and when."""
    deals, clients, *_others = write_export(folder, REPAIRED)
    chance = Random(SEED)
    rows = [{**row, "Changed by": "", "Changed on": ""} for row in _read(deals)]
    free = iter(chance.sample(rows, len(rows)))
    for author, count in EMPTIED.items():
        for row in [next(one for one in free if one["Closed"]) for _ in range(count)]:
            _touch(row, chance.choice(["Closed", "Client"]), "", author, today, chance)
    for row in [next(free) for _ in range(REASSIGNED)]:
        _touch(row, "Owner", "Rosalina Dieter" if row["Owner"] != "Rosalina Dieter" else "Markita Hansen",
               "Dustin Brinkmann", today, chance)  # fmt: skip
    for row in [next(one for one in free if one["Phase"] == "Engaging") for _ in range(CLOSED)]:
        _touch(row, "Phase", "Lost", row["Owner"], today, chance)
    gone = {id(next(free)) for _ in range(DELETED)}
    doubled = [{**next(free), "Id": f"D-9{number:05d}"} for number in range(DOUBLED)]
    return [_write(deals, [row for row in rows if id(row) not in gone] + doubled), clients]


def _touch(row: Row, column: str, value: str, author: str, today: date, chance: Random) -> None:
    changed_on = today - timedelta(days=chance.randrange(1, 20))
    row |= {column: value, "Changed by": author, "Changed on": changed_on.strftime("%d.%m.%Y")}


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _write(path: Path, rows: list[Row]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def _keep(path: Path, store: Store) -> tuple[str, str]:
    with path.open("rb") as stream:
        return drift.keep_upload(path.name, stream, store=store)
