"""Row-level security: a list says which children are to be visited, an answer what they work."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, sees
from tuoitho.notices.rls import notices_follow

ROUND, LIST, LISTED = "rounds_round", "rounds_worklist", "rounds_listedchild"
HAS_LIST = "EXISTS (SELECT 1 FROM rounds_worklist part WHERE part.round_id = rounds_round.id)"
WRITES = f"{sees('rounds.manage')} OR {sees('rounds.answer')}"

# A report that was sealed takes the answer it was made from along. Asked past the policies, as
# whoever may not see the report could not tell that it is sealed.
IS_SEALED = """
CREATE FUNCTION rounds_is_sealed(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT coalesce((SELECT r.sealed FROM cases_report r WHERE r.id = wanted), false) $$;
"""
OF_LISTED = """EXISTS (
    SELECT 1 FROM rounds_listedchild parent WHERE parent.id = rounds_answer.listed_id
    AND (parent.report_id IS NULL OR NOT rounds_is_sealed(parent.report_id)
         OR EXISTS (SELECT 1 FROM cases_report r WHERE r.id = parent.report_id)))"""


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0001_tables"),
        ("access", "0002_row_level_security"),
        ("cases", "0025_clocks_behind_the_list"),
        ("notices", "0002_row_level_security"),
    ]
    operations = [
        policies(ROUND, read=f"{sees('rounds.view')} OR {HAS_LIST}", write=sees("rounds.manage")),
        follows("rounds_round_communes", parent=ROUND, column="round_id"),
        follows("rounds_roundmove", parent=ROUND, column="round_id"),
        policies(LIST, read=sees("rounds.view"), write=sees("rounds.manage")),
        policies(LISTED, read=sees("rounds.view"), write=WRITES),
        migrations.RunSQL(IS_SEALED, "DROP FUNCTION rounds_is_sealed(uuid)"),
        policies("rounds_answer", read=OF_LISTED),
        notices_follow(ROUND),
        notices_follow(LIST),
    ]
