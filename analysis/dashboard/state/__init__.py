"""What one person looks at: the view, its history, its settings, and what was uploaded for it."""
