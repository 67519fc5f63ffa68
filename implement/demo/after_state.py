"""The CRM's export after the demonstration's transfer: the legacy records in the CRM's own columns, with planted
faults.

Planted, from a fixed seed: a lost import chunk, the open deals of one region, clients that never arrived, a seller's
deals given to
others, names cut off, blanks turned into zeros, deals that arrived twice. Formats, the product's name and new ids
change harmlessly.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

Row = dict[str, str]
LEGACY = Path(__file__).parent / "legacy"
SEED = 7
OPEN_STAGES = ("Prospecting", "Engaging")


@dataclass(frozen=True)
class Plan:
    """How much of each fault is planted."""

    chunk_first: int = 4200
    chunk_rows: int = 180
    lost_region: str = "West"
    lost_clients: tuple[str, ...] = ("Konex", "Zotware")
    reassigned_seller: str = "Marty Freudenburg"
    reassigned_to: tuple[str, ...] = ("Rosalina Dieter", "Gladys Colclough")
    reassigned_share: float = 0.6
    longest_name: int = 14
    zeros: int = 240
    doubles: int = 45
    chunk_was_put_in: bool = False


PLAN = Plan()
REPAIRED = replace(PLAN, chunk_was_put_in=True, lost_clients=("Zotware",))
"""The next export: the lost chunk was imported again, and one of the two clients was put in."""


@dataclass(frozen=True)
class Deal:
    """A deal on its way into the CRM."""

    row: Row
    position: int


def read_legacy(name: str) -> list[Row]:
    """One of the legacy tables."""
    with (LEGACY / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_export(folder: Path, plan: Plan = PLAN) -> list[Path]:
    """Write the CRM's export into the folder: deals, clients, products and owners; the same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "deals.csv": _export_deals(plan),
        "clients.csv": _export_clients(plan),
        "products.csv": [
            {"Product": r["product"], "Line": r["series"], "Price": r["sales_price"]} for r in read_legacy("products")
        ],
        "owners.csv": [
            {"Owner": r["sales_agent"], "Head": r["manager"], "Office": r["regional_office"]}
            for r in read_legacy("sales_teams")
        ],
    }
    return [write_table(folder / name, rows) for name, rows in tables.items()]


def _export_deals(plan: Plan) -> list[Row]:
    chance = Random(SEED)
    deals = [Deal(row, place) for place, row in enumerate(read_legacy("sales_pipeline"), start=1)]
    offices = {row["sales_agent"]: row["regional_office"] for row in read_legacy("sales_teams")}
    kept = [deal for deal in deals if not _is_lost(deal, plan, offices)]
    given = [_reassign(deal, plan, chance) for deal in kept]
    rows = [_in_crm_columns(deal) for deal in given]
    for row in chance.sample([row for row in rows if not row["Amount"]], plan.zeros):
        row["Amount"] = "0"
    doubles = [dict(row) for row in chance.sample(rows, plan.doubles)]
    put_in = [_in_crm_columns(deal) for deal in deals if plan.chunk_was_put_in and _is_in_chunk(deal, plan, offices)]
    return [{"Id": f"D-{number:06d}", **row} for number, row in enumerate([*rows, *doubles, *put_in], start=1)]


def _is_lost(deal: Deal, plan: Plan, offices: Mapping[str, str]) -> bool:
    """Rows of the chunk that failed, and the open deals of one region."""
    in_chunk = plan.chunk_first <= deal.position < plan.chunk_first + plan.chunk_rows
    return in_chunk or _is_of_lost_region(deal, plan, offices)


def _is_of_lost_region(deal: Deal, plan: Plan, offices: Mapping[str, str]) -> bool:
    return deal.row["deal_stage"] in OPEN_STAGES and offices[deal.row["sales_agent"]] == plan.lost_region


def _is_in_chunk(deal: Deal, plan: Plan, offices: Mapping[str, str]) -> bool:
    """Rows of the chunk that were lost for no other reason."""
    return _is_lost(deal, plan, offices) and not _is_of_lost_region(deal, plan, offices)


def _reassign(deal: Deal, plan: Plan, chance: Random) -> Deal:
    if deal.row["sales_agent"] != plan.reassigned_seller or chance.random() >= plan.reassigned_share:
        return deal
    return replace(deal, row={**deal.row, "sales_agent": chance.choice(plan.reassigned_to)})


def _in_crm_columns(deal: Deal) -> Row:
    row = deal.row
    return {
        "Legacy id": row["opportunity_id"],
        "Owner": row["sales_agent"],
        "Product": "GTX Pro" if row["product"] == "GTXPro" else row["product"],
        "Client": row["account"],
        "Phase": row["deal_stage"],
        "Opened": _local_day(row["engage_date"]),
        "Closed": _local_day(row["close_date"]),
        "Amount": f"{row['close_value']},00" if row["close_value"] else "",
    }


def _export_clients(plan: Plan) -> list[Row]:
    return [
        {
            "Client": row["account"],
            "Industry": row["sector"],
            "Founded": row["year_established"],
            "Turnover": row["revenue"].replace(".", ","),
            "Staff": row["employees"],
            "Country": row["office_location"],
            "Parent": row["subsidiary_of"],
        }
        for row in read_legacy("accounts")
        if row["account"] not in plan.lost_clients
    ]


def _local_day(text: str) -> str:
    return date.fromisoformat(text).strftime("%d.%m.%Y") if text else ""


def read_table(path: Path) -> list[Row]:
    """A table as this CRM exported it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write_table(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write as this CRM exports: semicolons, Windows line ends, UTF-8 with a mark."""
    kept = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(kept[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(kept)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path
