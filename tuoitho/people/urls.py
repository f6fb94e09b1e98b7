from django.urls import path

from tuoitho.people.views import (
    attendance,
    children,
    households,
    lists,
    merges,
    numbers,
    pairs,
)

app_name = "people"
urlpatterns = [
    path("children/", lists.child_list, name="child_list"),
    path("children/new/", children.child_new, name="child_new"),
    path("children/<int:pk>/", children.child_detail, name="child_detail"),
    path("children/<int:pk>/edit/", children.child_edit, name="child_edit"),
    path("children/<int:pk>/move/", children.child_move, name="child_move"),
    path("children/<int:pk>/guardians/new/", children.guardian_new, name="guardian_new"),
    path(
        "children/<int:pk>/circumstances/new/", children.circumstance_new, name="circumstance_new"
    ),
    path("circumstances/<int:pk>/end/", children.circumstance_end, name="circumstance_end"),
    path("children/<int:pk>/enrolments/new/", children.enrolment_new, name="enrolment_new"),
    path("children/<int:pk>/attendance/new/", attendance.attendance_new, name="attendance_new"),
    path("pupils/", attendance.pupil_list, name="pupil_list"),
    path("pupils/<int:pk>/", attendance.pupil_attendance, name="pupil_attendance"),
    path("merges/", merges.merge_list, name="merge_list"),
    path("merges/new/", merges.merge_new, name="merge_new"),
    path("merges/<int:pk>/", merges.merge_detail, name="merge_detail"),
    path("merges/<int:pk>/approve/", merges.merge_approve, name="merge_approve"),
    path("merges/<int:pk>/refuse/", merges.merge_refuse, name="merge_refuse"),
    path("merges/<int:pk>/withdraw/", merges.merge_withdraw, name="merge_withdraw"),
    path("merges/<int:pk>/undo/", merges.merge_undo, name="merge_undo"),
    path("numbers/", numbers.number_children, name="number_children"),
    path("numbers/lists/", numbers.numberlist_list, name="numberlist_list"),
    path("numbers/lists/new/", numbers.numberlist_new, name="numberlist_new"),
    path("numbers/lists/<int:pk>/", numbers.numberlist_detail, name="numberlist_detail"),
    path("numbers/lists/<int:pk>/paper/", numbers.numberlist_paper, name="numberlist_paper"),
    path("numbers/lists/<int:pk>/hand/", numbers.numberlist_hand, name="numberlist_hand"),
    path("numbers/lists/<int:pk>/cancel/", numbers.numberlist_cancel, name="numberlist_cancel"),
    path("numbers/lists/<int:pk>/answers/", numbers.numberlist_answers, name="numberlist_answers"),
    path("numbers/lists/<int:pk>/return/", numbers.numberlist_return, name="numberlist_return"),
    path("pairs/", pairs.pair_list, name="pair_list"),
    path("pairs/search/", pairs.pair_search, name="pair_search"),
    path("pairs/<int:pk>/", pairs.pair_detail, name="pair_detail"),
    path("pairs/<int:pk>/judge/", pairs.pair_judge, name="pair_judge"),
    path("households/", lists.household_list, name="household_list"),
    path("households/new/", households.household_new, name="household_new"),
    path("households/<int:pk>/", households.household_detail, name="household_detail"),
    path("households/<int:pk>/edit/", households.household_edit, name="household_edit"),
    path("households/<int:pk>/poverty/new/", households.poverty_new, name="poverty_new"),
    path(
        "households/<int:pk>/guardians/new/",
        households.household_guardian_new,
        name="household_guardian_new",
    ),
]
