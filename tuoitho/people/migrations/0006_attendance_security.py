"""Who reads attendance, and the pupils a school sees: name, birth and class of its own, no more."""

from django.db import migrations

from tuoitho.access.rls import policies

# The schools for which the acting person writes today.
SCHOOLS = """
CREATE FUNCTION people_schools_of(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN coalesce((
        SELECT array_agg(DISTINCT a.organisation_id)
        FROM access_assignment a
        JOIN access_rolegrant g ON g.role = a.role
        JOIN access_user p ON p.id = a.user_id
        WHERE a.user_id = person AND g.permission = 'people.attendance' AND p.is_active
          AND a.organisation_id IS NOT NULL
          AND a.valid @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), '{}');
END
$$;
"""

# A school may not read the register. This view, its owner's, gives it the little it knows anyway of
# the children whose enrolment names it. The barrier keeps other conditions behind this one.
PUPILS = """
CREATE VIEW people_pupil WITH (security_barrier) AS
SELECT e.id, e.child_id AS child_key, c.unit_id AS unit_key, e.school_id, e.school_year, e.grade,
       c.full_name, c.folded_name, c.sort_name, c.birth_date
FROM people_enrolment e JOIN people_child c ON c.id = e.child_id
WHERE e.school_id IN (SELECT unnest(people_schools_of(access_person())));
"""

OF_CHILD = "EXISTS (SELECT 1 FROM people_child parent WHERE parent.id = people_attendance.child_id)"
MINE = "school_id IN (SELECT unnest(people_schools_of(access_person())))"
MY_PUPIL = (
    "source = 'school' AND EXISTS (SELECT 1 FROM people_pupil p "
    "WHERE p.child_key = people_attendance.child_id AND p.school_id = people_attendance.school_id "
    "AND p.school_year = people_attendance.school_year)"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_notices_about_children")]
    operations = [
        migrations.RunSQL(SCHOOLS, "DROP FUNCTION people_schools_of"),
        migrations.RunSQL(PUPILS, "DROP VIEW people_pupil"),
        policies(
            "people_attendance",
            read=f"{MINE} OR {OF_CHILD}",
            write=f"({MY_PUPIL}) OR {OF_CHILD}",
        ),
    ]
