"""The control wing: regulations, activity, meetings, incentives."""
