"""What pricing a large plan costs, against merely reading the same file as JSON, and whether it grows in proportion."""

import json
import os
import random
from pathlib import Path

import pytest

from tests.bench.measuring import median_cpu, peak_mb, run_in_turn
from tests.bench.tables import print_table
from tests.evaluators.pay.plans import random_item, random_plan

PEOPLE = int(os.environ.get("IMPLEMENT_BENCH_PAID_PEOPLE", "10000"))
KPIS = 6
SEED = 1
READING = "import json, sys; from pathlib import Path; json.loads(Path(sys.argv[1]).read_bytes())"


def _write_plan(path: Path, people: int) -> Path:
    """A random plan of so many people with six KPIs each."""
    chance, plan = random.Random(SEED), random_plan(SEED, people)
    for person in plan["people"]:
        cuts = sorted(chance.randint(0, 10_000) for _ in range(KPIS - 1))
        weights = [high - low for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True)]
        person["items"] = [random_item(chance, place, weight) for place, weight in enumerate(weights)]
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


@pytest.mark.bench
def test_pricing_a_plan_is_measured_against_merely_reading_it(tmp_path: Path) -> None:
    rows = []
    for people in (PEOPLE // 4, PEOPLE):
        plan, pay = _write_plan(tmp_path / f"{people}.json", people), tmp_path / f"{people}.pay.json"
        costs = run_in_turn(("-c", READING, plan), ("-m", "implement", "price", plan, "--out", pay))
        limit = median_cpu(costs[0])
        for name, cost in zip(("JSON is read", "pay is priced"), costs, strict=True):
            cpu = median_cpu(cost)
            rows.append([f"{people:,} people, {name}", f"{cpu:.2f}", f"{cpu / limit:.2f}", f"{peak_mb(cost):.0f}"])
        assert pay.stat().st_size
    print_table(f"Pricing plans of {KPIS} KPIs a person", ["each alone", "CPU s", "ratio", "peak MB"], rows)
