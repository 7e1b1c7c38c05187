"""Numbers that know where they come from, names and sentences: what terminal, page and dashboard render."""
