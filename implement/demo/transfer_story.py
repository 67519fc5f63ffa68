"""The demonstration's transfer: legacy records against the CRM's export, mapped, and compared."""

import tempfile
from pathlib import Path

from implement.db import utc_now
from implement.demo.after_state import LEGACY, write_export
from implement.demo.hall_story import login_of
from implement.rollout.tables import User
from implement.stages.transfer.service.files import add_upload
from implement.stages.transfer.service.mappings import propose_mapping
from implement.stages.transfer.service.reading import read_upload
from implement.stages.transfer.service.runs import find_newest_run, run_reconciliation
from implement.store import Store
from implement.web.access import Role

SOURCE, TARGET = "source", "target"


def tell(rollout_id: int, store: Store) -> bool:
    """Hand in both sides, propose the mapping, run the reconciliation; False when that was done before."""
    if find_newest_run(rollout_id) is not None:
        return False
    by = login_of(Role.CONSULTANT)
    hand_in(rollout_id, SOURCE, sorted(LEGACY.glob("*.csv")), store, by)
    with tempfile.TemporaryDirectory() as folder:
        hand_in(rollout_id, TARGET, write_export(Path(folder)), store, by)
    propose_mapping(rollout_id, store=store, by=by, now=utc_now())
    run_reconciliation(rollout_id, store=store, by=by, now=utc_now())
    return True


def hand_in(rollout_id: int, side: str, paths: list[Path], store: Store, by: User) -> None:
    """Hand files of a side in and read them."""
    for path in paths:
        with path.open("rb") as stream:
            file = add_upload(rollout_id, side, path.name, stream, store=store, by=by, now=utc_now())
        read_upload(file, store=store, by=by, now=utc_now())
