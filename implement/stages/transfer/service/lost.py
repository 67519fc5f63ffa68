"""Which records the newest comparison says were lost: what other rooms may ask of the transfer."""

import pyarrow as pa

from implement.engine.backend import open_backend
from implement.engine.reconcile.classes import DROPPED
from implement.stages.transfer.service.runs import find_newest_run
from implement.store import Store


def list_lost_keys(rollout_id: int, *, store: Store) -> pa.ChunkedArray | None:
    """The keys in the old system of all records that did not arrive; None before the first comparison."""
    run = find_newest_run(rollout_id)
    if run is None or run.findings_sha256 is None:
        return None
    with open_backend() as backend:
        found = backend.read_parquet(store.path(run.findings_sha256))
        lost = found.filter((found["class"] == DROPPED) & (found["source_id"] != ""))
        keys: pa.ChunkedArray = backend.connection.to_pyarrow(lost.select("source_id").distinct())["source_id"]
    return keys
