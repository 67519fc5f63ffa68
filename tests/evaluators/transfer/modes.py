"""The modes of a trial: each builds a firm, its after-state and the truth between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tests.evaluators.transfer.arrivals import Arrivals, arrive_whole
from tests.evaluators.transfer.fates import note_twins
from tests.evaluators.transfer.landing import Landed, Style, land
from tests.evaluators.transfer.legacy import build_firm
from tests.evaluators.transfer.patterns import Pattern, map_products, plant_patterns
from tests.evaluators.transfer.planting import FaultPlan, plant_faults
from tests.evaluators.transfer.rarities import recycle_ids, rewrite_letters, shift_ids
from tests.evaluators.transfer.sheets import Firm, Random
from tests.evaluators.transfer.truth import Truth, tell_truth


@dataclass(frozen=True)
class Mode:
    """What a trial plants and how its target looks."""

    says: str
    plan: FaultPlan | None = field(default_factory=FaultPlan)
    style: Style = field(default_factory=Style)
    patterns: bool = False
    rarities: bool = False


def _keyed(keys: str, times: int = 1, stacked: bool = False) -> tuple[FaultPlan, Style]:
    return FaultPlan(keys=keys, times=times, stacked=stacked), Style(keys=keys)


SAME = Style(names="same", date_format="%Y-%m-%d", decimal=".", keys="same")
MODES = {
    "keyed": Mode("the target keeps the legacy id beside its own", *_keyed("all")),
    "half": Mode("half of the legacy ids are missing", *_keyed("half")),
    "keyless": Mode("the target keeps no legacy id", *_keyed("none")),
    "stacked": Mode("half of the ids missing, three times the faults, stacked", *_keyed("half", 3, True)),
    "same": Mode("the target keeps the legacy ids as its own", *_keyed("same")),
    "same_names": Mode("the same ids, names and writing", FaultPlan(keys="same"), SAME),
    "renamed": Mode("all target columns are called c1…cn", FaultPlan(), Style(names="numbered")),
    "renamed_keyless": Mode("c1…cn and no legacy id", FaultPlan(keys="none"), Style(names="numbered", keys="none")),
    "patterns": Mode("faults with a cause, beside the usual ones", FaultPlan(), Style(), patterns=True),
    "unplanned": Mode(
        "faults that no list names",
        FaultPlan(rare_encodings=True),
        Style(mixed_dates=True, overlapping_ids=True),
        rarities=True,
    ),
    "clean": Mode("nothing lost, everything written otherwise", None, Style(phone="compact")),
    "clean_same": Mode("the same records in another order", None, SAME),
    "clean_us": Mode("nothing lost, dates as M/D/Y", None, Style(date_format="%m/%d/%Y", decimal=".")),
    "clean_keyless": Mode("nothing lost, no legacy id", None, Style(keys="none")),
}


@dataclass
class Trial:
    """A legacy firm, what the target holds, and what is true about the two."""

    firm: Firm
    landed: dict[str, Landed]
    truth: Truth
    patterns: list[Pattern]
    arrivals: Arrivals


def build_trial(mode_name: str, size: int, seed: int = 1, languages: Sequence[str] = ("de", "pl", "ru", "en")) -> Trial:
    """One trial of a mode at a size; the same seed gives the same trial."""
    mode = MODES[mode_name]
    random = np.random.default_rng((seed, size))
    firm = build_firm(size, seed, languages)
    arrivals = arrive_whole(firm)
    note_twins(arrivals)
    patterns: list[Pattern] = []
    mapped: set[tuple[str, str]] = set()
    if mode.plan:
        patterns = _plant(mode, replace(mode.plan, seed=seed, languages=languages), arrivals, random)
    if mode.patterns:
        mapped = map_products(arrivals)
    landed = land(arrivals, mode.style, random)
    return Trial(firm, landed, tell_truth(arrivals, landed, mode.style, mapped), patterns, arrivals)


def _plant(mode: Mode, plan: FaultPlan, arrivals: Arrivals, random: Random) -> list[Pattern]:
    patterns = plant_patterns(arrivals, random) if mode.patterns else []
    if mode.rarities:
        shift_ids(arrivals, random)
        rewrite_letters(arrivals, random)
    plant_faults(arrivals, plan, random)
    if mode.rarities:
        recycle_ids(arrivals, random)
    return patterns
