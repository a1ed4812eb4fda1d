"""The settings of a new plan, drafted from a status sheet in hand."""
