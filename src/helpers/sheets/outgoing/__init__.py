"""Sheets that go out to the departments: blank ones, and copies marked with findings."""
