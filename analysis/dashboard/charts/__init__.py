"""What is drawn on the page: pure functions from numbers to ECharts options."""
