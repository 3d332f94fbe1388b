"""The admin's upload page: several files into one matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from contracts.archive import MOST_FILES
from contracts.arrivals import Arrival, priority_of, receive_waiting
from contracts.models import Matter
from contracts.text.extensions import DOCUMENTS

FEW = 5
# Of each outcome: how it is told of one file, and of many together.
TOLD = {
    "refused": (messages.ERROR, "Not received: {reason}", ""),
    "unrelated": (messages.ERROR, "Not related: {reason}", ""),
    "duplicate": (
        messages.WARNING,
        "Already here: {name} is “{contract}”. It was not received twice.",
        "{number} files were here already and were not received twice; “duplicate” below lists them.",
    ),
    "related": (messages.SUCCESS, "Related: {name} is {reason}.", "{number} relations between contracts are kept."),
    "received": (
        messages.SUCCESS,
        "Received: {name} is waiting to be read.",
        "{number} files are received and waiting to be read.",
    ),
}


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    widget = ManyFilesInput(attrs={"accept": ",".join((*DOCUMENTS, ".zip")), "class": "drop"})

    def clean(self, data: Sequence[UploadedFile], initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFilesField, self).clean(file, initial) for file in data]


class UploadForm(forms.Form):
    matter = forms.ModelChoiceField(Matter.objects.none(), help_text="The matters you are a member of.")
    # An empty file is received as well: its reading fails with the reason, like any other unreadable file.
    files = ManyFilesField(  # type: ignore[assignment]  # the stubs take it for the form's own ``files``
        allow_empty_file=True,
        help_text=f"Drop files here, or choose up to {settings.DATA_UPLOAD_MAX_NUMBER_FILES:,} at once: DOCX, PDF, "
        f"HTML, RTF, TXT, Markdown, e-mails (EML, MSG), or a ZIP of up to {MOST_FILES:,} of them, which may hold a "
        "metadata.csv and a relationships.csv.",
    )

    def __init__(self, user: AbstractBaseUser | AnonymousUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = Matter.objects.visible_to(user)  # type: ignore[attr-defined]


def upload_files(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    form = UploadForm(request.user, request.POST or None, request.FILES or None)
    if form.is_valid():
        matter = form.cleaned_data["matter"]
        files = form.cleaned_data["files"]
        came = (_receive(request, matter, file, priority_of(len(files))) for file in files)
        tell(request, list(chain.from_iterable(came)))
        return redirect("admin:contracts_contract_changelist")
    context = model_admin.admin_site.each_context(request) | {
        "title": "Upload files",
        "form": form,
        "opts": model_admin.opts,
    }
    return TemplateResponse(request, "admin/contracts/contract/upload.html", context)


def _receive(request: HttpRequest, matter: Matter, file: UploadedFile, priority: int) -> Iterator[Arrival]:
    name, size, user = file.name or "file", file.size or 0, cast(User, request.user)
    return receive_waiting(matter, name, size, file.read, user, priority=priority)


def tell(request: HttpRequest, arrivals: Sequence[Arrival]) -> None:
    """Each file while they are few; of many only what needs a look, as the table of received files names the others."""
    by_outcome: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        by_outcome.setdefault(arrival.outcome, []).append(arrival)
    for outcome, (level, each, many) in TOLD.items():
        some = by_outcome.get(outcome, [])
        if len(some) > FEW and many:
            messages.add_message(request, level, many.format(number=len(some)))
        else:
            for one in some:
                text = each.format(name=one.name, contract=one.contract, reason=one.reason)
                messages.add_message(request, level, text)
