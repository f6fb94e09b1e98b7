"""A look-up asks no more of the index than what a person looks through."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("tuoitho.people.migrations.0009_search")

# The given name with the whole one: who is called An and is a Nguyễn is one range. With the day of
# birth: of a name that thousands have, rows of the year asked for are read and no others.
# Words of one unit have keys of their own ("17:an"): in a register of millions the words of a name
# are in a hundred thousand rows each, and in a dozen of one commune.
INDEXES = """
CREATE FUNCTION people_unit_words(unit bigint, words tsvector) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
    SELECT array_to_tsvector(ARRAY(
        SELECT unit || ':' || word FROM unnest(tsvector_to_array(words)) word))
$$;
DROP INDEX people_child_words, people_child_given, people_child_folded;
CREATE INDEX people_child_folded ON people_child (folded_name COLLATE "C", birth_date);
CREATE INDEX people_child_given ON people_child
(split_part(folded_name, ' ', -1), folded_name COLLATE "C", birth_date);
CREATE INDEX people_child_words ON people_child USING gin (search_words);
CREATE INDEX people_child_unit_words ON people_child
USING gin (people_unit_words(unit_id, search_words));
"""
OLD_INDEXES = """
DROP INDEX people_child_unit_words, people_child_words, people_child_given, people_child_folded;
CREATE INDEX people_child_folded ON people_child (folded_name COLLATE "C");
CREATE INDEX people_child_given ON people_child (split_part(folded_name, ' ', -1));
CREATE INDEX people_child_words ON people_child USING gin (unit_id, search_words);
DROP FUNCTION people_unit_words;
"""

# Under row-level security PostgreSQL may not try an index on names before it knows what may be seen.
# This function uses them first and then keeps what the acting person may see. It asks the cheapest
# and nearest first: the very name, the given name, names that begin so, the words turned round, family
# and given name, a name and a word of the child beside it, every word in any order; and where there
# is none, whole names one slip away, whole names with fewer words, every word with a slip in one. A look-up stops
# when it has enough to look through; a whole list (``most`` NULL) never stops.
#
# ``near``: names one slip away, between semicolons. ``slips``: for each word all that is one slip
# away, between blanks; ``rests``: the other words beside it. In words asked for chr(31) stands where
# the unit belongs. Slips that the statistics know as common are asked apart: few keys with long
# lists, or many with short ones, the index answers at once; many with long ones it does not.
FIND = """
CREATE FUNCTION people_find_children(
    bares text[], turned text[], near text, fewer text[], words text[], slips text[], rests text[],
    born daterange, most int)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = public, pg_temp SET pg_trgm.similarity_threshold = 0.45
-- Matching a word costs far more than the planner thinks: reading all rows is never the way; and
-- starting a helper process takes longer than any of these questions.
SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS
$$
DECLARE
    everywhere boolean := access_everywhere(access_person(), 'people.view');
    units bigint[] := access_units(access_person(), 'people.view');
    few boolean := NOT everywhere AND cardinality(units) <= 4;
    parts text[] := string_to_array(bares[1], ' ');
    one_word boolean := cardinality(parts) = 1;
    enough int := least(most, 50);
    start text := 'SELECT array_agg(DISTINCT id) FROM (SELECT coalesce(c.merged_into_id, c.id) id '
        'FROM people_child c WHERE '
        || CASE WHEN everywhere THEN '' WHEN few THEN 'c.unit_id = ANY ($1) AND '
                ELSE 'c.unit_id + 0 = ANY ($1) AND ' END
        || CASE WHEN born IS NULL THEN '' ELSE 'c.birth_date >= lower($3) AND '
                                               'c.birth_date < upper($3) AND ' END;
    named text := start || 'c.folded_name COLLATE "C" = ANY ($2)';
    between text := start || 'c.folded_name COLLATE "C" >= $2[1] '
        'AND c.folded_name COLLATE "C" < $2[2]';
    is_given text := 'split_part(c.folded_name, '' '', -1) = ';
    -- A function and no operator, and "+ 0": these sort out what another index gave.
    worded text := ' AND ts_match_vq(c.search_words, replace($5, chr(31), '''')::tsquery)';
    by_words text := replace(replace(start, '_id =', '_id + 0 ='), '_date', '_date + 0') || CASE
        WHEN few THEN
            'people_unit_words(c.unit_id, c.search_words) @@ (SELECT string_agg(''('' || '
            'replace($2[1], chr(31), unit || '':'') || '')'', '' | '') FROM unnest($1) unit)::tsquery'
        ELSE 'c.search_words @@ replace($2[1], chr(31), '''')::tsquery' END;
    up_to text := ' LIMIT $4) f';
    found bigint[] := '{}';
    got bigint[];
    common text[];
    query text;
