"""A sealed case is read by those its need-to-know list names; the log of it hides with it."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, sees

FUNCTIONS = """
CREATE FUNCTION cases_holds_seals(person bigint) RETURNS boolean LANGUAGE sql STABLE AS
$$
    SELECT access_everywhere(person, 'cases.sealed')
        OR cardinality(access_units(person, 'cases.sealed')) > 0
$$;

-- Of the list only what is in force today counts; a lead, only as long as he is of the police.
CREATE FUNCTION cases_listed(wanted bigint, person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM cases_sealedreader r JOIN access_user u ON u.id = r.user_id
        WHERE r.case_id = wanted AND r.user_id = person AND r.ended_at IS NULL AND u.is_active
          AND (r.until IS NULL OR r.until >= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
          AND (NOT r.lead OR cases_holds_seals(person)));
END
$$;

CREATE FUNCTION cases_listed_for(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN coalesce((
        SELECT array_agg(r.case_id) FROM cases_sealedreader r
        WHERE r.user_id = person AND r.ended_at IS NULL AND cases_listed(r.case_id, person)), '{}');
END
$$;

CREATE FUNCTION cases_has_lead(wanted bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM cases_sealedreader r JOIN access_user u ON u.id = r.user_id
        WHERE r.case_id = wanted AND r.lead AND r.ended_at IS NULL AND u.is_active
          AND cases_holds_seals(r.user_id));
END
$$;

CREATE FUNCTION cases_opens_seal(wanted bigint, place bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF access_person() IS NULL THEN
        RETURN false;
    END IF;
    RETURN cases_listed(wanted, access_person())
        OR (cases_may_here('cases.sealed', place) AND NOT cases_has_lead(wanted));
END
$$;

-- The log, too: events about a file that was sealed later are read by who opens the seal.
CREATE FUNCTION cases_sealed_from_me(kind text, key text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN CASE kind
        WHEN 'cases.Case' THEN EXISTS (SELECT 1 FROM cases_case c WHERE c.id::text = key
            AND c.sealed AND NOT cases_opens_seal(c.id, c.unit_id))
        WHEN 'cases.Report' THEN EXISTS (SELECT 1 FROM cases_report r WHERE r.id::text = key
            AND r.sealed AND NOT cases_opens_seal(r.case_id, r.unit_id))
        WHEN 'cases.Screening' THEN EXISTS (SELECT 1 FROM cases_screening s WHERE s.id::text = key
            AND s.sealed AND NOT cases_opens_seal(s.case_id, s.unit_id))
        WHEN 'cases.Attachment' THEN EXISTS (SELECT 1 FROM cases_attachment a
            LEFT JOIN cases_report r ON r.id = a.report_id
            JOIN cases_case c ON c.id = coalesce(a.case_id, r.case_id)
            WHERE a.id::text = key AND c.sealed AND NOT cases_opens_seal(c.id, c.unit_id))
        ELSE false END;
END
$$;

-- Who looked at a sealed case: for those who may open it themselves.
CREATE FUNCTION cases_sealed_log(wanted bigint)
RETURNS TABLE (at timestamptz, actor_name text, action text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN QUERY
        SELECT e.at, e.actor_name::text, e.action::text FROM audit_event e
        WHERE e.subject_type = 'cases.Case' AND e.subject_key = wanted::text
          AND cases_listed(wanted, access_person())
        ORDER BY e.id DESC LIMIT 200;
END
$$;
"""
DROPS = """
DROP FUNCTION cases_sealed_log; DROP FUNCTION cases_sealed_from_me; DROP FUNCTION cases_opens_seal;
DROP FUNCTION cases_has_lead; DROP FUNCTION cases_listed_for; DROP FUNCTION cases_listed; DROP FUNCTION cases_holds_seals;
"""
BEFORE = f"{sees('cases.view')} AND (NOT sealed OR {sees('cases.sealed')})"


def seals(table: str, case: str, *, own_insert: bool) -> migrations.RunSQL:
    """Change the conditions of one table with a seal of its own."""
    read = f"(NOT sealed AND {sees('cases.view')}) OR (sealed AND cases_opens_seal({case}, unit_id))"

    def altered(condition: str) -> list[str]:
        statements = [
            f"ALTER POLICY {table}_read ON {table} USING ({condition})",
            f"ALTER POLICY {table}_update ON {table} USING ({condition})"
            + ("" if own_insert else f" WITH CHECK ({condition})"),
            f"ALTER POLICY {table}_delete ON {table} USING ({condition})",
        ]
        if not own_insert:
            statements.append(f"ALTER POLICY {table}_insert ON {table} WITH CHECK ({condition})")
        return statements

    return migrations.RunSQL(altered(read), altered(BEFORE))


# A file follows its case, or the report it came with.
OF_FILE = (
    "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = cases_attachment.case_id) "
    "OR EXISTS (SELECT 1 FROM cases_report r WHERE r.id = cases_attachment.report_id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_clock_security"),
        ("audit", "0001_tables"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROPS),
        seals("cases_case", "id", own_insert=False),
        seals("cases_report", "case_id", own_insert=True),
        seals("cases_screening", "case_id", own_insert=False),
        follows("cases_sealedreader", parent="cases_case", column="case_id"),
        policies("cases_attachment", read=OF_FILE),
        follows("cases_attachmentcontent", parent="cases_attachment", column="attachment_id"),
        migrations.RunSQL(
            "CREATE POLICY audit_event_sealed ON audit_event AS RESTRICTIVE FOR SELECT USING "
            "(actor_key = access_person() OR subject_type NOT LIKE 'cases.%' "
            "OR NOT cases_sealed_from_me(subject_type, subject_key))",
            "DROP POLICY audit_event_sealed ON audit_event",
        ),
    ]
