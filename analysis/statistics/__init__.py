"""Statistics on tables and arrays: nothing here runs, draws, prints or keeps anything."""
