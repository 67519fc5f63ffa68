"""The adoption room: usage events come in, who uses the CRM is seen by team first, and by person where it is agreed."""
