"""The door of the specification room."""

from flask import Blueprint

pages = Blueprint("specification", __name__, url_prefix="/rollouts/<int:rollout_id>/specification")
