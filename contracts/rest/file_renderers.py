"""Files as answers: they are made elsewhere, and what stands here lets a client say in Accept that it takes them."""

from __future__ import annotations

import json
from typing import Any

from rest_framework.renderers import BaseRenderer


class _FileRenderer(BaseRenderer):
    """Only a problem is ever rendered here."""

    charset = None

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return json.dumps(data).encode()


def file_renderer(name: str, media_type: str) -> type[BaseRenderer]:
    return type(f"{name}Renderer", (_FileRenderer,), {"media_type": media_type, "format": name})
