"""Surface: which regime leads under which conditions."""
