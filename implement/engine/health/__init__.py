"""Health: what is wrong with old tables before anything is transferred."""

from implement.engine.health.check import check_health
from implement.engine.health.finding import KINDS, HealthFinding, HealthReport
from implement.engine.health.settings import DEFAULT_HEALTH_SETTINGS, HealthSettings

__all__ = ["DEFAULT_HEALTH_SETTINGS", "KINDS", "HealthFinding", "HealthReport", "HealthSettings", "check_health"]
