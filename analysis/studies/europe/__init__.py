"""Europe: whether the model does what happened in real regions."""
