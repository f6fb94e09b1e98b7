"""A list of children whose identity numbers do not agree with what is known, with the police."""

from datetime import timedelta

from tuoitho.access.person import acting_as
from tuoitho.demo.follow_up import staff
from tuoitho.demo.stage import Stage
from tuoitho.people.actions import hand_over_numbers, prepare_number_list
from tuoitho.people.models import Child


def ask_police(stage: Stage) -> None:
    """The first commune handed a list over some days ago; no answer has come yet."""
    unit = stage.new_communes[0]
    worker, _chair = staff(unit)
    asked = stage.today - timedelta(days=6)
    with acting_as(worker):
        children = Child.objects.visible_to(worker).filter(unit=unit).minors_on(stage.today)
        given = children.exclude(national_id_hash="").with_number_trouble("")
        made = prepare_number_list(unit, given, by=worker, on=asked)
        hand_over_numbers(
            made, recipient=f"Công an {unit.name}", received_by="Đỗ Mạnh Hùng",
            document_number="", by=worker, on=asked,
        )  # fmt: skip
