"""The text that a cell shows, in a Japanese setting: its value under its number format, without what is struck out."""
