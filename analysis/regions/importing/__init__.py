"""Regions of a user: tables as people have them become a folder of regions and a report."""
