"""What a reading leaves in a folder: one Parquet file per table, and a manifest that names them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow.parquet as pq

from implement.engine.backend import Backend
from implement.engine.intake.faults import Fault, Skipped
from implement.engine.intake.tables import ForeignKey, Intake, SourceTable

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class ManifestTable:
    """One table kept as `part` in the folder of its manifest."""

    name: str
    file: str
    sheet: str | None
    columns: tuple[str, ...]
    row_count: int
    part: str
    kind: str
    encoding: str | None
    separator: str | None
    nulls: tuple[int, ...] | None
    foreign_keys: tuple[ForeignKey, ...] = ()


@dataclass(frozen=True)
class IntakeManifest:
    """The outcome of a reading, without its rows."""

    tables: tuple[ManifestTable, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def keep_intake(intake: Intake, folder: Path) -> IntakeManifest:
    """Write the tables of a reading and its manifest into a folder."""
    tables = tuple(_keep_table(table, folder, f"table_{number}") for number, table in enumerate(intake.tables, start=1))
    manifest = IntakeManifest(tables, intake.skipped, intake.faults, intake.notes)
    write_manifest(manifest, folder)
    return manifest


def write_manifest(manifest: IntakeManifest, folder: Path) -> None:
    """Write a manifest so that it is there whole or not at all."""
    draft = folder / (MANIFEST + ".part")
    draft.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> IntakeManifest:
    """Read the manifest of a folder."""
    written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return IntakeManifest(
        tuple(_table_of(table) for table in written["tables"]),
        tuple(Skipped(one["file"], one["code"], tuple(one["values"])) for one in written["skipped"]),
        tuple(_fault_of(one) for one in written["faults"]),
        tuple(_fault_of(one) for one in written["notes"]),
    )


def load_manifest(folder: Path, backend: Backend) -> Intake:
    """Offer the kept tables of a folder again."""
    manifest = read_manifest(folder)
    tables = tuple(_load_table(table, folder, backend) for table in manifest.tables)
    return Intake(tables, manifest.skipped, manifest.faults, manifest.notes)


def _keep_table(table: SourceTable, folder: Path, stem: str) -> ManifestTable:
    table.relation.to_parquet(str(folder / f"{stem}.parquet"))
    if table.sample is not None:
        pq.write_table(table.sample, folder / f"{stem}.sample")
    return ManifestTable(
        table.name, table.file, table.sheet, table.columns, table.row_count, f"{stem}.parquet",
        table.kind, table.encoding, table.separator, table.nulls, table.foreign_keys,
    )  # fmt: skip


def _load_table(table: ManifestTable, folder: Path, backend: Backend) -> SourceTable:
    part = folder / table.part
    sample = part.with_suffix(".sample")
    return SourceTable(
        table.name, table.file, table.sheet, table.columns, table.row_count, backend.read_parquet(part), table.kind,
        table.encoding, table.separator, pq.read_table(sample) if sample.exists() else None, table.nulls,
        foreign_keys=table.foreign_keys,
    )  # fmt: skip


def _table_of(written: dict[str, object]) -> ManifestTable:
    columns, nulls = written.pop("columns"), written.pop("nulls")
    declared = as_foreign_keys(written.pop("foreign_keys", None))
    kept = {"columns": _tuple(columns), "nulls": _tuple(nulls) if nulls is not None else None}
    return ManifestTable(**written | kept, foreign_keys=declared)  # type: ignore[arg-type]


def as_foreign_keys(written: object) -> tuple[ForeignKey, ...]:
    """What a database said of its tables, as it was kept; nothing where that was not asked."""
    return tuple(ForeignKey(*one) for one in written) if isinstance(written, list) else ()


def _tuple(written: object) -> tuple[object, ...]:
    return tuple(written) if isinstance(written, list) else ()


def _fault_of(written: dict[str, object]) -> Fault:
    values = _tuple(written.pop("values"))
    return Fault(**written, values=values)  # type: ignore[arg-type]
