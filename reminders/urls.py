"""Addresses of the inbox."""

from django.urls import path

from reminders import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.mark_all, name="inbox-read-all"),
    path("inbox/<int:pk>/", views.open_notice, name="notice-open"),
    path("inbox/<int:pk>/mark/", views.mark, name="notice-mark"),
]
