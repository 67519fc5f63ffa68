"""What money stands behind a run's losses: dropped and torn deals, lost clients; frozen, so it is asked once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.mapping import Mapping
from implement.engine.value_at_risk import (
    DealAtRisk,
    DealsAtRisk,
    LostClients,
    Outlook,
    Stake,
    find_all_outlooks,
    find_deals_at_risk,
    find_lost_clients,
    group_deals,
)
from implement.rollout.service.errors import NotFound
from implement.rollout.service.rollouts import local_day
from implement.stages.transfer.service.files import SOURCE
from implement.stages.transfer.service.findings import MEMORY_MB
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.sides import TableAtHand, list_run_tables, open_side
from implement.stages.transfer.tables import MappingVersion, TransferRun
from implement.store import Store
from implement.web.texts import lazy

CLIENT, OWNER, STAGE = "client", "owner", "stage"
TELL: dict[str, Callable[[DealAtRisk], str]] = {
    CLIENT: attrgetter("client"),
    OWNER: attrgetter("owner"),
    STAGE: attrgetter("stage"),
}
RUNS_KEPT = 8


@dataclass(frozen=True)
class AtRisk:
    """The dropped and torn deals per table of deals, and the lost clients per table of clients."""

    deals: tuple[DealsAtRisk, ...]
    clients: tuple[LostClients, ...]
    outlooks: tuple[Outlook, ...] = ()
    """What the open deals among them that hold no value are likely to bring."""

    @property
    def owners(self) -> frozenset[str]:
        """Everybody who owned one of the deals."""
        return frozenset(deal.owner for table in self.deals for deal in table.deals if deal.owner)

    def group(self, table: int, by: str) -> tuple[Stake, ...]:
        """The deals of one table by client, owner or stage, the most open money first."""
        return group_deals(self.deals[table].deals, TELL[by])


def read_at_risk(run: TransferRun, *, store: Store) -> AtRisk:
    """Ask the frozen rows of a finished run what stood behind its losses."""
    mapping = load_mapping(db.session.get_one(MappingVersion, run.mapping_id), store=store)
    as_of = local_day(run.rollout_id, run.as_of_at)
    return _ask(run.findings_sha256 or "", mapping, tuple(list_run_tables(run.id)), as_of, store)


def get_stake(found: AtRisk, table: int, by: str, position: int) -> tuple[Stake, list[DealAtRisk]]:
    """One client, owner or stage by its place in the order, with its deals."""
    stakes = found.group(table, by) if by in TELL and table < len(found.deals) else ()
    if position >= len(stakes):
        raise NotFound(lazy("There is no such group of deals."))
    stake, tell = stakes[position], TELL[by]
    return stake, [deal for deal in found.deals[table].deals if tell(deal) == stake.value]


def find_places(run: TransferRun, table: str, rows: Collection[int], *, store: Store) -> dict[int, int]:
    """For rows of a source table the place of the first finding about each, to lead to its page."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        found = backend.read_parquet(store.path(run.findings_sha256 or ""))
        about = found.filter((found["table"] == table) & found["source_row"].isin(sorted(rows) or [0]))
        about = about.filter(about["class"].isin(["dropped", "torn_relation"]))
        first = about.group_by(row=about["source_row"]).aggregate(place=about["place"].min())
        return {int(one["row"]): int(one["place"]) for one in backend.connection.to_pyarrow(first).to_pylist()}


def find_likely(
    findings: str, mapping: Mapping, tables: Sequence[TableAtHand], *, store: Store
) -> dict[str, tuple[Outlook, ...]]:
    """By table what its open deals at risk that hold no value are likely to bring; touches no database."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        source, found = open_side(tables, SOURCE, backend, store=store), backend.read_parquet(store.path(findings))
        return find_all_outlooks(find_deals_at_risk(found, source, mapping, backend), source, backend)


@lru_cache(maxsize=RUNS_KEPT)
def _ask(findings: str, mapping: Mapping, tables: tuple[TableAtHand, ...], until: date, store: Store) -> AtRisk:
    with open_backend(memory_mb=MEMORY_MB) as backend:
        source, found = open_side(tables, SOURCE, backend, store=store), backend.read_parquet(store.path(findings))
        deals = find_deals_at_risk(found, source, mapping, backend)
        outlooks = chain.from_iterable(find_all_outlooks(deals, source, backend).values())
        return AtRisk(deals, find_lost_clients(found, source, mapping, backend, until=until), tuple(outlooks))
