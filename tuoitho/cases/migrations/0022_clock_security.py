"""Who may see a clock: who may see its report or case. Its place follows theirs by trigger."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, sees

READ = f"{sees('cases.view')} AND (NOT sealed OR {sees('cases.sealed')})"
# As for reports: whoever receives one anywhere starts its clock for any commune.
RECEIVES = (
    "(SELECT access_everywhere(access_person(), 'cases.receive') "
    "OR cardinality(access_units(access_person(), 'cases.receive')) > 0)"
)
WRITE = f"({READ}) OR (report_id IS NOT NULL AND {RECEIVES})"

# SECURITY DEFINER: who seals, forwards or hands over may not see the clock afterwards.
FOLLOW = """
CREATE FUNCTION cases_clock_follows_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    UPDATE cases_clock
    SET unit_id = NEW.unit_id, sealed = NEW.sealed, assigned_to_id = NEW.assigned_to_id
    WHERE case_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_clock_follows AFTER UPDATE OF unit_id, sealed, assigned_to_id ON cases_case
FOR EACH ROW WHEN (
    OLD.unit_id IS DISTINCT FROM NEW.unit_id OR OLD.sealed IS DISTINCT FROM NEW.sealed
    OR OLD.assigned_to_id IS DISTINCT FROM NEW.assigned_to_id
) EXECUTE FUNCTION cases_clock_follows_case();

-- Whoever worked on it where it was does not work on it where it goes.
CREATE FUNCTION cases_case_moves_on() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    NEW.assigned_to_id := NULL;
    RETURN NEW;
END
$$;
CREATE TRIGGER cases_case_moves_on BEFORE UPDATE OF unit_id ON cases_case
FOR EACH ROW WHEN (OLD.unit_id IS DISTINCT FROM NEW.unit_id)
EXECUTE FUNCTION cases_case_moves_on();

CREATE FUNCTION cases_clock_follows_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    UPDATE cases_clock SET unit_id = NEW.unit_id, sealed = NEW.sealed WHERE report_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_clock_follows AFTER UPDATE OF unit_id, sealed ON cases_report
FOR EACH ROW WHEN (
    OLD.unit_id IS DISTINCT FROM NEW.unit_id OR OLD.sealed IS DISTINCT FROM NEW.sealed
) EXECUTE FUNCTION cases_clock_follows_report();
"""
UNFOLLOW = """
DROP TRIGGER cases_clock_follows ON cases_report;
DROP TRIGGER cases_clock_follows ON cases_case;
DROP FUNCTION cases_clock_follows_report;
DROP TRIGGER cases_case_moves_on ON cases_case;
DROP FUNCTION cases_case_moves_on;
DROP FUNCTION cases_clock_follows_case;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_sendings_security"), ("access", "0002_row_level_security")]
    operations = [
        policies("cases_clock", read=READ, write=WRITE),
        follows("cases_clockchange", parent="cases_clock", column="clock_id"),
        follows("cases_escalation", parent="cases_clock", column="clock_id"),
        migrations.RunSQL(FOLLOW, UNFOLLOW),
    ]
