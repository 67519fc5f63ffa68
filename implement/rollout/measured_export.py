"""Everything about what is measured as one archive: tables as CSV, all of it as JSON, the agreement as signed."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from implement.engine.payroll.generic import neutralise
from implement.rollout.service.measured import Limits, LookRow, MeasuredRow

LONG_AGO = (1980, 1, 1, 0, 0, 0)
MEASURED = ("key", "what", "what_for", "who_sees_it", "held", "since", "days_kept", "deleted_from")
LOOKS = ("at", "by", "view", "page", "person")


def write_archive(rows: Sequence[MeasuredRow], limits: Limits, looks: Sequence[LookRow], log_head: str) -> bytes:
    """The archive; the same figures give the same bytes."""
    measured = [_write_row(row) for row in rows]
    looked: list[dict[str, object]] = [{**vars(one), "at": one.at.isoformat()} for one in looks]
    said = {**vars(limits), "since": limits.since.isoformat() if limits.since else None}
    whole = {"measured": measured, "limits": said, "looks": looked, "head_of_log": log_head}
    files = {
        "measured.csv": _write_csv(MEASURED, measured),
        "looks.csv": _write_csv(LOOKS, looked),
        "agreement.txt": limits.text,
        "all.json": json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True),
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), text.encode())
    return kept.getvalue()


def _write_row(row: MeasuredRow) -> dict[str, object]:
    cells = (
        row.key, row.label, row.purpose, row.seen_by, row.held.count,
        row.held.oldest.isoformat() if row.held.oldest else None, row.days,
        row.deleted_on.isoformat() if row.deleted_on else None,
    )  # fmt: skip
    return dict(zip(MEASURED, cells, strict=True))


def _write_csv(columns: Sequence[str], rows: Iterable[dict[str, object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    return text.getvalue()


def _cell(value: object) -> object:
    return neutralise(value) if isinstance(value, str) else value
