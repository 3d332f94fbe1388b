"""What is one's own, on any page: lists to put clauses in, and how much is new in saved searches."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import User
from django.db.models import QuerySet, Sum

from contracts.models import Contract
from search.models import Arrival, ClauseList

register = template.Library()


@register.simple_tag
def own_lists(user: User) -> QuerySet[ClauseList]:
    return ClauseList.objects.filter(user=user.pk)


@register.simple_tag
def news_count(user: User) -> int:
    """Clauses in contracts that came in since the last look, over all saved searches."""
    unseen = Arrival.objects.filter(saved__user=user.pk, seen_at=None, contract__in=Contract.objects.visible_to(user))
    count: int = unseen.aggregate(count=Sum("clauses", default=0))["count"]
    return count
