"""The funnel: what a list of deals says of losses, read by columns that a person confirmed."""

from implement.engine.funnel.columns import (
    ColumnLook,
    count_stages,
    look_at_columns,
    plan_list,
    propose_deal_columns,
    score_deal_list,
)
from implement.engine.funnel.deals import Deals, read_deals
from implement.engine.funnel.figures import (
    Deadlines,
    Gap,
    Group,
    LossMap,
    Repeats,
    Spread,
    StageLosses,
    Totals,
    add_sums,
)
from implement.engine.funnel.lossmap import map_deals, map_losses
from implement.engine.funnel.settings import DEFAULT_FUNNEL, FunnelSettings
from implement.engine.funnel.stages import WITHOUT_STAGES, ListPlan, Stage, State, number_stages, propose_stages
from implement.engine.funnel.words import FIELDS

__all__ = [
    "DEFAULT_FUNNEL",
    "FIELDS",
    "WITHOUT_STAGES",
    "ColumnLook",
    "Deadlines",
    "Deals",
    "FunnelSettings",
    "Gap",
    "Group",
    "ListPlan",
    "LossMap",
    "Repeats",
    "Spread",
    "Stage",
    "StageLosses",
    "State",
    "Totals",
    "add_sums",
    "count_stages",
    "look_at_columns",
    "map_deals",
    "map_losses",
    "number_stages",
    "plan_list",
    "propose_deal_columns",
    "propose_stages",
    "read_deals",
    "score_deal_list",
]
