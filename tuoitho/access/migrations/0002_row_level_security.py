"""The functions every policy asks, and the policy of the audit log."""

from django.db import migrations

from tuoitho.access.rls import policies, sees

# SECURITY DEFINER: the answer must not depend on what the asking role may read. PL/pgSQL keeps the
# plans of these queries for the session; as SQL functions they were planned anew in every statement
# and made a single insert ten times slower.
FUNCTIONS = """
CREATE FUNCTION access_person() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('tuoitho.person', true), '')::bigint $$;

CREATE FUNCTION access_is_system() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_user WHERE id = access_person() AND is_system AND username = 'system');
END
$$;

CREATE FUNCTION access_everywhere(person bigint, wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        SELECT 1
        FROM access_assignment a
        JOIN access_rolegrant g ON g.role = a.role
        JOIN access_user p ON p.id = a.user_id
        JOIN units_unit u ON u.id = a.unit_id
        WHERE a.user_id = person AND g.permission = wanted AND p.is_active
          AND u.level = 'country'
          AND a.valid @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date);
END
$$;

CREATE FUNCTION access_units(person bigint, wanted text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF access_everywhere(person, wanted) THEN
        RETURN '{}';
    END IF;
    RETURN coalesce((
        SELECT array_agg(DISTINCT c.descendant_id)
        FROM access_assignment a
        JOIN access_rolegrant g ON g.role = a.role
        JOIN access_user p ON p.id = a.user_id
        JOIN units_closure c ON c.ancestor_id = a.unit_id
        WHERE a.user_id = person AND g.permission = wanted AND p.is_active
          AND a.valid @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), '{}');
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_tables"), ("audit", "0001_tables")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION access_units; DROP FUNCTION access_everywhere; "
            "DROP FUNCTION access_is_system; DROP FUNCTION access_person;",
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
