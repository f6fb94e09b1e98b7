"""The count in the frame of every page, planned once a connection."""

from django.db import migrations

# The rows are left out by the policies, as in any other question about notices. Those ask about the
# sight of nine kinds of files, which took ten milliseconds to plan, in every page, and one to
# answer: PL/pgSQL keeps the plan for the session. As the asking role, so that the policies bind.
UNREAD = """
CREATE FUNCTION notices_unread(reader bigint, most integer) RETURNS integer
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS
$$
BEGIN
    RETURN (SELECT count(*) FROM (
        SELECT FROM notices_notice WHERE to_id = reader AND read_at IS NULL LIMIT most) unread);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_row_level_security")]
    operations = [migrations.RunSQL(UNREAD, "DROP FUNCTION notices_unread")]
