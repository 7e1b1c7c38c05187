"""Figures of scenario discovery."""
