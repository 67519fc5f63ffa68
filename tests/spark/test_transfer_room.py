"""The transfer room with `IMPLEMENT_ENGINE=spark`: a run that says so for good, and finds what it finds on DuckDB."""

import pyarrow.parquet as pq
import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.settings import read_settings
from implement.stages.transfer.service import runs
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.tables import TransferRun
from tests.rooms.transfer_case import Case, a_mapped_case
from tests.rooms.transfer_case import read_in_this_process as read_in_this_process

pytestmark = [pytest.mark.usefixtures("spark", "read_in_this_process"), pytest.mark.soak]


def _run_on(engine: str, case: Case) -> TransferRun:
    settings = read_settings({"IMPLEMENT_ENGINE": engine, "IMPLEMENT_SECRET": "known"})
    workshop = Workshop(settings.engine, settings.engine_memory_mb)
    return runs.run_reconciliation(case.rollout_id, store=case.store, by=case.carol, now=utc_now(), workshop=workshop)


def test_a_run_on_spark_finds_the_same_and_names_its_engine(app: Flask, session: scoped_session[Session]) -> None:
    case = a_mapped_case()
    one, other = (_run_on(engine, case) for engine in ("duckdb", "spark"))
    assert other.engine.startswith("spark 4.3") and one.engine.startswith("duckdb")
    first, second = (pq.read_table(case.store.path(run.findings_sha256 or "")) for run in (one, other))
    assert second.num_rows > 40 and first.equals(second)
