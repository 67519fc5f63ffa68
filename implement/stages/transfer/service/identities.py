"""What a case is recognised by in later runs, whatever its counts and values have become."""

import hashlib
import json
from collections.abc import Mapping

from implement.engine.reconcile.classes import DUPLICATED
from implement.stages.transfer.tables import Discrepancy


def identify_cause(one: Discrepancy) -> str:
    """A cause by its table, class, field and condition."""
    condition = [one.code, one.column_name, sorted(one.cause_values), one.parent_name]
    return _hash("cause", one.table_name, one.fate, one.field, one.is_whole, *condition)


def identify_record(finding: Mapping[str, str | int | None]) -> str:
    """A finding on a single record, by the same columns as two runs are compared by."""
    return _hash("record", *name_record(finding))


def name_record(finding: Mapping[str, str | int | None]) -> tuple[str, str, str, str, str]:
    """Table, class, field, record and copy, as the engine's comparison names a finding."""
    source, target = str(finding["source_id"] or ""), str(finding["target_id"] or "")
    copy = target if finding["class"] == DUPLICATED else ""
    return str(finding["table"]), str(finding["class"]), str(finding["field"] or ""), source or target, copy


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
