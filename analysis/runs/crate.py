"""A record beside every result that machines can read: RO-Crate 1.1 (Soiland-Reyes et al. 2022)."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.runs.provenance import PACKAGE

CRATE = "ro-crate-metadata.json"
SOFTWARE = "#software"
ACTION = "#run"


def write_crate(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Describe a results folder: what lies in it, which program made it, with what, when.

    Written by hand and not by a library, which would copy the results and take a second to import; a test
    reads it with one.

    Parameters
    ----------
    folder
        Folder whose other files are there already.
    manifest
        Its manifest.
    """
    parts = list(_parts(folder))
    written = str(manifest.get("written", "1970-01-01T00:00:00+00:00"))
    title = str(manifest.get("title") or folder.name)
    graph: list[dict[str, Any]] = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": title,
            "description": f"Results of The Knowledge Fountains: {title}. How they came about is in manifest.json.",
            "datePublished": written,
            "license": {"@id": "#licence"},
            "hasPart": [{"@id": part["@id"]} for part in parts],
            "mentions": {"@id": ACTION},
        },
        {
            "@id": "#licence",
            "@type": "CreativeWork",
            "name": "As whoever made the results decides; the program is under the MIT licence",
        },
        {
            "@id": SOFTWARE,
            "@type": "SoftwareApplication",
            "name": PACKAGE,
            "softwareVersion": str(manifest.get("version", "unknown")),
            "softwareRequirements": [
                f"{name} {version}" for name, version in (manifest.get("dependencies") or {}).items()
            ],
        },
        {
            "@id": ACTION,
            "@type": "CreateAction",
            "name": " ".join(map(str, manifest.get("command", ()))) or title,
            "instrument": {"@id": SOFTWARE},
            "result": {"@id": "./"},
            "endTime": written,
        },
        *parts,
    ]
    content = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    (folder / CRATE).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _parts(folder: Path) -> Iterator[dict[str, Any]]:
    """List what lies in a folder: files by name, folders as a whole."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == CRATE:
            continue
        if path.is_dir():
            yield {"@id": f"{path.name}/", "@type": "Dataset", "name": path.name}
        else:
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            yield {"@id": path.name, "@type": "File", "name": path.name, "encodingFormat": kind}
