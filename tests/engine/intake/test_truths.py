"""The shared data sets are read whole."""

from pathlib import Path

import pytest

from implement.engine.backend import Backend
from implement.engine.intake import read_tables

ROWS = {
    "atomic_contacts": {"contacts": 500},
    "bpic2012_activity": {"bpic2012": 262_200},
    "fake_1000": {"fake_1000": 1000, "fake_1000_labels": 3176},
    "febrl": {"dataset1": 1000, "dataset2": 5000, "dataset3": 5000, "dataset4a": 5000, "dataset4b": 5000},
    "garment_kpi": {"garments_worker_productivity": 1197},
    "maven_crm/source": {
        "accounts": 85, "data_dictionary": 21, "products": 7, "sales_pipeline": 8800, "sales_teams": 35,
    },
    "receipt_activity": {"receipt": 8577},
}  # fmt: skip


@pytest.mark.truths
@pytest.mark.parametrize("folder", ROWS)
def test_every_row_is_read(truths: Path, backend: Backend, folder: str) -> None:
    intake = read_tables(truths / folder, backend)
    assert intake.faults == ()
    assert {table.name: table.row_count for table in intake.tables} == ROWS[folder]
