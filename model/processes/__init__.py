"""What happens to firms in a step, one file a process."""
