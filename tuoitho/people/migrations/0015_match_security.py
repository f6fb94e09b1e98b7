"""Who sees a pair of children that may be one: who sees both."""

from django.db import migrations

from tuoitho.access.rls import policies

BOTH = (
    "EXISTS (SELECT 1 FROM people_child c WHERE c.id = people_matchpair.first_id) AND "
    "EXISTS (SELECT 1 FROM people_child c WHERE c.id = people_matchpair.second_id)"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0013_membership_kept")]
    operations = [policies("people_matchpair", read=BOTH)]
