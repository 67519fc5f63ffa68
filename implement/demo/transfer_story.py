"""The demonstration's transfer: a rehearsal with products and sellers, signed; then all legacy records, compared."""

import tempfile
from datetime import timedelta
from pathlib import Path

from implement.db import utc_now
from implement.demo.after_state import LEGACY, write_export
from implement.demo.hall_story import login_of
from implement.demo.sign_off_story import sign
from implement.demo.visits import write_visits
from implement.rollout.tables import User
from implement.stages.transfer.service.files import add_upload
from implement.stages.transfer.service.mappings import propose_mapping
from implement.stages.transfer.service.reading import read_upload
from implement.stages.transfer.service.runs import find_newest_run, run_reconciliation
from implement.stages.transfer.tables import TransferRun
from implement.store import Store
from implement.web.access import Role

SOURCE, TARGET = "source", "target"
COMPARED_AGO = timedelta(days=28)
REHEARSED = ("products", "sales_teams")


def tell(rollout_id: int, store: Store) -> bool:
    """Hand in both sides, map and compare: first the rehearsal, then everything; False when that was done before."""
    if find_newest_run(rollout_id) is not None:
        return False
    by = login_of(Role.CONSULTANT)
    legacy = sorted(LEGACY.glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder:
        export = write_export(Path(folder))
        early = _compare(rollout_id, [path for path in legacy if path.stem in REHEARSED], export[2:], store, by)
        sign(early, store)
        old, new = write_visits(Path(folder), export[0])
        rest = [path for path in legacy if path.stem not in REHEARSED]
        _compare(rollout_id, [*rest, *old], [*export[:2], *new], store, by)
    return True


def _compare(rollout_id: int, source: list[Path], target: list[Path], store: Store, by: User) -> TransferRun:
    """Hand files of both sides in, propose the mapping of all that is at hand, and compare."""
    hand_in(rollout_id, SOURCE, source, store, by)
    hand_in(rollout_id, TARGET, target, store, by)
    propose_mapping(rollout_id, store=store, by=by, now=utc_now())
    return run_reconciliation(rollout_id, store=store, by=by, now=utc_now() - COMPARED_AGO)


def hand_in(rollout_id: int, side: str, paths: list[Path], store: Store, by: User) -> None:
    """Hand files of a side in and read them."""
    for path in paths:
        with path.open("rb") as stream:
            file = add_upload(rollout_id, side, path.name, stream, store=store, by=by, now=utc_now())
        read_upload(file, store=store, by=by, now=utc_now())
