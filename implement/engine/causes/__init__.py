"""Causes: what findings have in common, so that 2,089 lost deals are one sentence."""

from implement.engine.causes.background import Background
from implement.engine.causes.cause import TEXTS, Cause
from implement.engine.causes.explain import explain
from implement.engine.causes.settings import DEFAULT_CAUSE_SETTINGS, CauseSettings

__all__ = ["DEFAULT_CAUSE_SETTINGS", "TEXTS", "Background", "Cause", "CauseSettings", "explain"]
