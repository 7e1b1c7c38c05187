"""Attribution: through which channels a regime comes by its lead."""
