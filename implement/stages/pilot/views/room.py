"""The door of the pilot's room."""

from flask import Blueprint

pages = Blueprint("pilot", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot")
