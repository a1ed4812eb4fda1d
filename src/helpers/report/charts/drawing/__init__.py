"""Tools to draw charts: the page and its SVG, stacks of shares, ribbons of flows."""
