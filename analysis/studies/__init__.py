"""Studies: a folder for each question that is asked of the model, from its design to the page that answers it."""
