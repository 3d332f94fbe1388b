"""Who did what, when, to which thing. Ids and names only, never what a contract says."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db import models

from contracts.models import Matter, restriction_of


def may_read_audit(user: AbstractBaseUser | AnonymousUser) -> bool:
    """What the administration's page of events asks too."""
    return isinstance(user, User) and user.is_active and user.is_staff and user.has_perm("audit.view_auditevent")


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, administrator: AbstractBaseUser | AnonymousUser) -> AuditEventQuerySet:
        """Of the matters that the administrator may see, those of no single matter, and of matters that are no more.

        Ask ``may_read_audit`` first: this only narrows.
        """
        seen = models.Q(matter__in=Matter.objects.visible_to(administrator).values("pk"))
        if restriction_of(administrator) is not None:
            return self.filter(seen)
        deleted = ~models.Exists(Matter.objects.filter(pk=models.OuterRef("matter")))
        return self.filter(seen | models.Q(matter=None) | models.Q(deleted))


class AuditEvent(models.Model):
    """Only added, never changed: the database itself refuses (migration 0001).

    Ids are plain numbers, so that an event outlives what it names.
    """

    class Action(models.TextChoices):
        UPLOADED = "uploaded", "Sent a file"
        OPENED = "opened", "Opened a contract or clause"
        DELETED = "deleted", "Moved a contract to the trash"
        RESTORED = "restored", "Took a contract out of the trash"
        PURGED = "purged", "Deleted a contract for good"
        RELATED = "related", "Put a contract into a family, or took it out"
        DOWNLOADED = "downloaded", "Took the file of a contract"
        SEARCHED = "searched", "Asked a question, or looked for words"
        REREAD = "reread", "Looked at a stored answer again"
        FORGOTTEN = "search.deleted", "Deleted a stored answer"
        CHECKED = "checked_absence", "Had absence checked"
        CHECKED_PLAYBOOK = "checked_playbook", "Had contracts held against a playbook"
        CHECK_DELETED = "check.deleted", "Deleted a check"
        VERIFIED = "verified", "Had a statement verified"
        EXPORTED = "exported", "Took an answer as a file"
        DECIDED = "decided", "Decided on a clause of an answer"
        DISAGREED = "disagreed", "Disagreed with a verdict"
        MAILED = "mailed", "Was sent clauses by e-mail"
        TOKEN_MADE = "token.made", "Made a token"
        TOKEN_REVOKED = "token.revoked", "Revoked a token"
        WEBHOOK_DELETED = "webhook.deleted", "Deleted a webhook"
        WEBHOOK_ENABLED = "webhook.enabled", "Enabled somebody's webhook"
        WEBHOOK_DISABLED = "webhook.disabled", "Disabled somebody's webhook"
        WEBHOOK_RESENT = "webhook.resent", "Had a message of a webhook sent again"
        WEBHOOK_MADE = "webhook.made", "Made a webhook"
        WEBHOOK_CHANGED = "webhook.changed", "Changed a webhook"
        WEBHOOK_SECRET = "webhook.secret", "Gave a webhook a new secret"
        MEMBER_ADDED = "member.added", "Made somebody a member of a matter"
        MEMBER_REMOVED = "member.removed", "Took somebody out of a matter"
        WALL_ADDED = "wall.added", "Walled somebody off from a matter"
        WALL_REMOVED = "wall.removed", "Took a wall away"
        MATTER_MADE = "matter.made", "Made a matter"
        MATTER_RENAMED = "matter.renamed", "Renamed a matter or its client"
        MATTER_DELETED = "matter.deleted", "Deleted a matter"
        CONFIRMED = "confirmed", "Confirmed a fact of a contract"
        CORRECTED = "corrected", "Corrected what was read of a contract, or undid that"
        READ_AGAIN = "read_again", "Had a contract read again"
        CANCELLED = "cancelled", "Cancelled a reading, a load, a search or a check"

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.BigIntegerField(null=True, db_index=True)  # null: a command, or the worker
    username = models.CharField(max_length=150, blank=True)
    token = models.UUIDField(null=True)  # public id of the token in use
    acted_by = models.CharField(max_length=150, blank=True)  # the trusted client that acted for the user
    action = models.CharField(max_length=20, choices=Action)
    kind = models.CharField(max_length=20)  # of the thing: contract, clause, search, ...
    thing = models.CharField(max_length=40, blank=True)  # its id
    matter = models.BigIntegerField(null=True, db_index=True)  # null where it is about none, or many
    change = models.CharField(max_length=60, blank=True)  # "unsure > relevant": what it was and became, in fixed words

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.username} {self.action} {self.kind} {self.thing}".strip()
