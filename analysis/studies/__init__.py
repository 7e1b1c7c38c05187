"""What a sweep says: sensitivity, discovery, robustness and replicates, each as tables, sentences and warnings."""
