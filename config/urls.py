from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from config.health import healthz, readyz
from config.metrics import metrics
from search.mcp.views import McpView

admin.site.site_header = admin.site.site_title = "Proviso administration"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="search"), name="home"),
    path("login/", auth_views.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("search/", include("search.urls")),
    path("contracts/", include("contracts.urls")),
    path("api/v1/", include("contracts.api_urls")),
    path("api/v1/", include("search.api_urls")),
    path("mcp", McpView.as_view(), name="mcp"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]

handler400 = "config.problems.bad_request"
handler404 = "config.problems.not_found"
handler500 = "config.problems.server_error"
