"""How the documentation becomes a site: ``sphinx-build -W docs docs/_build``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

project = "The Knowledge Fountains"
author = "The Knowledge Fountains authors"
copyright = "The Knowledge Fountains authors, MIT licence"  # noqa: A001 - Sphinx names it

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
root_doc = "contents"
exclude_patterns = ["_build", "notebooks"]

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
# Pages are read on a code host, too, where links go to files and folders beside the documentation.
suppress_warnings = ["myst.xref_missing", "myst.header"]

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_numpy_docstring = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = project
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
