"""The tables of a year's figures: a module each, which makes the printed face and the records together."""
