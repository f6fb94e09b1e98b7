"""The offer of a sealed case and its papers hide behind the need-to-know list, as the case does."""

from django.db import migrations

from tuoitho.access.rls import sees

EITHER = f"({sees('cases.view', 'from_unit_id')} OR {sees('cases.view', 'to_unit_id')})"
HOLDS = f"({sees('cases.sealed', 'from_unit_id')} OR {sees('cases.sealed', 'to_unit_id')})"
OPENS = "(cases_opens_seal(case_id, from_unit_id) OR cases_opens_seal(case_id, to_unit_id))"
OF_BUNDLE = (
    "EXISTS (SELECT 1 FROM cases_handover h JOIN cases_case c ON c.id = h.case_id "
    "WHERE h.id = cases_handoverbundle.handover_id) OR "
    "EXISTS (SELECT 1 FROM cases_handover h WHERE h.id = cases_handoverbundle.handover_id "
    f"AND h.state = 'offered' AND ((NOT h.sealed AND {sees('cases.transfer', 'h.to_unit_id')}) "
    "OR (h.sealed AND {sealed})))"
)


def seen(table: str, condition: str) -> list[str]:
    """The policies of a table with another condition of sight."""
    return [
        f"ALTER POLICY {table}_read ON {table} USING ({condition})",
        f"ALTER POLICY {table}_insert ON {table} WITH CHECK ({condition})",
        f"ALTER POLICY {table}_update ON {table} USING ({condition}) WITH CHECK ({condition})",
        f"ALTER POLICY {table}_delete ON {table} USING ({condition})",
    ]


def offers(sealed: str) -> list[str]:
    return seen("cases_handover", f"(NOT sealed AND {EITHER}) OR (sealed AND {sealed})")


def bundles(sealed: str) -> list[str]:
    return seen("cases_handoverbundle", OF_BUNDLE.format(sealed=sealed))


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_the_system_reads_its_log")]
    operations = [
        migrations.RunSQL(offers(OPENS), offers(HOLDS)),
        migrations.RunSQL(
            bundles("cases_opens_seal(h.case_id, h.to_unit_id)"),
            bundles(sees("cases.sealed", "h.to_unit_id")),
        ),
    ]
