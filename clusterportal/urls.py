"""Addresses of the portal."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("organizations.urls")),
    path("", include("reminders.urls")),
]
