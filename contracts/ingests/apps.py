from django.apps import AppConfig


class IngestsConfig(AppConfig):
    name = "contracts.ingests"
    label = "ingests"
