"""The functions every policy asks, and the policy of the audit log."""

from django.db import migrations

from tuoitho.access.rls import policies, sees

# SECURITY DEFINER: the answer must not depend on what the asking role may read.
FUNCTIONS = """
CREATE FUNCTION access_person() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('tuoitho.person', true), '')::bigint $$;

CREATE FUNCTION access_is_system() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT EXISTS (
        SELECT 1 FROM access_user WHERE id = access_person() AND is_system AND username = 'system')
$$;

CREATE FUNCTION access_grants(person bigint, wanted text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT a.unit_id
    FROM access_assignment a
    JOIN access_rolegrant g ON g.role = a.role
    JOIN access_user u ON u.id = a.user_id
    WHERE a.user_id = person AND g.permission = wanted AND u.is_active
      AND a.valid @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
$$;

CREATE FUNCTION access_everywhere(person bigint, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT EXISTS (
        SELECT 1 FROM access_grants(person, wanted) AS g(unit_id)
        JOIN units_unit u ON u.id = g.unit_id WHERE u.level = 'country')
$$;

CREATE FUNCTION access_units(person bigint, wanted text) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
    SELECT coalesce(array_agg(DISTINCT c.descendant_id), '{}')
    FROM access_grants(person, wanted) AS g(unit_id)
    JOIN units_closure c ON c.ancestor_id = g.unit_id
    WHERE NOT access_everywhere(person, wanted)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_people_and_roles"), ("audit", "0001_events")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION access_units; DROP FUNCTION access_everywhere; "
            "DROP FUNCTION access_grants; DROP FUNCTION access_is_system; DROP FUNCTION access_person;",
        ),
        # Reading is for those with the log's permission there, and for the actor himself (INSERT …
        # RETURNING needs it). One writes in one's own name; only the system, which tells the story
        # of others when it fills a demo or a test, may name another.
        policies(
            "audit_event",
            read=f"actor_key = access_person() OR {sees('audit.view', 'unit_key')}",
            write="actor_key = access_person() OR access_is_system()",
        ),
    ]
