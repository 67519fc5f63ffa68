"""What belongs to whom in the CRM's newest export: the target tables of the files in use."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from implement.engine.backend import open_backend
from implement.engine.cards import Cards, count_cards
from implement.engine.portfolio import Portfolio, read_portfolio
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.findings import MEMORY_MB
from implement.stages.transfer.service.sides import TableAtHand, list_tables_at_hand, open_side
from implement.store import Store

EXPORTS_KEPT = 4


@dataclass(frozen=True)
class CrmExport:
    """The export that was read, by a fingerprint of its tables and the names of its files, and what belongs to whom,
    and how well its cards are filled."""

    sha256: str
    files: tuple[str, ...]
    portfolio: Portfolio
    cards: Cards | None


def read_export(rollout_id: int, *, store: Store) -> CrmExport | None:
    """The deals and records of the CRM's files in use; None before one was handed in."""
    tables = tuple(one for one in list_tables_at_hand(rollout_id) if one.side == TARGET)
    return _read(tables, store) if tables else None


def read_old_lists(rollout_id: int, *, store: Store) -> CrmExport | None:
    """The same of the old system's files in use."""
    tables = tuple(one for one in list_tables_at_hand(rollout_id) if one.side == SOURCE)
    return _read(tables, store) if tables else None


@lru_cache(maxsize=EXPORTS_KEPT)
def _read(tables: tuple[TableAtHand, ...], store: Store) -> CrmExport:
    said = "\n".join(f"{one.name}:{one.sha256}" for one in tables)
    files = tuple(dict.fromkeys(one.file_name for one in tables))
    with open_backend(memory_mb=MEMORY_MB) as backend:
        opened = open_side(tables, tables[0].side, backend, store=store).tables
        portfolio, cards = read_portfolio(opened, backend), count_cards(opened, backend)
    return CrmExport(hashlib.sha256(said.encode()).hexdigest(), files, portfolio, cards)
