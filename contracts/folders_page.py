"""The console's page of folders: an administrator loads chosen files, and sees what the watched folder took."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from contracts.arrivals import Arrival, priority_of, receive_waiting, refuse
from contracts.buckets import NotStaged
from contracts.folders import loadable, standing, watched_shelves
from contracts.models import Matter
from contracts.sheets import SHEETS
from contracts.staging import Staged
from contracts.upload import tell

SHOWN = 100  # files of a page


class LoadForm(forms.Form):
    """Only what stands in the folder can be chosen, so that no path leads out of it."""

    matter = forms.ModelChoiceField(Matter.objects.none(), help_text="The matters you are a member of.")
    file = forms.MultipleChoiceField(
        error_messages={
            "required": "Tick at least one file.",
            "invalid_choice": "%(value)s does not stand in the folder, or not any more. Choose among those below.",
        }
    )

    def __init__(self, user: Any, paths: Collection[str], *args: Any) -> None:
        super().__init__(*args)
        self.fields["matter"].queryset = Matter.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["file"].choices = [(path, path) for path in paths]  # type: ignore[attr-defined]


def folders_page(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    files, problem = _staged()
    form = LoadForm(request.user, files, request.POST or None)
    if form.is_valid():
        chosen = [files[path] for path in form.cleaned_data["file"]]
        tell(request, list(chain.from_iterable(_load(request, form.cleaned_data["matter"], chosen))))
        return redirect("admin:contracts_contract_folders")
    page = Paginator(sorted(files), SHOWN).get_page(request.GET.get("page"))
    context = model_admin.admin_site.each_context(request) | {
        "title": "Folders",
        "form": form,
        "opts": model_admin.opts,
        "staging": settings.STAGING_FOLDER,
        "problem": problem,
        "page": page,
        "files": standing(page.object_list, request.user),
        "ticked": request.POST.getlist("file"),
        "sheets": SHEETS,
        "watched": settings.WATCHED_FOLDER,
        **_watched(request),
    }
    return TemplateResponse(request, "admin/contracts/contract/folders.html", context)


def _staged() -> tuple[dict[str, Staged], str]:
    """What can be loaded, or why nothing can."""
    if not settings.STAGING_FOLDER:
        return {}, ""
    try:
        return loadable(settings.STAGING_FOLDER), ""
    except (NotStaged, OSError) as error:
        return {}, str(error)


def _watched(request: HttpRequest) -> dict[str, Any]:
    if not settings.WATCHED_FOLDER:
        return {}
    try:
        return {"shelves": watched_shelves(settings.WATCHED_FOLDER, request.user)}
    except (NotStaged, OSError) as error:
        return {"watched_problem": str(error)}


def _load(request: HttpRequest, matter: Matter, chosen: Sequence[Staged]) -> Iterator[Iterator[Arrival]]:
    """The files stay where they are: loaded again, they are duplicates."""
    priority = priority_of(len(chosen))
    for file in chosen:
        yield _arrivals(matter, file, cast(User, request.user), priority)


def _arrivals(matter: Matter, file: Staged, user: User, priority: int) -> Iterator[Arrival]:
    try:
        yield from receive_waiting(matter, file.name, file.size(), file.read, user, priority=priority)
    except OSError as error:
        yield refuse(matter, file.name, f"It could not be read from the folder: {error.strerror or error}.", user)
