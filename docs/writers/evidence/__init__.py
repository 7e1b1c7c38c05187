"""The evidence page: what was measured about the model, in one piece, written from tables that are kept."""
