"""The plan of a rollout: templates, working days, dates that follow from the start, and when it will likely end."""

from implement.engine.planning.forecast import Forecast, ForecastSettings, Progress, forecast_end
from implement.engine.planning.rush import Launch, Rush, RushSettings, find_rush
from implement.engine.planning.schedule import LaidOut, Step, UnsoundPlan, find_critical, lay_out_steps
from implement.engine.planning.templates import PlanTemplate, TemplateStep, copy_for_waves, load_plans
from implement.engine.planning.workdays import WorkDays

__all__ = [
    "Forecast",
    "ForecastSettings",
    "LaidOut",
    "Launch",
    "PlanTemplate",
    "Progress",
    "Rush",
    "RushSettings",
    "Step",
    "TemplateStep",
    "UnsoundPlan",
    "WorkDays",
    "copy_for_waves",
    "find_critical",
    "find_rush",
    "forecast_end",
    "lay_out_steps",
    "load_plans",
]
