"""Clocks of sealed files hide behind the need-to-know list; the keeper of time reads every clock."""

from django.db import migrations

from tuoitho.access.rls import sees

# Who holds seals *and* keeps time is a process that only recounts limits; no role of a person does.
OPENS = """
CREATE OR REPLACE FUNCTION cases_opens_seal(wanted bigint, place bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF access_person() IS NULL THEN
        RETURN false;
    END IF;
    RETURN cases_listed(wanted, access_person())
        OR (cases_may_here('cases.sealed', place)
            AND (NOT cases_has_lead(wanted) OR cases_may_here('cases.keep_time', place)));
END
$$;
"""
BEFORE_OPENS = OPENS.replace(
    "(NOT cases_has_lead(wanted) OR cases_may_here('cases.keep_time', place))",
    "NOT cases_has_lead(wanted)",
)
# Of a report's clock the case is that of the report, which its own policy already guards.
OF_CASE = "coalesce(case_id, (SELECT r.case_id FROM cases_report r WHERE r.id = report_id))"
SEEN = f"(NOT sealed AND {sees('cases.view')}) OR (sealed AND cases_opens_seal({OF_CASE}, unit_id))"
SEEN_BEFORE = f"{sees('cases.view')} AND (NOT sealed OR {sees('cases.sealed')})"
RECEIVES = (
    "(SELECT access_everywhere(access_person(), 'cases.receive') "
    "OR cardinality(access_units(access_person(), 'cases.receive')) > 0)"
)


def clocks(seen: str) -> list[str]:
    """The policies of the clocks with another condition of sight."""
    write = f"({seen}) OR (report_id IS NOT NULL AND {RECEIVES})"
    return [
        f"ALTER POLICY cases_clock_read ON cases_clock USING ({seen})",
        f"ALTER POLICY cases_clock_insert ON cases_clock WITH CHECK ({write})",
        f"ALTER POLICY cases_clock_update ON cases_clock USING ({seen}) WITH CHECK ({write})",
        f"ALTER POLICY cases_clock_delete ON cases_clock USING ({seen})",
    ]


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_sealed_compartment")]
    operations = [
        migrations.RunSQL(OPENS, BEFORE_OPENS),
        migrations.RunSQL(clocks(SEEN), clocks(SEEN_BEFORE)),
    ]
