from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "contracts.rest"
    label = "api"

    def ready(self) -> None:
        import contracts.rest.schema  # noqa: F401  drf-spectacular finds extensions once they are imported
        from contracts.rest.rates import check_rates

        check_rates()
