"""What is done with runs: experiments, their execution, comparison, figures and storage."""
