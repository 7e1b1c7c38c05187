"""Profile: what a measured region is good at, and what is near to that."""
