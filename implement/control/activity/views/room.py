"""The door of the room of activity plans."""

from flask import Blueprint

pages = Blueprint("activity", __name__, url_prefix="/rollouts/<int:rollout_id>/activity")
