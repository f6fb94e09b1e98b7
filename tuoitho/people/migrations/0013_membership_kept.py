"""Membership follows ``people_child.household_id`` whoever writes it, from the day of the act."""

from django.db import migrations

from tuoitho.access.rls import follows

# The day comes from the action (people.changed_on), "never" for a merge, which moves the rows.
KEEP = """
CREATE FUNCTION people_keep_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
DECLARE
    said text := coalesce(current_setting('people.changed_on', true), '');
    day date := NEW.registered_on;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.household_id IS NOT DISTINCT FROM OLD.household_id OR said = 'never' THEN
            RETURN NULL;
        END IF;
        day := greatest(day, coalesce(nullif(said, '')::date,
                                      (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date));
        -- What began that day or later has never been so.
        DELETE FROM people_membership WHERE child_id = NEW.id AND lower(valid) >= day;
        UPDATE people_membership SET valid = daterange(lower(valid), day)
        WHERE child_id = NEW.id AND (upper_inf(valid) OR upper(valid) > day);
    END IF;
    IF NEW.household_id IS NOT NULL THEN
        UPDATE people_membership SET valid = daterange(lower(valid), NULL)
        WHERE child_id = NEW.id AND household_id = NEW.household_id AND upper(valid) = day;
        IF NOT FOUND THEN
            INSERT INTO people_membership (child_id, household_id, valid)
            VALUES (NEW.id, NEW.household_id, daterange(day, NULL));
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER people_keep_membership AFTER INSERT OR UPDATE OF household_id ON people_child
FOR EACH ROW EXECUTE FUNCTION people_keep_membership();
"""
DROP = "DROP TRIGGER people_keep_membership ON people_child; DROP FUNCTION people_keep_membership;"
FILL = """
INSERT INTO people_membership (child_id, household_id, valid)
SELECT id, household_id, daterange(registered_on, NULL) FROM people_child
WHERE household_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_number_security")]
    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, DROP),
        follows("people_membership", parent="people_child", column="child_id"),
    ]
