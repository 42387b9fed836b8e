"""Addresses of plans and imports."""

from django.urls import path

from roadmaps.views import editions, findings, headings, imports, links, plans, programmes, rows, search, today

PLAN = "plans/<int:pk>/"
ROW = f"{PLAN}rows/<int:commitment>/"
LINK = f"{ROW}links/<int:upper>/"
HEADING = f"{PLAN}headings/<int:heading>/"
UPPER = f"{PLAN}uppers/<int:upper>/"

urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme-new"),
    path("programmes/<int:pk>/", programmes.programme_edit, name="programme-edit"),
    path("files/<int:pk>/", editions.file, name="file"),
    path("imports/new/", imports.import_new, name="import-new"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<int:pk>/answer/", imports.import_answer, name="import-answer"),
    path("imports/<int:pk>/rows/<str:ref>/", imports.import_row, name="import-row"),
    path("imports/<int:pk>/facts/", imports.import_facts, name="import-facts"),
    path("imports/<int:pk>/finish/", imports.import_finish, name="import-finish"),
    path("imports/<int:pk>/drop/", imports.import_drop, name="import-drop"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.plan_new, name="plan-new"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}editions/", editions.plan_editions, name="plan-editions"),
    path(f"{PLAN}editions/<int:number>/", plans.plan_edition, name="plan-edition"),
    path(f"{PLAN}journal/", editions.plan_journal, name="plan-journal"),
    path(f"{PLAN}submit/", editions.plan_submit, name="plan-submit"),
    path(f"{PLAN}take-back/", editions.plan_take_back, name="plan-take-back"),
    path(f"{PLAN}return/", editions.plan_return, name="plan-return"),
    path(f"{PLAN}open/", editions.plan_open, name="plan-open"),
    path(f"{PLAN}discard/", editions.plan_discard, name="plan-discard"),
    path(f"{PLAN}follow/", links.plan_follow, name="plan-follow"),
    path(f"{PLAN}findings/", findings.plan_findings, name="plan-findings"),
    path(f"{PLAN}findings/fix/", findings.plan_fix, name="plan-fix"),
    path(f"{PLAN}findings/explain/", findings.plan_explain, name="plan-explain"),
    path(f"{UPPER}adopt/", findings.upper_adopt, name="upper-adopt"),
    path(f"{UPPER}answer/", findings.upper_answer, name="upper-answer"),
    path(f"{UPPER}waive/", findings.upper_waive, name="upper-waive"),
    path(f"{PLAN}edit/", headings.plan_edit, name="plan-edit"),
    path(f"{PLAN}echo/", rows.phrase_echo, name="phrase-echo"),
    path(f"{PLAN}headings/new/<str:kind>/", headings.heading_new, name="heading-new"),
    path(HEADING, headings.heading, name="heading"),
    path(f"{HEADING}move/", headings.heading_move, name="heading-move"),
    path(f"{HEADING}drop/", headings.heading_drop, name="heading-drop"),
    path(f"{HEADING}restore/", headings.heading_restore, name="heading-restore"),
    path(f"{HEADING}rows/new/", rows.row_new, name="row-new"),
    path(ROW, rows.row, name="row"),
    path(f"{ROW}move/", rows.row_move, name="row-move"),
    path(f"{ROW}drop/", rows.row_drop, name="row-drop"),
    path(f"{ROW}restore/", rows.row_restore, name="row-restore"),
    path(f"{ROW}links/", links.link_new, name="link-new"),
    path(LINK, links.link, name="link"),
    path(f"{LINK}rule/", links.link_rule, name="link-rule"),
    path(f"{LINK}cut/", links.link_cut, name="link-cut"),
]
