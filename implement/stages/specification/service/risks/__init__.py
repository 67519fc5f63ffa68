"""What can be done about risks: facts, register, joint team, mandate, safety of records."""
