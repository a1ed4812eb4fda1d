"""Cells to records: the header, the rows around it, what single cells mean."""
