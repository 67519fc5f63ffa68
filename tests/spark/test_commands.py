"""What the commands write is the same on Spark and on DuckDB, byte for byte."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from implement.commands import reconcile as reconcile_command
from implement.commands import score as score_command
from implement.engine.backend import ENGINES
from tests.engine.transfers import CLIENT_HEAD, DEAL_HEAD, Table, build_clients, build_deals, write_table
from tests.engine.usage import logs
from tests.evaluators.foreign.firms import FIRMS
from tests.evaluators.foreign.planting import Planter
from tests.evaluators.transfer.modes import build_trial
from tests.evaluators.transfer.writing import source_exports, target_exports, write_exports
from tests.fixtures.scale import Scale

pytestmark = [pytest.mark.usefixtures("spark"), pytest.mark.soak]

DAYS = logs.working_days()
PLANTED = ("keyed", "stacked", "keyless", "unplanned")
CONTACTS = 150


def _damage(clients: Table, deals: Table) -> tuple[Table, Table]:
    """Lose a client, copy another, swap its fields; keep half the deals' ids, lose some deals, change others."""
    arrived = [*clients[:50], *clients[51:], ["C0099", *clients[3][1:]]]
    arrived[7] = [*arrived[7][:2], arrived[7][3], arrived[7][2], arrived[7][4]]
    kept = [[row[0] if n % 2 else "", *row[1:]] for n, row in enumerate(deals) if row[3] != "Offer" or n % 3]
    kept[4] = [*kept[4][:2], kept[4][2][:6], *kept[4][3:]]
    kept[9] = [kept[9][0], clients[1][0], *kept[9][2:]]
    for row in kept:
        row[4], row[5] = row[4].replace(".", ","), ".".join(reversed(row[5].split("-")))
    return arrived, kept


def _write_transfers(folder: Path, planted: int) -> Iterator[Path]:
    """A small transfer with its damage, then so many of those that the evaluator plants."""
    clients = build_clients()
    deals = build_deals(clients)
    arrived, kept = _damage(clients, deals)
    for side, firms, orders in (("source", clients, deals), ("target", arrived, kept)):
        write_table(folder / "small" / side / "clients.csv", CLIENT_HEAD, firms)
        write_table(folder / "small" / side / "deals.csv", DEAL_HEAD, orders, separator=";")
    yield folder / "small"
    for mode in PLANTED[:planted]:
        trial = build_trial(mode, CONTACTS)
        write_exports(source_exports(trial), folder / mode / "source")
        write_exports(target_exports(trial), folder / mode / "target")
        yield folder / mode


def test_the_findings_are_the_same(tmp_path: Path, scale: Scale) -> None:
    for sides in _write_transfers(tmp_path, scale(small=0, full=4, of="planted transfers on both engines")):
        for engine in ENGINES:
            asked = [str(sides / "source"), str(sides / "target"), "--engine", engine, "--out", str(sides / engine)]
            assert reconcile_command.run(asked) == 1
        found = (sides / "spark").read_text(encoding="utf-8")
        assert found == (sides / "duckdb").read_text(encoding="utf-8")
        assert {"dropped", "torn_relation", "duplicated", "truncated"} <= set(found.split(","))


@pytest.mark.parametrize("firm", ["united", "divided"])
def test_tables_united_or_divided_lose_the_same(tmp_path: Path, firm: str) -> None:
    build, damage = FIRMS[firm]
    planter = Planter(build(60))
    damage(planter)
    source, target = planter.firm.write(tmp_path)
    for engine in ENGINES:
        asked = [str(source), str(target), "--engine", engine, "--out", str(tmp_path / engine)]
        assert reconcile_command.run(asked) == 1
    assert (tmp_path / "spark").read_bytes() == (tmp_path / "duckdb").read_bytes()


def test_the_scores_are_the_same(tmp_path: Path) -> None:
    events = logs.a_log(effective_date="2024-01-15", text_hash="same", filled="3", total="4", record_id="d1")
    events += [logs.an_event("alice", day, 11, object="deal", action="stage", record_id="d1", hits="0") for day in DAYS]
    events += [logs.an_event("bob", day, object="task", action="assign", target_user="carol") for day in DAYS]
    logs.write_table(tmp_path / "firm", "events", [e for n, e in enumerate(events) if e["user"] != "dave" or n % 9])
    logs.write_table(tmp_path / "firm", "users", [{"user": user, "team": "north"} for user in logs.PEOPLE])
    logs.write_table(tmp_path / "firm", "meetings", [{"team": "north", "weekday": "1", "hour": "11"}])
    for engine in ENGINES:
        files = ["--out", str(tmp_path / f"{engine}_scores"), "--reasons", str(tmp_path / f"{engine}_reasons")]
        assert score_command.run([str(tmp_path / "firm"), "--engine", engine, *files]) == 0
    for name in ("scores", "reasons"):
        assert (tmp_path / f"spark_{name}").read_bytes() == (tmp_path / f"duckdb_{name}").read_bytes()
    assert len((tmp_path / "spark_reasons").read_text().splitlines()) > 1
