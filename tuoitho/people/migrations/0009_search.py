"""Finding a child among millions: the words it is known by in one index, asked in stages."""

from importlib import import_module

from django.db import migrations

MATCHING = import_module("tuoitho.people.migrations.0002_row_level_security").MATCHING

# The words of its name, of who cares for it, of its household's head and of its hamlet.
COLUMN = "ALTER TABLE people_child ADD COLUMN search_words tsvector"
# Plans are kept for the session: made while a table is empty they would read all of it later.
WORDS = """
CREATE FUNCTION people_child_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
BEGIN
    NEW.search_words := array_to_tsvector(ARRAY(
        SELECT DISTINCT word FROM unnest(string_to_array(concat_ws(' ',
            NEW.folded_name, NEW.folded_hamlet,
            (SELECT h.folded_head_name FROM people_household h WHERE h.id = NEW.household_id),
            (SELECT string_agg(g.folded_name, ' ') FROM people_guardian g
             WHERE g.child_id = NEW.id OR g.household_id = NEW.household_id)), ' ')) word
        WHERE word <> ''));
    RETURN NEW;
END
$$;
CREATE TRIGGER people_child_words
BEFORE INSERT OR UPDATE OF folded_name, folded_hamlet, household_id, search_words ON people_child
FOR EACH ROW EXECUTE FUNCTION people_child_words();

-- Past row-level security: whoever corrects a household's carer may not see each of its children.
CREATE FUNCTION people_carer_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
BEGIN
    UPDATE people_child SET search_words = NULL
    WHERE id = NEW.child_id OR household_id = NEW.household_id;
    IF TG_OP = 'UPDATE' AND OLD.child_id IS DISTINCT FROM NEW.child_id THEN
        UPDATE people_child SET search_words = NULL WHERE id = OLD.child_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER people_carer_words
AFTER INSERT OR UPDATE OF child_id, household_id, folded_name ON people_guardian
FOR EACH ROW EXECUTE FUNCTION people_carer_words();

CREATE FUNCTION people_head_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
BEGIN
    UPDATE people_child SET search_words = NULL WHERE household_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER people_head_words AFTER UPDATE OF folded_head_name ON people_household
FOR EACH ROW EXECUTE FUNCTION people_head_words();
"""
NO_WORDS = """
DROP TRIGGER people_head_words ON people_household;
DROP TRIGGER people_carer_words ON people_guardian;
DROP TRIGGER people_child_words ON people_child;
DROP FUNCTION people_head_words; DROP FUNCTION people_carer_words; DROP FUNCTION people_child_words;
"""

# Bytewise, so that the beginning of a name is a range; of one unit and of all.
INDEXES = """
CREATE INDEX people_child_folded ON people_child (folded_name COLLATE "C");
CREATE INDEX people_child_unit_folded ON people_child (unit_id, folded_name COLLATE "C");
CREATE INDEX people_child_given ON people_child (split_part(folded_name, ' ', -1));
CREATE INDEX people_child_words ON people_child USING gin (unit_id, search_words);
"""
NO_INDEXES = """
DROP INDEX people_child_words; DROP INDEX people_child_given;
DROP INDEX people_child_unit_folded; DROP INDEX people_child_folded;
"""

# Under row-level security PostgreSQL may not try an index on names before it knows what may be seen.
# This function uses them first and then keeps what the acting person may see. It asks the cheapest
# and nearest first: the very name, names that begin so, the given name, every word, a slip of the
# keys; and stops at ``most`` (NULL: never, for a list that must be whole).
FIND = """
CREATE FUNCTION people_find_children(
    bares text[], words text[], slips text[], shorter text[], born daterange, most int)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = public, pg_temp SET pg_trgm.similarity_threshold = 0.45
-- Matching a word costs far more than the planner thinks: reading all rows is never the way.
SET enable_seqscan = off AS
$$
DECLARE
    everywhere boolean := access_everywhere(access_person(), 'people.view');
    units bigint[] := access_units(access_person(), 'people.view');
    start text := 'SELECT array_agg(DISTINCT id) FROM (SELECT coalesce(c.merged_into_id, c.id) id '
        'FROM people_child c WHERE '
        -- Of a few communes the unit is part of the index asked; of a province's it only sorts out.
        || CASE WHEN everywhere THEN 'true' WHEN cardinality(units) <= 20
                THEN 'c.unit_id = ANY ($1)' ELSE 'c.unit_id + 0 = ANY ($1)' END
        || CASE WHEN born IS NULL THEN '' ELSE ' AND c.birth_date >= lower($5) '
                                               'AND c.birth_date < upper($5)' END || ' AND ';
    stage text;
    stages text[];
    got bigint[];
    found bigint[] := '{}';
    slip text;
BEGIN
    IF most IS NOT NULL THEN
        stages := ARRAY[
            'c.folded_name COLLATE "C" = ANY ($2)',
            'c.folded_name COLLATE "C" >= $2[1] AND c.folded_name COLLATE "C" < $2[1] || chr(1114111)'];
        IF strpos(bares[1], ' ') = 0 THEN
            stages := array_append(stages, 'split_part(c.folded_name, '' '', -1) = ANY ($2)');
        END IF;
    END IF;
    stages := array_append(stages, 'c.search_words @@ $3::tsquery');
    FOREACH stage IN ARRAY stages LOOP
        EXECUTE start || stage || ' LIMIT $6) f' INTO got
        USING units, bares, words[1], shorter, born, most;
        found := ARRAY(SELECT DISTINCT unnest(found || got));
        EXIT WHEN cardinality(found) >= most;
    END LOOP;
    IF cardinality(found) < 8 THEN
        EXECUTE start || 'c.folded_name COLLATE "C" = ANY ($4) LIMIT 200) f' INTO got
        USING units, bares, words[1], shorter, born, most;
        found := found || got;
    END IF;
    -- Whoever looks and finds the name does not look for a slip; a whole list has both.
    IF cardinality(found) = 0 OR (most IS NULL AND cardinality(found) < 8) THEN
        FOREACH slip IN ARRAY words[2:] || slips LOOP
            EXECUTE start || 'c.search_words @@ $3::tsquery LIMIT 200) f' INTO got
            USING units, bares, slip, shorter, born, most;
            found := found || got;
        END LOOP;
    END IF;
    -- Resemblance beyond one slip: of a whole list, where few are looked through.
    IF cardinality(found) < 3 AND most IS NULL AND NOT everywhere THEN
        EXECUTE start || 'c.folded_name % $2[1]) f' INTO got
        USING units, bares, words[1], shorter, born, most;
        found := found || got;
    END IF;
    RETURN QUERY SELECT DISTINCT unnest(found);
END
$$;
"""
DROP_FIND = "DROP FUNCTION people_find_children"


class Migration(migrations.Migration):
    dependencies = [("people", "0008_merge_security")]
    operations = [
        migrations.RunSQL(COLUMN, "ALTER TABLE people_child DROP COLUMN search_words"),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL("UPDATE people_child SET search_words = NULL", migrations.RunSQL.noop),
        migrations.RunSQL(INDEXES, NO_INDEXES),
        migrations.RunSQL(FIND, DROP_FIND),
        migrations.RunSQL("DROP FUNCTION people_children_matching(text)", MATCHING),
    ]
