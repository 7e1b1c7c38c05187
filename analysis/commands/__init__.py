"""What a user can type: options, help and examples; the work is done elsewhere, imported when needed."""
