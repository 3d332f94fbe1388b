from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "contracts.audit"
    label = "audit"
