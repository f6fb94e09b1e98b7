"""Row-level security of the register, and the two questions only the owner of the tables can answer."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, scoped

# A child that moves leaves the sight of who moves it, so no policy can let the row pass: the owner
# writes it, after asking for the permission in the old unit. Nothing else of the row changes.
MOVE = """
CREATE FUNCTION people_move_child(child bigint, target bigint, new_hamlet text, folded text)
RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    UPDATE people_child
    SET unit_id = target, hamlet = new_hamlet, folded_hamlet = folded,
        household_id = CASE WHEN unit_id = target THEN household_id END
    WHERE id = child
      AND (access_everywhere(access_person(), 'people.register')
           OR unit_id = ANY (access_units(access_person(), 'people.register')))
    RETURNING true
$$;
"""

# Under row-level security PostgreSQL may not try LIKE and % on rows before it knows they may be
# seen, so the trigram index stays unused. This function uses the index first and then keeps what the
# acting person may see: the same rows, found fast in a register of millions.
MATCHING = """
CREATE FUNCTION people_children_matching(bare text)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET pg_trgm.similarity_threshold = 0.45 AS
$$
DECLARE
    longest text := (SELECT w FROM regexp_split_to_table(bare, ' ') w ORDER BY length(w) DESC LIMIT 1);
    -- Signs of LIKE in what was typed mean themselves.
    pattern text := '%' || regexp_replace(longest, '([\\\\%_])', '\\\\\\1', 'g') || '%';
    everywhere boolean := access_everywhere(access_person(), 'people.view');
    units bigint[] := access_units(access_person(), 'people.view');
BEGIN
    RETURN QUERY
    SELECT c.id FROM people_child c
    WHERE (c.folded_name LIKE pattern OR c.folded_name % bare)
      AND (everywhere OR c.unit_id = ANY (units));
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_tables"), ("access", "0002_row_level_security")]
    operations = [
        scoped("people_household", view="people.view", write="people.register"),
        scoped("people_child", view="people.view", write="people.register"),
        follows("people_povertystatus", parent="people_household", column="household_id"),
        follows("people_circumstance", parent="people_child", column="child_id"),
        follows("people_enrolment", parent="people_child", column="child_id"),
        follows("people_residence", parent="people_child", column="child_id"),
        policies(
            "people_guardian",
            read="EXISTS (SELECT 1 FROM people_child p WHERE p.id = people_guardian.child_id) OR "
            "EXISTS (SELECT 1 FROM people_household p WHERE p.id = people_guardian.household_id)",
        ),
        migrations.RunSQL(MOVE, "DROP FUNCTION people_move_child"),
        migrations.RunSQL(MATCHING, "DROP FUNCTION people_children_matching"),
    ]
