"""What the command line shows: messages, progress, tables."""
