"""/plan/: the programme, its tasks, its register of documents, its calendar."""

from django.urls import path

from tuoitho.plan.views import calendar, documents, programme, tasks

app_name = "plan"
urlpatterns = [
    path("", programme.plan_detail, name="plan_detail"),
    path("<int:pk>/file.yaml", programme.plan_download, name="plan_download"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/<int:pk>/", tasks.task_detail, name="task_detail"),
    path("tasks/<int:pk>/report/", tasks.task_report, name="task_report"),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/new/", documents.document_new, name="document_new"),
    path("documents/<int:pk>/", documents.document_detail, name="document_detail"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<int:pk>/forget/", calendar.swapped_day_forget, name="swapped_day_forget"),
]
