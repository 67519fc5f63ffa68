"""How much intake takes in before it refuses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IntakeLimits:
    """Upper limits on one source; what exceeds them is a fault, never a crash."""

    faults_listed: int = 100


DEFAULT_LIMITS = IntakeLimits()
