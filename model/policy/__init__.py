"""What policymakers see, decide and pay for."""
