"""A sweep on disk: its folder, its runs in blocks as they are made, read back as frames or exported."""
