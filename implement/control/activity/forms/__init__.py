"""What is typed in about activity plans."""

from implement.control.activity.forms.kpis import KpiForm
from implement.control.activity.forms.plans import (
    ExceptionForm,
    PeriodForm,
    PlanForm,
    TargetFileForm,
    fill_plan,
    name_cell,
    read_cells,
)
from implement.control.activity.forms.reports import MissForm, QuotaForm, SettleForm

__all__ = [
    "ExceptionForm",
    "KpiForm",
    "MissForm",
    "PeriodForm",
    "PlanForm",
    "QuotaForm",
    "SettleForm",
    "TargetFileForm",
    "fill_plan",
    "name_cell",
    "read_cells",
]
