"""The catalogue that holds here: the product's, with a consultancy's own entries before it (M83, M84)."""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from implement.db import db
from implement.engine.choice import Catalogue, Guide, join_catalogues, load_guide, read_catalogue
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.stages.specification.tables.choice import OwnCatalogue
from implement.store import Store
from implement.web.texts import lazy

CHECKLISTS = Path(__file__).parents[5] / "checklists"
SHIPPED = CHECKLISTS / "crm_catalogue.yaml"
OURS = "choice."
LONGEST_KEY, LONGEST_VERSION = 80, 20


@dataclass(frozen=True)
class OwnCatalogueRow:
    """A catalogue of one's own, as its page lists it."""

    id: int
    catalogue_key: str
    version: str
    systems: int
    by_name: str
    at: datetime


@lru_cache(maxsize=1)
def read_guide() -> Guide:
    """Criteria, arguments, questions and gains."""
    return load_guide(CHECKLISTS / "choice.yaml")


def open_catalogue(store: Store) -> Catalogue:
    """The catalogue with every own one that stands, the newest before the older."""
    own = select(OwnCatalogue.file_sha256).where(OwnCatalogue.removed_at.is_(None)).order_by(OwnCatalogue.id)
    return _join(tuple(store.path(sha256) for sha256 in db.session.scalars(own)))


def list_own_catalogues() -> list[OwnCatalogueRow]:
    """The catalogues of one's own that stand."""
    columns = (
        OwnCatalogue.id, OwnCatalogue.catalogue_key, OwnCatalogue.version, OwnCatalogue.systems,
        OwnCatalogue.by_name, OwnCatalogue.at,
    )  # fmt: skip
    asked = select(*columns).where(OwnCatalogue.removed_at.is_(None)).order_by(OwnCatalogue.id)
    return [OwnCatalogueRow(*row) for row in db.session.execute(asked)]


def add_own_catalogue(written: bytes, file: str, store: Store, *, by: Actor, now: datetime) -> OwnCatalogue:
    """Keep a catalogue of one's own; raises UnusableSheet with every fault of the file."""
    catalogue = read_catalogue(written, file, [one.id for one in read_guide().criteria])
    if catalogue.id.startswith(OURS) or len(catalogue.id) > LONGEST_KEY or len(catalogue.version) > LONGEST_VERSION:
        raise RuleBroken(lazy("The id of a catalogue of your own must not begin with “choice.”, nor be longer than 80 "
                              "signs; a version has at most 20."))  # fmt: skip
    kept = store.put(io.BytesIO(written))
    known = (OwnCatalogue.catalogue_key == catalogue.id, OwnCatalogue.version == catalogue.version)
    row: OwnCatalogue | None = db.session.scalar(select(OwnCatalogue).where(*known))
    if row is not None and row.file_sha256 != kept.sha256:
        raise RuleBroken(lazy("This version is kept already with another text. Give it a new version."))
    row = row or OwnCatalogue(catalogue_key=catalogue.id, version=catalogue.version, file_sha256=kept.sha256)
    row.systems, row.by_name, row.at, row.removed_at = len(catalogue.systems), by.name, now, None
    db.session.add(row)
    _log("add_own_catalogue", row, by=by, now=now)
    return row


def remove_own_catalogue(own_id: int, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a catalogue of one's own away, or with `is_back` put it back."""
    row: OwnCatalogue | None = db.session.get(OwnCatalogue, own_id)
    if row is None:
        raise NotFound(lazy("There is no such catalogue."))
    said = {"catalogue": row.catalogue_key, "version": row.version}
    remove_row(row, "own_catalogue", is_back=is_back, by=by, now=now, rollout_id=None, **said)


def _log(action: str, row: OwnCatalogue, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"own_catalogue:{row.id}", by=by, now=now, catalogue=row.catalogue_key, version=row.version)


@lru_cache(maxsize=16)
def _join(own: tuple[Path, ...]) -> Catalogue:
    """What lies under a hash never changes, so it is read once."""
    criteria = [one.id for one in read_guide().criteria]
    first, *others = (read_catalogue(path.read_bytes(), path.name, criteria) for path in (SHIPPED, *own))
    return join_catalogues(first, others)
