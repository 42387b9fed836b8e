"""Addresses of the register of orders, of files and verification."""

from django.urls import path

from documents.views import archives, clauses, offices, register, rendered, verification, visas

ORDER = "orders/<int:pk>/"

urlpatterns = [
    path("orders/", register.orders, name="orders"),
    path("orders/office/<int:pk>/", offices.office, name="office"),
    path(f"{ORDER}clauses/new/", clauses.clause_new, name="clause-new"),
    path(f"{ORDER}clauses/<int:clause>/", clauses.clause, name="clause"),
    path(f"{ORDER}clauses/<int:clause>/move/", clauses.clause_move, name="clause-move"),
    path(f"{ORDER}clauses/<int:clause>/drop/", clauses.clause_drop, name="clause-drop"),
    path(f"{ORDER}clauses/echo/", clauses.clause_echo, name="clause-echo"),
    path(f"{ORDER}visas/", visas.visas, name="order-visas"),
    path(f"{ORDER}visas/<int:visa>/", visas.visa, name="visa"),
    path(f"{ORDER}visas/<int:visa>/drop/", visas.visa_drop, name="visa-drop"),
    path(f"{ORDER}files/", rendered.ask, name="order-files"),
    path(f"{ORDER}files/progress/", rendered.progress, name="order-files-progress"),
    path(f"{ORDER}files/<int:file>/", rendered.download, name="order-file"),
    path(f"{ORDER}originals/<str:which>/", rendered.original, name="order-original"),
    path(f"{ORDER}archive/", archives.package, name="order-archive"),
    path(f"{ORDER}retention/", archives.retention, name="order-retention"),
    path("verify/", verification.verify, name="verify"),
    path("verify/<str:code>/", verification.verified, name="verified"),
    path("verify/<str:code>/files/<int:file>/", verification.file, name="verified-file"),
]
