"""Published models run again beside the project's own, to see whether their findings come out."""
