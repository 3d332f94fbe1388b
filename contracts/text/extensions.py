"""How the names of files end that are read as documents."""

from __future__ import annotations

MARKDOWN = (".md", ".markdown")
DOCUMENTS = (".docx", ".pdf", ".html", ".htm", ".rtf", ".txt", *MARKDOWN, ".eml", ".msg")
