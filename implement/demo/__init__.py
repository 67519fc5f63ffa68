"""A rollout to look at: real public CRM records, a transfer with planted faults, simulated people."""

from implement.demo.load import DEMO_LOGINS, DEMO_PASSWORD, load

__all__ = ["DEMO_LOGINS", "DEMO_PASSWORD", "load"]
