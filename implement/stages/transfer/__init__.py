"""The transfer room: what became of every record on its way from the old system into the CRM (M29)."""
