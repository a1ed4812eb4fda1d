"""Cells to records: the header, the rows around it, the meanings of single cells."""
