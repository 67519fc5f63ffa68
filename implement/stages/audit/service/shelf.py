"""The shelf of packs that an audit can be made of: those of the product, and those a consultancy wrote itself."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import Pack, pack_hash, read_pack
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.stages.audit.tables import OwnPack
from implement.store import Store
from implement.web.texts import lazy

FOLDER = Path(__file__).parents[4] / "checklists/audit"
FIRST_HOUR = "audit.first_hour"
OURS = "audit."
LONGEST_KEY, LONGEST_VERSION = 80, 20


@dataclass(frozen=True)
class ShelfPack:
    """A pack that may be chosen, and the file it was read from."""

    pack: Pack
    path: Path
    is_own: bool


@dataclass(frozen=True)
class OwnPackRow:
    """A pack of the consultancy's own, as its page lists it."""

    id: int
    pack: Pack
    by_name: str
    at: datetime


def list_shelf(store: Store) -> list[ShelfPack]:
    """The product's packs in their order, then the newest version of each of one's own."""
    shipped = [ShelfPack(read_file(path), path, is_own=False) for path in sorted(FOLDER.glob("*.yaml"))]
    own = select(OwnPack.pack_key, OwnPack.file_sha256).where(OwnPack.removed_at.is_(None))
    newest = {key: store.path(sha256) for key, sha256 in db.session.execute(own.order_by(OwnPack.pack_key, OwnPack.id))}
    return shipped + [ShelfPack(read_file(path), path, is_own=True) for path in newest.values()]


def pick_packs(keys: Sequence[str], store: Store) -> list[ShelfPack]:
    """The packs of these keys in the order of the shelf; one that is not there is refused."""
    shelf = list_shelf(store)
    unknown = set(keys) - {one.pack.id for one in shelf}
    if unknown or not keys:
        raise RuleBroken(lazy("Please choose at least one of the packs on this page."))
    return [one for one in shelf if one.pack.id in keys]


def get_shelf_pack(place: int, store: Store) -> ShelfPack:
    """The pack at a place of the shelf, from 1."""
    shelf = list_shelf(store)
    if not 1 <= place <= len(shelf):
        raise NotFound(lazy("There is no such pack."))
    return shelf[place - 1]


def list_own_packs(store: Store) -> list[OwnPackRow]:
    """Every version that stands, by key, the oldest first."""
    own = select(OwnPack.id, OwnPack.file_sha256, OwnPack.by_name, OwnPack.at).where(OwnPack.removed_at.is_(None))
    rows = db.session.execute(own.order_by(OwnPack.pack_key, OwnPack.id))
    return [OwnPackRow(row_id, read_file(store.path(sha256)), by_name, at) for row_id, sha256, by_name, at in rows]


def add_own_pack(source: bytes, file: str, store: Store, *, by: Actor, now: datetime) -> OwnPack:
    """Keep a pack of one's own; the same version again is nothing new.

    Raises UnusableSheet with every fault of the file, RuleBroken where the version is known with another text.
    """
    pack = read_pack(source, file)
    if pack.id.startswith(OURS) or len(pack.id) > LONGEST_KEY or len(pack.version) > LONGEST_VERSION:
        raise RuleBroken(lazy("The id of a pack of your own must not begin with “audit.”, nor be longer than 80 signs; "
                              "a version has at most 20."))  # fmt: skip
    kept = store.put(io.BytesIO(source))
    known = (OwnPack.pack_key == pack.id, OwnPack.version == pack.version)
    row: OwnPack | None = db.session.scalar(select(OwnPack).where(*known))
    if row is not None and row.pack_hash != pack_hash(pack):
        raise RuleBroken(lazy("This version of the pack is kept already with another text. Give it a new version."))
    if row is None:
        row = OwnPack(pack_key=pack.id, version=pack.version, file_sha256=kept.sha256, pack_hash=pack_hash(pack))
        row.by_name, row.at = by.name, now
    row.removed_at = None
    db.session.add(row)
    db.session.flush()
    log_write("add_own_pack", f"own_pack:{row.id}", by=by, now=now, pack=pack.id, version=pack.version)
    return row


def get_own_pack(own_pack_id: int) -> OwnPack:
    """One version of a pack of one's own."""
    row: OwnPack | None = db.session.get(OwnPack, own_pack_id)
    if row is None:
        raise NotFound(lazy("There is no such pack."))
    return row


def remove_own_pack(row: OwnPack, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a version from the shelf, or with `is_back` put it back; audits that use it keep it."""
    said = {"pack": row.pack_key, "version": row.version}
    remove_row(row, "own_pack", is_back=is_back, by=by, now=now, rollout_id=None, **said)


@lru_cache(maxsize=128)
def read_file(path: Path) -> Pack:
    """A pack from a file that never changes: shipped with the product, or kept under its hash."""
    return read_pack(path.read_bytes(), path.name)
