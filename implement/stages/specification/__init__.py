"""The specification: from findings to requirements, the structure of the CRM, and terms that both sides sign."""
