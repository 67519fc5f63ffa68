"""The moves by name: how each firm is built, and how it is damaged."""

from collections.abc import Callable

from tests.evaluators.foreign.american import build_american, damage_american
from tests.evaluators.foreign.divided import build_divided, damage_divided
from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.russian import build_russian, damage_russian
from tests.evaluators.foreign.sheets import Firm
from tests.evaluators.foreign.short import build_short, damage_short
from tests.evaluators.foreign.ticked import build_ticked, damage_ticked
from tests.evaluators.foreign.united import build_united, damage_united

FIRMS: dict[str, tuple[Callable[[int], Firm], Callable[[Planter], None]]] = {
    "american": (build_american, damage_american),
    "russian": (build_russian, damage_russian),
    "short": (build_short, damage_short),
    "ticked": (build_ticked, damage_ticked),
    "divided": (build_divided, damage_divided),
    "united": (build_united, damage_united),
}
