"""What the room of activity plans shows outside its own pages: its place on the rail."""

from implement.rollout.registries import Registries, Room
from implement.web.texts import lazy


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("activity", lazy("Activity"), "activity.list_kpis"))
