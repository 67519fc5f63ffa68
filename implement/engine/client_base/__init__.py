"""The client base of one export, and how it moved since the one before."""

from implement.engine.client_base.figures import BaseFigures, ChannelFigures, Movement, SegmentMove
from implement.engine.client_base.months import compare_bases, measure_base
from implement.engine.client_base.names import ClientNames, join_segments, list_names, propose_client_names

__all__ = [
    "BaseFigures",
    "ChannelFigures",
    "ClientNames",
    "Movement",
    "SegmentMove",
    "compare_bases",
    "join_segments",
    "list_names",
    "measure_base",
    "propose_client_names",
]
