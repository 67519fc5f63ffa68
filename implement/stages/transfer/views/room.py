"""The room's blueprint; every subject adds its pages to it."""

from flask import Blueprint

pages = Blueprint("transfer", __name__, url_prefix="/rollouts/<int:rollout_id>/transfer")
