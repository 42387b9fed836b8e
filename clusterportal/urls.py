"""Addresses of the portal."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from clusterportal import health

admin.autodiscover()

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="language"),
    path("", include("organizations.urls")),
    path("", include("documents.urls")),
    path("", include("reminders.urls")),
    path("", include("roadmaps.urls")),
]
