"""The chain of an order against the clock: each step its role and its minutes, run, simulated, read (M76–M82)."""

from implement.engine.rehearsal.clocks import ChainStep, OrderRun, StepClock, run_clocks
from implement.engine.rehearsal.events import EventKind, OrdersAsked, OrdersFound, keep_told
from implement.engine.rehearsal.reading import RunFault, read_runs
from implement.engine.rehearsal.shares import OnTime, share_by_role, share_by_step, share_of_all
from implement.engine.rehearsal.simulate import SimulationSettings, simulate_orders

__all__ = [
    "ChainStep",
    "EventKind",
    "OnTime",
    "OrderRun",
    "OrdersAsked",
    "OrdersFound",
    "RunFault",
    "SimulationSettings",
    "StepClock",
    "keep_told",
    "read_runs",
    "run_clocks",
    "share_by_role",
    "share_by_step",
    "share_of_all",
    "simulate_orders",
]
