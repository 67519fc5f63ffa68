"""Targets from a file: number, KPI, target; every fault with row, column and reason, nothing half saved."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyarrow import parquet

from implement.control.activity.service.targets import MOST_TARGET, Cell, Target
from implement.engine.intake import ROW
from implement.engine.intake.child import read_tables_in_child
from implement.rollout.service.usage import StaffMember
from implement.web.texts import lazy

HEADS = {
    "number": ("number", "nummer", "numer", "номер", "personnel number", "personalnummer", "табельный номер"),
    "kpi": ("kpi", "activity", "kennzahl", "tätigkeit", "wskaźnik", "czynność", "показатель", "действие"),
    "target": ("target", "ziel", "cel", "цель"),
}
REASONS = {
    "unreadable": lazy("the file cannot be read as a table"),
    "no_column": lazy("the column is missing"),
    "unknown_person": lazy("nobody you set targets for has this number"),
    "unknown_kpi": lazy("this KPI does not stand in the person's plan"),
    "no_target": lazy("a target is a whole number above 0"),
    "twice": lazy("stands in the file twice"),
}
MOST_ROWS = 50_000


@dataclass(frozen=True)
class TargetFault:
    """What is wrong with a file of targets: row as a spreadsheet counts it, column, reason."""

    row: int | None
    column: str
    code: str


def read_target_file(path: Path, name: str) -> tuple[list[dict[str, object]], list[TargetFault]]:
    """The rows of the largest table in a file, by our names of columns."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = read_tables_in_child(path, Path(folder), name=name)
        if manifest.faults or not manifest.tables:
            return [], [TargetFault(None, name, "unreadable")]
        largest = max(manifest.tables, key=lambda table: table.row_count)
        if largest.row_count > MOST_ROWS:
            return [], [TargetFault(None, name, "unreadable")]
        rows = parquet.read_table(Path(folder) / largest.part).to_pylist()
    header = {str(column).strip().casefold(): column for column in largest.columns}
    columns = {ours: next((header[one] for one in said if one in header), None) for ours, said in HEADS.items()}
    lacking = [TargetFault(1, ours, "no_column") for ours, column in columns.items() if column is None]
    named = (
        [{ROW: row[ROW], **{ours: row[str(column)] for ours, column in columns.items()}} for row in rows]
        if not lacking
        else []
    )
    return named, lacking


def match_targets(
    rows: Sequence[Mapping[str, object]], people: Mapping[StaffMember, Sequence[str]], names: Mapping[str, str]
) -> tuple[dict[Cell, Target], list[TargetFault]]:
    """Whom and what each row means: `people` with the KPIs of their plans, KPIs by their key from key or name."""
    numbers = {one.number.strip().casefold(): (one, keys) for one, keys in people.items()}
    found: dict[Cell, Target] = {}
    faults: list[TargetFault] = []
    for row in rows:
        place, said = int(str(row[ROW])) + 1, {name: str(row[name] or "").strip() for name in HEADS}
        who = numbers.get(said["number"].casefold())
        key = names.get(said["kpi"].casefold())
        if who is None:
            faults.append(TargetFault(place, "number", "unknown_person"))
        elif key not in who[1] or key is None:
            faults.append(TargetFault(place, "kpi", "unknown_kpi"))
        elif not said["target"].isdecimal() or not 0 < int(said["target"]) <= MOST_TARGET:
            faults.append(TargetFault(place, "target", "no_target"))
        elif (who[0].person_id, key) in found:
            faults.append(TargetFault(place, "kpi", "twice"))
        else:
            found[who[0].person_id, key] = Target(int(said["target"]))
    return found, faults
