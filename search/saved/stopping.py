"""The way out of e-mail: a signed address that needs no login, in each mail and in its List-Unsubscribe header."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search.models import SavedSearch

_signer = Signer(salt="search.saved.stopping")  # without an end: an old mail, too, must be a way out


def stop_address(*, saved: int | None = None, user: int | None = None) -> str:
    """For one saved search, or for all of a user."""
    return reverse("saved-stop", args=[_signer.sign_object({"pk": saved, "user": user})])


# Mail programs post without our cookie, so no token of a form can be asked for; the signature stands for the owner.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """GET only asks, as mail scanners follow links. Nothing on the page says what is searched for."""
    try:
        of = {name: value for name, value in _signer.unsign_object(token).items() if value is not None}
    except BadSignature:
        return render(request, "search/saved/stop.html", {"broken": True}, status=404)
    if request.method == "POST":
        SavedSearch.objects.filter(**of).update(alerts=SavedSearch.Alerts.NONE)
    return render(request, "search/saved/stop.html", {"one": "pk" in of, "done": request.method == "POST"})
