"""The hall: companies, people, roles, teams, waves, gates, and the building blocks that every room uses."""
