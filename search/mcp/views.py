"""The address of the MCP endpoint."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from contracts.rest.authentication import TokenAuthentication
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView


class McpView(StrictView):
    authentication_classes = [TokenAuthentication]  # never a browser's session
    scopes = dict.fromkeys(("GET", "POST", "DELETE"), Scope.SEARCH)  # GET and DELETE are 405: no stream, no session

    @extend_schema(exclude=True)
    def post(self, request: Request) -> HttpResponse:
        from search.mcp.server import answer  # on first use: it brings a web framework of its own

        given = answer(request)
        return HttpResponse(given.body, status=given.status, headers=given.headers)
