"""Who may see a referral, a consent, a handover: the ``visible_to`` of each in the database's words.

Two things only the owner of the tables can do are functions here: passing a case to a commune that
cannot see it yet, and asking, when a child moves away, whether a case stays behind.
"""

from django.db import migrations

from tuoitho.access.rls import follows, policies, sees
from tuoitho.notices.rls import notices_follow

# A copy of two columns of the case, kept true by the database itself: whoever receives a referral
# or a handover may not read the case, but must lose sight when it is sealed.
COPIES = """
CREATE UNIQUE INDEX case_unit_sealed ON cases_case (id, unit_id, sealed);
CREATE UNIQUE INDEX case_sealed ON cases_case (id, sealed);
ALTER TABLE cases_referral ADD CONSTRAINT referral_copies_case
    FOREIGN KEY (case_id, unit_id, sealed) REFERENCES cases_case (id, unit_id, sealed)
    ON UPDATE CASCADE;
ALTER TABLE cases_handover ADD CONSTRAINT handover_copies_case
    FOREIGN KEY (case_id, sealed) REFERENCES cases_case (id, sealed) ON UPDATE CASCADE;
"""

# The bodies for which the acting person answers today.
RECEIVES = """
CREATE FUNCTION cases_answers_for(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN coalesce((
        SELECT array_agg(DISTINCT a.organisation_id)
        FROM access_assignment a
        JOIN access_rolegrant g ON g.role = a.role
        JOIN access_user p ON p.id = a.user_id
        WHERE a.user_id = person AND g.permission = 'cases.answer' AND p.is_active
          AND a.organisation_id IS NOT NULL
          AND a.valid @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), '{}');
END
$$;
"""

PASS = """
CREATE FUNCTION cases_accept_handover(wanted bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    offer cases_handover;
    of_child bigint;
BEGIN
    SELECT * INTO offer FROM cases_handover WHERE id = wanted FOR UPDATE;
    IF NOT FOUND OR offer.state <> 'offered' OR offer.to_unit_id IS NULL OR NOT cases_may_here(
        CASE WHEN offer.sealed THEN 'cases.sealed' ELSE 'cases.transfer' END, offer.to_unit_id
    ) THEN
        RETURN false;
    END IF;
    SELECT child_id INTO of_child FROM cases_case
    WHERE id = offer.case_id AND unit_id = offer.from_unit_id AND state <> 'closed' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    -- A sealed case goes alone; with an open one go the earlier files of the child that are not
    -- sealed.
    UPDATE cases_case SET unit_id = offer.to_unit_id
    WHERE unit_id = offer.from_unit_id
      AND (id = offer.case_id OR (child_id = of_child AND NOT sealed AND NOT offer.sealed));
    UPDATE cases_report SET unit_id = offer.to_unit_id
    WHERE unit_id = offer.from_unit_id
      AND (case_id = offer.case_id OR (child_id = of_child AND NOT sealed AND NOT offer.sealed));
    UPDATE cases_screening SET unit_id = offer.to_unit_id
    WHERE unit_id = offer.from_unit_id
      AND (case_id = offer.case_id OR (child_id = of_child AND NOT sealed AND NOT offer.sealed));
    RETURN true;
END
$$;
"""

# A child who moves is followed by its case. A sealed case says nothing (nobody else may learn of
# it), and when a unit has ended (a reform) people stay where they are and the files pass by
# ``follow_child``.
LEAVES = """
CREATE FUNCTION cases_child_leaves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF EXISTS (
        SELECT 1 FROM cases_case c WHERE c.child_id = NEW.id AND c.unit_id = OLD.unit_id
        AND c.state <> 'closed' AND NOT c.sealed
    ) AND EXISTS (SELECT 1 FROM units_unit u WHERE u.id = OLD.unit_id AND upper_inf(u.valid)) THEN
        RAISE EXCEPTION 'the open case of the child has to be handed over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'child_leaves_with_its_case';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER cases_child_leaves BEFORE UPDATE OF unit_id ON people_child
FOR EACH ROW WHEN (OLD.unit_id IS DISTINCT FROM NEW.unit_id)
EXECUTE FUNCTION cases_child_leaves();
"""

OF_CASE = "EXISTS (SELECT 1 FROM cases_case parent WHERE parent.id = {table}.case_id)"
RECEIVED = "(NOT sealed AND receiver_id IN (SELECT unnest(cases_answers_for(access_person()))))"
OF_CHILD = (
    "EXISTS (SELECT 1 FROM people_child p WHERE p.id = cases_consent.child_id AND "
    f"{sees('cases.view', 'p.unit_id')}) AND (case_id IS NULL OR {{of_case}})"
).format(of_case=OF_CASE.format(table="cases_consent"))
EITHER = f"({sees('cases.view', 'from_unit_id')} OR {sees('cases.view', 'to_unit_id')})"
HOLDS = f"({sees('cases.sealed', 'from_unit_id')} OR {sees('cases.sealed', 'to_unit_id')})"
SEES_OFFER = f"(NOT sealed AND {EITHER}) OR (sealed AND {HOLDS})"
# The papers: for who sees the case, and for who may take it over while the offer stands.
SEES_BUNDLE = (
    "EXISTS (SELECT 1 FROM cases_handover h JOIN cases_case c ON c.id = h.case_id "
    "WHERE h.id = cases_handoverbundle.handover_id) OR "
    "EXISTS (SELECT 1 FROM cases_handover h WHERE h.id = cases_handoverbundle.handover_id "
    f"AND h.state = 'offered' AND ((NOT h.sealed AND {sees('cases.transfer', 'h.to_unit_id')}) "
    f"OR (h.sealed AND {sees('cases.sealed', 'h.to_unit_id')})))"
)
OF_REFERRAL = (
    "cases_referralmove", "cases_referralconsent", "cases_referrallink", "cases_withdrawalnotice",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_cessation_and_relapse"),
        ("access", "0002_row_level_security"),
        ("people", "0002_row_level_security"),
        ("notices", "0002_row_level_security"),
    ]
    operations = [
        migrations.RunSQL(
            COPIES,
            "ALTER TABLE cases_handover DROP CONSTRAINT handover_copies_case; "
            "ALTER TABLE cases_referral DROP CONSTRAINT referral_copies_case; "
            "DROP INDEX case_sealed; DROP INDEX case_unit_sealed;",
        ),
        migrations.RunSQL(RECEIVES, "DROP FUNCTION cases_answers_for"),
        migrations.RunSQL(PASS, "DROP FUNCTION cases_accept_handover"),
        migrations.RunSQL(
            LEAVES,
            "DROP TRIGGER cases_child_leaves ON people_child; DROP FUNCTION cases_child_leaves;",
        ),
        policies("cases_consent", read=OF_CHILD),
        follows("cases_sharingbasis", parent="cases_case", column="case_id"),
        policies(
            "cases_referral",
            read=f"{OF_CASE.format(table='cases_referral')} OR {RECEIVED}",
            write=OF_CASE.format(table="cases_referral"),
        ),
        *(follows(table, parent="cases_referral", column="referral_id") for table in OF_REFERRAL),
        policies("cases_handover", read=SEES_OFFER),
        policies("cases_handoverbundle", read=SEES_BUNDLE),
        notices_follow("cases_referral"),
        notices_follow("cases_handover"),
    ]
