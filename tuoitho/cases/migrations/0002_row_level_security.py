"""Who may see a report, a screening, a case: ``models.sight`` in the database's own words."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, sees

READ = f"{sees('cases.view')} AND (NOT sealed OR {sees('cases.sealed')})"
# Whoever receives reports anywhere may write one for any commune: it goes to where it happened at
# once (NĐ 56/2017 Điều 26.1), and who wrote it need not be able to read it.
RECEIVES = (
    "(SELECT access_everywhere(access_person(), 'cases.receive') "
    "OR cardinality(access_units(access_person(), 'cases.receive')) > 0)"
)

# A row that is sealed, or sent to another commune, leaves the sight of who does it, so no policy can
# let it pass: the owner of the tables writes it, after asking for the permission where it was.
LEAVE = """
CREATE FUNCTION cases_may_here(wanted text, place bigint) RETURNS boolean
LANGUAGE sql STABLE AS
$$
    SELECT access_everywhere(access_person(), wanted)
        OR place = ANY (access_units(access_person(), wanted))
$$;

CREATE FUNCTION cases_seal(wanted bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases_case c WHERE c.id = wanted
        AND (cases_may_here('cases.screen', c.unit_id) OR cases_may_here('cases.sealed', c.unit_id))
    ) THEN
        RETURN false;
    END IF;
    UPDATE cases_case SET sealed = true WHERE id = wanted;
    UPDATE cases_report SET sealed = true WHERE case_id = wanted;
    UPDATE cases_screening SET sealed = true WHERE case_id = wanted;
    RETURN true;
END
$$;

CREATE FUNCTION cases_forward_report(wanted uuid, target bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    UPDATE cases_report r
    SET forwarded_from_id = r.unit_id, unit_id = target, happened_unit_id = target
    WHERE r.id = wanted AND r.state = 'waiting' AND r.case_id IS NULL
      AND cases_may_here('cases.view', r.unit_id) AND cases_may_here('cases.receive', r.unit_id)
      AND (NOT r.sealed OR cases_may_here('cases.sealed', r.unit_id));
    RETURN FOUND;
END
$$;
"""
OF_CASE = (
    "cases_casemove", "cases_firstassessment", "cases_emergencymeasure", "cases_review",
    "cases_supportplan", "cases_service", "cases_visit",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_tables"),
        ("access", "0002_row_level_security"),
        ("people", "0002_row_level_security"),
    ]
    operations = [
        policies("cases_report", read=READ, write=RECEIVES),
        policies("cases_screening", read=READ),
        policies("cases_case", read=READ),
        follows("cases_screeningwork", parent="cases_screening", column="screening_id"),
        *(follows(table, parent="cases_case", column="case_id") for table in OF_CASE),
        follows("cases_planmeasure", parent="cases_supportplan", column="plan_id"),
        migrations.RunSQL(
            LEAVE,
            "DROP FUNCTION cases_forward_report; DROP FUNCTION cases_seal; "
            "DROP FUNCTION cases_may_here;",
        ),
    ]
