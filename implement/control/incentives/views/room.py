"""The door of the room of incentives."""

from flask import Blueprint

pages = Blueprint("incentives", __name__, url_prefix="/rollouts/<int:rollout_id>/incentives")
