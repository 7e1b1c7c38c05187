"""The stylised facts that the model is held against, one file a fact."""
