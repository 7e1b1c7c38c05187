"""Organisations: what each kind of meso-organisation contributes."""
