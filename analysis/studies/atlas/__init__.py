"""Europe at a glance: every measured region under every regime, who leads where, and what kind of region that is."""
