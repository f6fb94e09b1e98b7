"""Sendings are seen with their report, and by the office that sent it away, until it is sealed."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, sees
from tuoitho.notices.rls import notices_follow

RECEIVES = (
    "(SELECT access_everywhere(access_person(), 'cases.receive') "
    "OR cardinality(access_units(access_person(), 'cases.receive')) > 0)"
)
SEES = (
    "EXISTS (SELECT 1 FROM cases_report r WHERE r.id = cases_reportsending.report_id) "
    "OR (NOT sealed AND (sent_by_key = (SELECT access_person()) "
    f"OR (from_unit_id IS NOT NULL AND {sees('cases.view', 'from_unit_id')})))"
)
# Whoever seals a report seals its sendings, also those the sealer cannot see.
SEAL = """
CREATE FUNCTION cases_seal_sendings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    UPDATE cases_reportsending SET sealed = NEW.sealed WHERE report_id = NEW.id;
    RETURN NEW;
END
$$;
CREATE TRIGGER cases_seal_sendings AFTER UPDATE OF sealed ON cases_report
FOR EACH ROW EXECUTE FUNCTION cases_seal_sendings();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_documents_security"), ("notices", "0002_row_level_security")]
    operations = [
        policies("cases_reportsending", read=SEES, write=RECEIVES),
        follows("cases_reportjoin", parent="cases_report", column="report_id"),
        migrations.RunSQL(
            SEAL,
            "DROP TRIGGER cases_seal_sendings ON cases_report; DROP FUNCTION cases_seal_sendings;",
        ),
        notices_follow("cases_reportsending", key="about_uuid"),
    ]
