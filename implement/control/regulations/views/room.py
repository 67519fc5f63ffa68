"""The door of the room of regulations."""

from flask import Blueprint

pages = Blueprint("regulations", __name__, url_prefix="/rollouts/<int:rollout_id>/regulations")
