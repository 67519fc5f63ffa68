"""What the pilot's room keeps, by subject."""

from implement.stages.pilot.tables.waves import SupportPlan, WavePromise

__all__ = ["SupportPlan", "WavePromise"]
