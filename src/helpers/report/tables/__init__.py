"""The tables of a year's figures: a module each, which gives the page's and the machine's face of the table together."""
