"""Who reads a merge; the two functions that move what hangs on a child, past row-level security."""

from django.db import migrations

from tuoitho.access.rls import policies, sees
from tuoitho.notices.rls import notices_follow

BOTH = (
    "EXISTS (SELECT 1 FROM people_child c WHERE c.id = people_merge.kept_id) AND "
    "EXISTS (SELECT 1 FROM people_child c WHERE c.id = people_merge.other_id)"
)

# Everything that names a child by a foreign key, also of rooms this one does not know, and rows the
# acting person may not see (a sealed case): none may be left behind. ``stays``: constraints of which
# a child has one row at a time; where both have one, the other's stays. Asks again who may.
MERGE = """
CREATE FUNCTION people_merge_rows(merge bigint, stays text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    kept bigint;
    gone bigint;
    ref record;
    hanging text;
    why text;
BEGIN
    SELECT m.kept_id, m.other_id INTO kept, gone FROM people_merge m
    WHERE m.id = merge AND m.state = 'requested' AND people_may_merge(m.kept_id, m.other_id);
    IF NOT FOUND THEN RETURN false; END IF;
    FOR ref IN SELECT * FROM people_hanging_on_a_child() LOOP
        FOR hanging IN EXECUTE format('SELECT id::text FROM %s WHERE %I = $1 ORDER BY id',
                                      ref.place, ref.col) USING gone
        LOOP
            -- The same carer once: a second row would only repeat it.
            CONTINUE WHEN ref.name = 'people_guardian' AND EXISTS (
                SELECT 1 FROM people_guardian g, people_guardian same, people_child c
                WHERE g.id::text = hanging AND c.id = kept
                  AND (same.child_id = kept OR same.household_id = c.household_id)
                  AND same.relation = g.relation AND same.folded_name = g.folded_name);
            BEGIN
                EXECUTE format('UPDATE %s SET %I = $1 WHERE id::text = $2', ref.place, ref.col)
                USING kept, hanging;
                INSERT INTO people_mergedrow (merge_id, "table", "column", "row")
                VALUES (merge, ref.name, ref.col, hanging);
            EXCEPTION WHEN unique_violation OR exclusion_violation THEN
                GET STACKED DIAGNOSTICS why = CONSTRAINT_NAME;
                IF why <> ALL (stays) THEN RAISE; END IF;
            END;
        END LOOP;
    END LOOP;
    RETURN true;
END
$$;
"""

UNMERGE = """
CREATE FUNCTION people_unmerge_rows(merge bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    kept bigint;
    gone bigint;
    moved record;
BEGIN
    SELECT m.kept_id, m.other_id INTO kept, gone FROM people_merge m
    WHERE m.id = merge AND m.state = 'done' AND people_may_merge(m.kept_id, m.other_id);
    IF NOT FOUND THEN RETURN false; END IF;
    FOR moved IN SELECT * FROM people_mergedrow r WHERE r.merge_id = merge ORDER BY r.id LOOP
        EXECUTE format('UPDATE %I SET %I = $1 WHERE id::text = $2 AND %I = $3',
                       moved."table", moved."column", moved."column")
        USING gone, moved."row", kept;
    END LOOP;
    DELETE FROM people_mergedrow r WHERE r.merge_id = merge;
    RETURN true;
END
$$;
"""

# Pairs of children compared, and merges themselves, are about the rows as they were; a score of
# risk is made anew every day.
HANGING = """
CREATE FUNCTION people_hanging_on_a_child() RETURNS TABLE (name text, place text, col text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT t.relname::text, c.conrelid::regclass::text, a.attname::text
    FROM pg_constraint c
    JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'people_child'::regclass
      AND t.relname NOT IN ('people_child', 'people_merge', 'people_matchpair', 'rounds_riskscore')
    ORDER BY 1, 3
$$;
"""

MAY = """
CREATE FUNCTION people_may_merge(one bigint, other bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT count(*) = 2 FROM people_child c
    WHERE c.id IN (one, other)
      AND (access_everywhere(access_person(), 'people.merge')
           OR c.unit_id = ANY (access_units(access_person(), 'people.merge')))
$$;
"""

# A pupil whose row was merged away is known to the school by the other row.
PUPILS = """
CREATE OR REPLACE VIEW people_pupil WITH (security_barrier) AS
SELECT e.id, e.child_id AS child_key, c.unit_id AS unit_key, e.school_id, e.school_year, e.grade,
       c.full_name, c.folded_name, c.sort_name, c.birth_date
FROM people_enrolment e JOIN people_child c ON c.id = e.child_id
WHERE e.school_id IN (SELECT unnest(people_schools_of(access_person()))){standing};
"""
STANDING = " AND c.merged_into_id IS NULL"

# Who approves writes the kept row without keeping the register otherwise.
WRITES = "ALTER POLICY people_child_update ON people_child WITH CHECK ({condition})"
REGISTERS = sees("people.register")


class Migration(migrations.Migration):
    dependencies = [("people", "0006_attendance_security"), ("notices", "0002_row_level_security")]
    operations = [
        policies("people_merge", read=BOTH),
        policies("people_mergedrow", read="false"),
        migrations.RunSQL(MAY, "DROP FUNCTION people_may_merge"),
        migrations.RunSQL(HANGING, "DROP FUNCTION people_hanging_on_a_child"),
        migrations.RunSQL(MERGE, "DROP FUNCTION people_merge_rows"),
        migrations.RunSQL(UNMERGE, "DROP FUNCTION people_unmerge_rows"),
        migrations.RunSQL(PUPILS.format(standing=STANDING), PUPILS.format(standing="")),
        migrations.RunSQL(
            WRITES.format(condition=f"{REGISTERS} OR {sees('people.merge')}"),
            WRITES.format(condition=REGISTERS),
        ),
        notices_follow("people_merge"),
    ]
