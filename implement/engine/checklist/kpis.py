"""The catalogue of countable activities: what counts, how it is counted, how it can be gamed (M122–M125)."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.activity.kpis import ABOUT, RULES, SIDES, Kpi
from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

MOST_MINUTES = 480


@dataclass(frozen=True)
class CatalogueKpi:
    """A KPI of the catalogue with its wordings and the demands it answers."""

    kpi: Kpi
    demands: tuple[str, ...]
    name: Text
    how: Text
    gamed: Text


def load_kpis(path: Path) -> tuple[CatalogueKpi, ...]:
    """Read the catalogue in order; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    kpis = tuple(_read_kpi(entry) for entry in sheet.entries("kpis"))
    known = {one.kpi.key for one in kpis}
    for one in kpis:
        if one.kpi.beside and one.kpi.beside not in known:
            sheet.fault("kpis", "not_one_of", one.kpi.beside, ", ".join(sorted(known)))
    sheet.finish()
    raise_faults(sheet)
    return kpis


def _read_kpi(entry: Entry) -> CatalogueKpi:
    key, demands = entry.begin(), entry.demands()
    rule = entry.one_of("rule", RULES)
    is_counted = rule != "report"
    kpi = Kpi(
        key=key,
        side=entry.one_of("side", SIDES),
        about=entry.one_of("about", ABOUT),
        rule=rule,
        record=entry.word("object") if is_counted else "",
        actions=entry.words("actions") if is_counted else (),
        lower_is_better=entry.one_of("lower_is_better", ("false", "true"), "false") == "true",
        minutes=entry.whole("minutes", 0, MOST_MINUTES),
        typing_minutes=entry.whole("typing", 0, MOST_MINUTES),
        beside=entry.word("beside", ""),
    )
    read = CatalogueKpi(kpi, demands, entry.text("name"), entry.text("how"), entry.text("gamed"))
    entry.finish()
    return read
