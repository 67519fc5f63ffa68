"""The choice of a CRM: a catalogue with sources, weights from requirements, scores, knock-outs, what would turn it."""

from implement.engine.choice.catalogue import (
    TODAY,
    Catalogue,
    Hosting,
    Limit,
    Price,
    Source,
    Stated,
    System,
    join_catalogues,
    read_catalogue,
)
from implement.engine.choice.guide import Argument, Criterion, Gain, Guide, Question, derive_facts, load_guide
from implement.engine.choice.knock_out import KnockOut, Needs, OpenPoint, Standing, check_system
from implement.engine.choice.sensitivity import LevelChange, WeightChange, find_level_changes, find_weight_changes
from implement.engine.choice.weighing import HIGHEST_LEVEL, Part, Score, rank_scores, score_system, weigh_criteria

__all__ = [
    "HIGHEST_LEVEL",
    "TODAY",
    "Argument",
    "Catalogue",
    "Criterion",
    "Gain",
    "Guide",
    "Hosting",
    "KnockOut",
    "LevelChange",
    "Limit",
    "Needs",
    "OpenPoint",
    "Part",
    "Price",
    "Question",
    "Score",
    "Source",
    "Standing",
    "Stated",
    "System",
    "WeightChange",
    "check_system",
    "derive_facts",
    "find_level_changes",
    "find_weight_changes",
    "join_catalogues",
    "load_guide",
    "rank_scores",
    "read_catalogue",
    "score_system",
    "weigh_criteria",
]
