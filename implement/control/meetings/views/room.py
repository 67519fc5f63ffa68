"""The door of the room of meetings."""

from flask import Blueprint

pages = Blueprint("meetings", __name__, url_prefix="/rollouts/<int:rollout_id>/meetings")
