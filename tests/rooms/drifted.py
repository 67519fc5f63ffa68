"""A rollout that was compared, and a later export of its CRM: three deals deleted, five amounts emptied."""

import io
from datetime import date

from implement.db import utc_now
from implement.rollout.service.owners import OwnerNames
from implement.stages.transfer.service import drift
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.runs import get_run
from implement.stages.transfer.tables import DriftRun
from tests.rooms.transfer_case import CONTACTS as CONTACTS
from tests.rooms.transfer_case import DEALS_AFTER, Case, a_mapped_case

GONE = ("D0000", "D0004", "D0007")
EMPTIED = {"D0001": "Bob", "D0010": "Bob", "D0013": "Bob", "D0016": "Cem", "D0019": "Ada"}
LATER_DAY = date(2026, 3, 24)
NAMED = OwnerNames({name: name for name in ("Ada", "Bob", "Cem")})


def a_compared_case(after: bytes = DEALS_AFTER) -> Case:
    """A rollout whose transfer was compared once."""
    case = a_mapped_case(after)
    case.run()
    return case


def later_deals(deals: bytes = DEALS_AFTER) -> bytes:
    """The CRM's deals some weeks later; the last columns say who changed a deal last, and when."""
    head, *rows = deals.decode().splitlines()
    kept = [_work_on(row.split(",")) for row in rows if row.split(",")[0] not in GONE]
    return "\n".join([f"{head},changed_by,changed_at", *kept, ""]).encode()


def _work_on(cells: list[str]) -> str:
    author = EMPTIED.get(cells[0], "")
    if author:
        cells[3] = ""
    return ",".join([*cells, author, "2026-03-19" if author else ""])


def compare_later(case: Case, **files: bytes) -> DriftRun:
    """Hand a later export in and compare it at once."""
    given = {name.replace("_csv", ".csv"): content for name, content in files.items()}
    kept = [drift.keep_upload(name, io.BytesIO(content), store=case.store) for name, content in given.items()]
    number = drift.choose_run(case.rollout_id)
    assert number is not None
    run, workshop = get_run(case.rollout_id, number), Workshop()
    row = drift.begin_drift(run, kept, LATER_DAY, by=case.carol, now=utc_now(), workshop=workshop)
    outcome = drift.compute_drift(drift.gather_drift_work(row, store=case.store), store=case.store, workshop=workshop)
    drift.record_drift(row, outcome, by=case.carol, now=utc_now())
    return row

