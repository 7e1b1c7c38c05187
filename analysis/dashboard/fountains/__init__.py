"""Watch: what a run is filmed as, how it is drawn, told, and saved."""
