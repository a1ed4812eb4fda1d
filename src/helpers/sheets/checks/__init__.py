"""What can be wrong with a sheet: a module a family of findings."""
