"""The simulation: knowledge carriers, processes, policy and the region that holds them."""
