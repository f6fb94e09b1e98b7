"""How many open referrals a body has from all communes: a number only, for the warning of capacity."""

from django.db import migrations

# A worker sees the referrals of his own commune. The body is as full with those of the others, and a
# number names nobody. Referrals of sealed cases are left out, as everywhere.
COUNT = """
CREATE FUNCTION cases_open_referrals(body bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT count(*) FROM cases_referral
    WHERE receiver_id = body AND NOT sealed AND state IN ('offered', 'accepted')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_handovers_behind_the_list")]
    operations = [migrations.RunSQL(COUNT, "DROP FUNCTION cases_open_referrals")]
