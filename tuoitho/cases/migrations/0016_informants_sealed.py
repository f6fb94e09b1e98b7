"""Who told is under a security of its own, apart from the report."""

from django.db import migrations

from tuoitho.access.rls import policies, sees

# As for reports: whoever receives reports anywhere may name who told, and need not read it back.
RECEIVES = (
    "(SELECT access_everywhere(access_person(), 'cases.receive') "
    "OR cardinality(access_units(access_person(), 'cases.receive')) > 0)"
)
OPENS = (
    "EXISTS (SELECT 1 FROM cases_report r WHERE r.id = cases_informant.report_id "
    f"AND {sees('cases.informant', 'r.unit_id')})"
)
# Where the children of a hamlet live now. The public asks it through the routing of a report: it
# gives units, never a child.
HAMLET = """
CREATE FUNCTION cases_communes_of_hamlet(communes bigint[], folded text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT array_agg(DISTINCT c.unit_id) FROM people_child c
    WHERE folded <> '' AND c.unit_id = ANY (communes) AND c.folded_hamlet = folded
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_exchange_security")]
    operations = [
        policies("cases_informant", read=OPENS, write=RECEIVES),
        migrations.RunSQL(HAMLET, "DROP FUNCTION cases_communes_of_hamlet"),
    ]
