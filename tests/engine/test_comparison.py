"""Findings of two runs are the same when table, class, field and record are, whatever their values have become."""

import ibis
import pytest

from implement.engine.backend import open_backend
from implement.engine.comparison import compare_findings, count_shared

Finding = tuple[str, str, str, str, str]
COLUMNS = ("table", "class", "field", "source_id", "target_id")
LOST, CUT = ("deals", "dropped", "", "D1", ""), ("deals", "truncated", "title", "D2", "V2")


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([LOST, CUT], [CUT], ["fixed", "open"]),
        ([LOST], [LOST, CUT], ["open", "new"]),
        ([CUT], [("deals", "truncated", "title", "D2", "V77")], ["open"]),
        ([CUT], [("deals", "mojibake", "title", "D2", "V2")], ["fixed", "new"]),
        ([CUT], [("deals", "truncated", "stage", "D2", "V2")], ["fixed", "new"]),
        ([("deals", "duplicated", "", "D3", "V3")], [("deals", "duplicated", "", "D3", "V4")], ["fixed", "new"]),
        ([("deals", "extra", "", "", "V5")], [("deals", "extra", "", "", "V5")], ["open"]),
        ([], [], []),
    ],
)
def test_what_makes_two_findings_the_same(before: list[Finding], after: list[Finding], changes: list[str]) -> None:
    with open_backend() as backend:
        compared = compare_findings(as_table(before), as_table(after))
        rows = backend.connection.to_pyarrow(compared).column("change").to_pylist()
    assert sorted(rows, key=["fixed", "open", "new"].index) == changes


def test_shared_findings_are_counted_per_cause_of_both_runs() -> None:
    others = [("deals", "dropped", "", f"D{place}", "") for place in range(4, 8)]
    with open_backend() as backend:
        shared = count_shared(as_table([LOST, CUT, *others[:2]]), as_table([*others, LOST]))
        rows = backend.connection.to_pyarrow(shared).to_pylist()
    assert rows == [{"was": 1, "discrepancy": 1, "rows": 3}]


def as_table(findings: list[Finding]) -> ibis.Table:
    """Findings as a run keeps them; the class `dropped` is discrepancy 1, all others 2."""
    columns = {name: [row[place] for row in findings] for place, name in enumerate(COLUMNS)}
    columns["discrepancy"] = [1 if row[1] == "dropped" else 2 for row in findings]
    return ibis.memtable(columns, schema={**dict.fromkeys(COLUMNS, "string"), "discrepancy": "int64"})