BEGIN
    IF most IS NOT NULL THEN
        EXECUTE named || up_to INTO got USING units, bares, born, most;
        found := found || got;
        IF one_word AND NOT few THEN
            EXECUTE start || is_given || 'ANY ($2)' || up_to INTO got USING units, bares, born, most;
            found := found || got;
        END IF;
        IF one_word OR cardinality(found) < enough THEN
            EXECUTE between || up_to
            INTO got USING units, ARRAY[bares[1], bares[1] || chr(1114111)], born, most;
            found := found || got;
        END IF;
        IF NOT (one_word OR few) AND cardinality(found) < enough THEN
            EXECUTE named || up_to INTO got USING units, turned, born, most;
            found := found || got;
            IF cardinality(parts) = 2 THEN
                EXECUTE between || ' AND ' || is_given || '$2[3]' || up_to
                INTO got USING units, ARRAY[parts[1] || ' ', parts[1] || '!', parts[2]], born, most;
                found := found || got;
            ELSIF cardinality(parts) > 3 THEN
                EXECUTE named || worded || up_to INTO got USING units, fewer, born, most, words[1];
                found := found || got;
                enough := 1;
            END IF;
        END IF;
    END IF;
    IF most IS NULL OR few OR cardinality(found) < enough THEN
        EXECUTE by_words || up_to INTO got USING units, words, born, most;
        found := ARRAY(SELECT DISTINCT unnest(found || got));
    END IF;
    -- Whoever looks and finds the name does not look for a slip; a whole list has both.
    IF cardinality(found) = 0 OR (most IS NULL AND cardinality(found) < 8) THEN
        EXECUTE named || up_to INTO got USING units, string_to_array(near, ';'), born, 200;
        found := found || got;
    END IF;
    IF cardinality(found) < 8 THEN
        EXECUTE named || up_to INTO got USING units, fewer, born, 200;
        found := found || got;
    END IF;
    IF cardinality(found) = 0 OR (most IS NULL AND cardinality(found) < 8) THEN
        SELECT s.most_common_elems::text::text[] INTO common FROM pg_stats s
        WHERE s.schemaname = 'public' AND s.tablename = 'people_child'
            AND s.attname = 'search_words';
        FOREACH query IN ARRAY words[2:] LOOP
            EXECUTE by_words || up_to INTO got USING units, ARRAY[query], born, 200;
            found := found || got;
        END LOOP;
        FOR place IN 1 .. cardinality(slips) LOOP
            FOR query IN
                SELECT concat_ws(' & ', nullif(rests[place], ''),
                    '(' || string_agg(quote_literal(chr(31) || word), ' | ') || ')')
                FROM unnest(string_to_array(slips[place], ' ')) word
                GROUP BY NOT few AND word = ANY (coalesce(common, '{}'))
            LOOP
                EXECUTE by_words || up_to INTO got USING units, ARRAY[query], born, 200;
                found := found || got;
            END LOOP;
        END LOOP;
    END IF;
    -- Resemblance beyond one slip: of a whole list, where few are looked through.
    IF cardinality(found) < 3 AND most IS NULL AND NOT everywhere THEN
        EXECUTE start || 'c.folded_name % $2[1]' || up_to INTO got USING units, bares, born, most;
        found := found || got;
    END IF;
    RETURN QUERY SELECT DISTINCT unnest(found);
END
$$;
"""
DROP = "DROP FUNCTION people_find_children"


class Migration(migrations.Migration):
    dependencies = [("people", "0015_match_security")]
    operations = [
        migrations.RunSQL(INDEXES, OLD_INDEXES),
        migrations.RunSQL(DROP, BEFORE.FIND),
        migrations.RunSQL(FIND, DROP),
    ]
