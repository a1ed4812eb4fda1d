"""The computed sentences and headings of the report."""
