"""Our figures against the published ones, cell by cell."""
