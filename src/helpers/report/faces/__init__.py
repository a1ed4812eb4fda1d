"""The two faces of a table: cells as printed, records for machines."""
