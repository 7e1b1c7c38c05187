"""Ways in which tables of people are distorted, by what of a table they concern."""
