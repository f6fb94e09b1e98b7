"""Forms as numbered papers with versions, the register of numbers, replaced templates."""

from django.db import migrations

from tuoitho.access.rls import policies, sees

SEES_IT = (
    "((case_id IS NOT NULL AND EXISTS (SELECT 1 FROM cases_case c "
    "WHERE c.id = cases_document.case_id)) "
    "OR (report_id IS NOT NULL AND EXISTS (SELECT 1 FROM cases_report r "
    "WHERE r.id = cases_document.report_id)))"
)
# A version that names who told is for those who may open that.
SEES_VERSION = (
    "EXISTS (SELECT 1 FROM cases_document d WHERE d.id = cases_documentversion.document_id) "
    "AND (NOT shows_informant OR EXISTS (SELECT 1 FROM cases_document d "
    "JOIN cases_report r ON r.id = d.report_id WHERE d.id = cases_documentversion.document_id "
    f"AND {sees('cases.informant', 'r.unit_id')}))"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_informants_sealed")]
    operations = [
        policies("cases_document", read=SEES_IT),
        policies("cases_documentversion", read=SEES_VERSION),
    ]
