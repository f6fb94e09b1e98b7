"""Addresses of screening rounds."""

from django.urls import path

from tuoitho.rounds.views import areas, children, lists, model, risk, rounds

app_name = "rounds"
urlpatterns = [
    path("", rounds.round_list, name="round_list"),
    path("new/", rounds.round_new, name="round_new"),
    path("<int:pk>/", rounds.round_detail, name="round_detail"),
    path("<int:pk>/edit/", rounds.round_edit, name="round_edit"),
    path("<int:pk>/start/", rounds.round_start, name="round_start"),
    path("<int:pk>/close/", rounds.round_close, name="round_close"),
    path("<int:pk>/cancel/", rounds.round_cancel, name="round_cancel"),
    path("<int:pk>/judging/", rounds.round_judging, name="round_judging"),
    path("<int:pk>/children/", children.listed_list, name="listed_list"),
    path("risk/", risk.risk_list, name="risk_list"),
    path("risk/again/", risk.risk_again, name="risk_again"),
    path("risk/children/<int:pk>/", risk.risk_child, name="risk_child"),
    path("risk/rules/", risk.risk_rules, name="risk_rules"),
    path("risk/rules/edit/", risk.risk_rules_edit, name="risk_rules_edit"),
    path("model/", model.model_detail, name="model_detail"),
    path("model/train/", model.model_train, name="model_train"),
    path("areas/", areas.area_ranking, name="area_ranking"),
    path("lists/<int:pk>/", lists.list_detail, name="list_detail"),
    path("lists/<int:pk>/print/", lists.list_print, name="list_print"),
    path("lists/<int:pk>/word/", lists.list_word, name="list_word"),
    path("lists/<int:pk>/assign/", lists.list_assign, name="list_assign"),
    path("lists/<int:pk>/add/", lists.list_add, name="list_add"),
    path("children/<int:pk>/", children.listed_detail, name="listed_detail"),
    path("children/<int:pk>/answer/", children.listed_answer, name="listed_answer"),
    path("children/<int:pk>/report/", children.listed_report, name="listed_report"),
]
