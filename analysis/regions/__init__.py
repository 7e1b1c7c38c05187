"""Real regions: measures of what they are good at, tables of them, and scenarios made from these."""
