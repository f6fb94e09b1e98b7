"""Addresses short enough for a poster."""

from django.urls import path

from tuoitho.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("so-lieu/", views.figures, name="figures"),
    path("bao-tin/", views.report_new, name="report_new"),
    path("bao-tin/da-nhan/", views.report_done, name="report_done"),
    path("bao-tin/tra-cuu/", views.receipt, name="receipt"),
]
