from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "contracts.webhooks"
    label = "webhooks"
