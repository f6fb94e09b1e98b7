"""One settings file; everything that differs between machines comes from the environment."""

import json
import os
import secrets
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from tuoitho.config.postgres import django_settings
from tuoitho.lib.data_folder import data_folder

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = data_folder()


def _secret_key() -> str:
    """From the environment, or made once and kept beside the data."""
    given = os.environ.get("TUOITHO_SECRET_KEY", "")
    if given:
        return given
    path = DATA_DIR / "keys" / "django.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("TUOITHO_DEBUG", "") == "1"
ALLOWED_HOSTS = os.environ.get("TUOITHO_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TUOITHO_ORIGINS", "").split(",") if o]
DEMO_BANNER = os.environ.get("TUOITHO_DEMO", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",  # its API page, served by us
    "django_filters",
    "template_partials",
    "csp",
    "tuoitho.ui",  # before allauth: our sign-in pages and words win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tuoitho.audit",
    "tuoitho.units",
    "tuoitho.access",
    "procrastinate.contrib.django",  # the queue's tables
    "tuoitho.jobs",
    "tuoitho.notices",
    "tuoitho.plan",
    "tuoitho.people",
    "tuoitho.establishments",
    "tuoitho.cases",
    "tuoitho.activities",
    "tuoitho.budget",
    "tuoitho.inspections",
    "tuoitho.rounds",
    "tuoitho.indicators",
    "tuoitho.reports",
    "tuoitho.portal",
    "tuoitho.dashboard",
    "tuoitho.interop",
    "tuoitho.demo",
    "tuoitho.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tuoitho.ui.language.VietnameseFirst",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "tuoitho.config.urls"
WSGI_APPLICATION = "tuoitho.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tuoitho.ui.context.chrome",
                "tuoitho.notices.context.unread",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Given by the command (`tuoitho …`), which starts the database first; see config/postgres.py.
DATABASES = {
    "default": {
        **django_settings(json.loads(os.environ.get("TUOITHO_DATABASE", '{"dbname": "tuoitho"}'))),
        # One transaction a request: the person who acts is known to the database for its length.
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "tuoitho.access.sign_in.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    # Of one address: a school reports more than a thief of codes may try.
    "portal_report": "20/h/ip",
    "portal_receipt": "20/10m/ip",
}
# Behind so many proxies of our own; else all visitors would share the proxy's address and limits.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TUOITHO_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tuổi Thơ"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
CACHES = {
    # Rate limits must be shared by all web processes: the database is what they share.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}
# Without a mail server letters are written into a folder beside the data, one file each.
EMAIL_HOST = os.environ.get("TUOITHO_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("TUOITHO_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TUOITHO_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TUOITHO_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("TUOITHO_EMAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "smtp" if EMAIL_HOST else "filebased"
)
EMAIL_FILE_PATH = DATA_DIR / "letters"
DEFAULT_FROM_EMAIL = os.environ.get("TUOITHO_EMAIL_FROM", "tuoitho@localhost")
# The address people open, for links in letters.
SITE_URL = os.environ.get("TUOITHO_SITE", "http://127.0.0.1:8000")

# The queue's works are named in one file; other rooms register theirs in jobs/registry.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["tuoitho.jobs.worker"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = True
FILTERS_EMPTY_CHOICE_LABEL = _("Tất cả")

STATIC_URL = "/static/"
# Served by our own process straight from the package: nothing to collect.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA_DIR / "files"
ATTACHMENT_LIMIT_MB = int(os.environ.get("TUOITHO_ATTACHMENT_MB", "10"))
# What is sent stays in memory until it is encrypted: nothing readable is left on the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = (ATTACHMENT_LIMIT_MB * 2 + 1) * 1024 * 1024
# Where clamd listens: unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310; none: no scanning.
CLAMD = os.environ.get("TUOITHO_CLAMD", "")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("TUOITHO_HTTPS", "") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"],  # widths of bars; ECharts and MapLibre set styles
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TUOITHO_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []

django_stubs_ext.monkeypatch()
