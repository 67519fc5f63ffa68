"""Replacements that a run found and a person accepts: they become values of the mapping, in a new version."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime

from implement.engine.backend import open_backend
from implement.engine.mapping import LISTED, is_list
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor
from implement.stages.transfer.service.findings import MEMORY_MB
from implement.stages.transfer.service.mappings import get_version, keep_version, load_mapping, newest_number
from implement.stages.transfer.tables import Discrepancy, MappingVersion, TransferRun
from implement.store import Store
from implement.web.texts import lazy

REPLACED = ("replaced", "many_to_one")


def may_accept(one: Discrepancy) -> bool:
    """Say whether a cause is a replacement that could be meant."""
    return one.fate == "value_changed" and one.code in REPLACED


def find_replacements(run: TransferRun, one: Discrepancy, *, store: Store) -> dict[str, str]:
    """Old values that always became the same other value."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        found = backend.read_parquet(store.path(run.findings_sha256 or ""))
        rows = found.filter(found["discrepancy"] == one.number).select("source_value", "target_value").distinct()
        pairs = backend.connection.to_pyarrow(rows).to_pylist()
    became: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        became[pair["source_value"]][pair["target_value"]] += 1
    return {old: next(iter(new)) for old, new in became.items() if old and len(new) == 1}


def accept_replacements(
    run: TransferRun, one: Discrepancy, *, store: Store, by: Actor, now: datetime
) -> MappingVersion:
    """Keep the newest mapping with these replacements as its next version; later runs count them as written anew."""
    found = find_replacements(run, one, store=store) if may_accept(one) else {}
    newest = load_mapping(get_version(run.rollout_id, newest_number(run.rollout_id)), store=store)
    table = newest.table(one.table_name)
    column = table.column(one.field) if table else None
    if column is not None and column.kind == LISTED:
        found = {old: new for old, new in found.items() if not is_list(old) and not is_list(new)}
    if table is None or column is None or not found:
        raise RuleBroken(lazy("No old value became always the same other one, so this is no mapping."))
    values = tuple(sorted((dict(column.values) | found).items()))
    columns = tuple(replace(each, values=values) if each is column else each for each in table.columns)
    tables = tuple(replace(each, columns=columns) if each is table else each for each in newest.tables)
    return keep_version(run.rollout_id, replace(newest, tables=tables), "edited", store=store, by=by, now=now)
