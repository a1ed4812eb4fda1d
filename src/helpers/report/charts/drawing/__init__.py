"""What charts are drawn with: the page and its SVG, stacks of shares, ribbons of flows."""
