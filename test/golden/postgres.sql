-- select: a table
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0;

-- select: one expression
SELECT t0."name" FROM "users" AS t0;

-- select: a record
SELECT t0."id", t0."name" FROM "users" AS t0;

-- select: a nested record
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at", t1."name" FROM "posts" AS t0 INNER JOIN "users" AS t1 ON (t1."id" = t0."author_id");

-- select: a column with another name
SELECT t0."boss" FROM "users" AS t0;

-- select: distinct
SELECT DISTINCT t0."age" FROM "users" AS t0;

-- comparison: eq
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" = $1::text);
-- 'v-7700101'

-- comparison: ne
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" <> $1::integer);
-- 7700101

-- comparison: lt
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" < $1::integer);
-- 7700101

-- comparison: lte
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" <= $1::text);
-- 'v-7700101'

-- comparison: gt
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."views" > $1::bigint);
-- '7700101'

-- comparison: gte
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."score" >= $1::double precision);
-- 7700101.5

-- comparison: of a date
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."day" >= $1::date);
-- '7700-01-01'

-- comparison: of an instant
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."at" < $1::timestamptz);
-- '7700-01-01T00:00:00.000000Z'

-- comparison: of two columns
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."stars" = t0."id");

-- comparison: of an integer and a fraction
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" > $1::double precision);
-- 7700101.5

-- comparison: between
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" BETWEEN $1::integer AND $2::integer);
-- 7700101, 7700102

-- comparison: isDistinctFrom
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" IS DISTINCT FROM $1::integer);
-- 7700101

-- comparison: isNotDistinctFrom
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."fullname" IS NOT DISTINCT FROM $1::text);
-- 'v-7700101'

-- comparison: in select
SELECT t0."id", (t0."age" >= $1::integer) FROM "users" AS t0;
-- 7700101

-- logic: and
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."name" = $1::text) AND (t0."age" > $2::integer));
-- 'v-7700101', 7700102

-- logic: or
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."name" = $1::text) OR (t0."name" = $2::text));
-- 'v-7700101', 'v-7700102'

-- logic: or within and
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."active" AND ((t0."name" = $1::text) OR (t0."fullname" IS NULL)));
-- 'v-7700101'

-- logic: not
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."name" = $1::text));
-- 'v-7700101'

-- logic: a boolean column
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE t0."active";

-- logic: not of a boolean column
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT t0."active");

-- logic: isNull
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."fullname" IS NULL);

-- logic: isNotNull
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."fullname" IS NOT NULL);

-- logic: where said twice
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."name" = $1::text) AND (t0."age" > $2::integer));
-- 'v-7700101', 7700102

-- lists: inList
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" = ANY($1::text[]));
-- '{"v-7700101","v-7700102","v-7700103"}'

-- lists: inList of nothing
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" = ANY($1::text[]));
-- '{}'

-- lists: notInList
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."age" = ANY($1::integer[])));
-- '{"7700101","7700102"}'

-- lists: notInList of nothing
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."age" = ANY($1::integer[])));
-- '{}'

-- lists: inList of bigints
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."views" = ANY($1::bigint[]));
-- '{"7700101","7700102"}'

-- choice: caseWhen
SELECT (CASE WHEN (t0."age" > $1::integer) THEN $2::text ELSE $3::text END) FROM "users" AS t0;
-- 7700101, 'v-7700102', 'v-7700103'

-- choice: caseWhen of several
SELECT (CASE WHEN (t0."age" > $1::integer) THEN $2::text WHEN (t0."age" > $3::integer) THEN $4::text ELSE $5::text END) FROM "users" AS t0;
-- 7700101, 'v-7700102', 7700103, 'v-7700104', 'v-7700105'

-- choice: caseWhen without otherwise
SELECT (CASE WHEN (t0."age" > $1::integer) THEN $2::text END) FROM "users" AS t0;
-- 7700101, 'v-7700102'

-- choice: coalesce
SELECT coalesce(t0."fullname", $1::text) FROM "users" AS t0;
-- 'v-7700101'

-- choice: coalesce of columns
SELECT coalesce(t0."fullname", t0."name") FROM "users" AS t0;

-- choice: literal
SELECT t0."id", $1::text FROM "users" AS t0;
-- 'v-7700101'

-- text: like
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" LIKE $1::text ESCAPE '!');
-- 'v-7700101%'

-- text: not like
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."name" LIKE $1::text ESCAPE '!'));
-- '%v-7700101%'

-- text: ilike
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" ILIKE $1::text ESCAPE '!');
-- '%v-7700101'

-- text: startsWith
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" LIKE $1::text ESCAPE '!');
-- 'v-7700101%'

-- text: endsWith
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" LIKE $1::text ESCAPE '!');
-- '%v-7700101'

-- text: containsText
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."fullname" LIKE $1::text ESCAPE '!');
-- '%v-7700101%'

-- text: concat
SELECT (t0."name" || $1::text || t0."fullname") FROM "users" AS t0;
-- 'v-7700101'

-- text: lower
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (lower(t0."name") LIKE $1::text ESCAPE '!');
-- 'v-7700101'

-- text: upper
SELECT upper(t0."name") FROM "users" AS t0;

-- text: charLength
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (char_length(t0."name") > $1::integer);
-- 7700101

-- text: ordered by
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY lower(t0."name") DESC;

-- numbers: add
SELECT (t0."age" + $1::integer) FROM "users" AS t0;
-- 7700101

-- numbers: sub
SELECT (t0."age" - $1::integer) FROM "users" AS t0;
-- 7700101

-- numbers: mul
SELECT (t0."age" * $1::integer) FROM "users" AS t0;
-- 7700101

-- numbers: mul of doubles
SELECT (t0."score" * $1::double precision) FROM "posts" AS t0;
-- 7700101.5

-- numbers: div
SELECT (CAST(t0."age" AS double precision) / nullif(CAST($1::integer AS double precision), 0)) FROM "users" AS t0;
-- 7700101

-- numbers: div of columns
SELECT (CAST(t0."stars" AS double precision) / nullif(CAST(t0."id" AS double precision), 0)) FROM "posts" AS t0;

-- numbers: intDiv
SELECT (t0."age" / nullif($1::integer, 0)) FROM "users" AS t0;
-- 7700101

-- numbers: mod
SELECT (t0."age" % nullif($1::integer, 0)) FROM "users" AS t0;
-- 7700101

-- numbers: abs
SELECT abs(t0."age") FROM "users" AS t0;

-- numbers: bigints added
SELECT (t0."views" + $1::bigint) FROM "posts" AS t0;
-- '7700101'

-- numbers: in where
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."stars" * $1::integer) > $2::integer);
-- 7700101, 7700102

-- text function: trim
SELECT btrim(t0."name") FROM "users" AS t0;

-- text function: substring of a place
SELECT substr(t0."name", CAST(least(greatest($1::integer, 0), 1000000000) AS integer) + 1, CAST(least(greatest($2::integer, 0), 1000000000) AS integer)) FROM "users" AS t0;
-- 7700101, 7700102

-- text function: indexOf
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((strpos(t0."name", $1::text) - 1) > $2::integer);
-- 'v-7700101', 7700102

-- text function: replace
SELECT replace(t0."name", $1::text, $2::text) FROM "users" AS t0;
-- 'v-7700101', 'v-7700102'

-- text function: takeLeft
SELECT left(t0."name", CAST(least(greatest($1::integer, 0), 1000000000) AS integer)) FROM "users" AS t0;
-- 7700101

-- text function: lpad
SELECT lpad(t0."name", greatest($1::integer, 0), $2::text) FROM "users" AS t0;
-- 9701, 'v-7700102'

-- text function: repeat
SELECT repeat(t0."name", greatest($1::integer, 0)) FROM "users" AS t0;
-- 9701

-- text function: regexMatches
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" ~ $1::text);
-- 'v-7700101'

-- text function: nullIf
SELECT nullif(t0."name", $1::text) FROM "users" AS t0;
-- 'v-7700101'

-- number function: decimals compared
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (t0."price" > $1::numeric);
-- '7700101.25'

-- number function: decimals added
SELECT (t0."price" + $1::numeric) FROM "bills" AS t0;
-- '7700101.25'

-- number function: decimals multiplied
SELECT (t0."price" * t0."rate") FROM "bills" AS t0;

-- number function: decimals of two scales compared
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (t0."price" < t0."rate");

-- number function: sum of decimals
SELECT sum((t0."price" * t0."rate")) FROM "bills" AS t0;

-- number function: round
SELECT round(t0."price", 0) FROM "bills" AS t0;

-- number function: roundTo
SELECT round((t0."price" * t0."rate"), 2) FROM "bills" AS t0;

-- number function: ceil
SELECT ceil(t0."weight") FROM "bills" AS t0;

-- number function: sign
SELECT CAST(sign(t0."price") AS integer) FROM "bills" AS t0;

-- number function: sqrt
SELECT sqrt(CASE WHEN CAST(t0."weight" AS double precision) >= 0 THEN CAST(t0."weight" AS double precision) END) FROM "bills" AS t0;

-- number function: power
SELECT (CASE WHEN (CAST(t0."weight" AS double precision) > 0) OR (CAST(t0."weight" AS double precision) = 0 AND CAST($1::double precision AS double precision) >= 0) OR (CAST(t0."weight" AS double precision) < 0 AND CAST($1::double precision AS double precision) = floor(CAST($1::double precision AS double precision))) THEN power(CAST(t0."weight" AS double precision), CAST($1::double precision AS double precision)) END) FROM "bills" AS t0;
-- 7700101.5

-- number function: greatest
SELECT (CASE WHEN t0."age" IS NULL OR $1::integer IS NULL THEN NULL ELSE greatest(t0."age", $1::integer) END) FROM "users" AS t0;
-- 7700101

-- number function: bitAnd
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."id" & $1::integer) = $2::integer);
-- 7700101, 7700102

-- number function: cast to bigint
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (CAST(t0."id" AS bigint) > $1::bigint);
-- '7700101'

-- number function: cast to text
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (CAST(t0."id" AS text) = $1::text);
-- 'v-7700101'

-- number function: cast to a decimal
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (CAST(t0."id" AS numeric(12, 2)) > $1::numeric);
-- '7700101.25'

-- number function: isTrue
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."age" > t0."id") IS TRUE);

-- day function: extract
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (CAST(extract(year FROM t0."day") AS integer) = $1::integer);
-- 7700101

-- day function: extract a quarter
SELECT CAST(extract(quarter FROM t0."day") AS integer) FROM "bills" AS t0;

-- day function: truncateTo
SELECT CAST(date_trunc('month', CAST(t0."day" AS timestamp)) AS date) FROM "bills" AS t0;

-- day function: addInterval
SELECT CAST(t0."day" + $1::integer * interval '1 day' AS date) FROM "bills" AS t0;
-- 7700101

-- day function: daysBetween
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (($1::date - t0."day") > $2::integer);
-- '7700-01-01', 7700102

-- day function: currentDate
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (t0."day" < CAST((statement_timestamp() AT TIME ZONE 'UTC') AS date));

-- document: jsonPath as text
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE ((jsonb_path_query_first(((t0."about" -> $1::text) -> $2::text), 'strict $ ? (@.type() == "string")') #>> '{}') = $3::text);
-- 'to', 'name', 'v-7700101'

-- document: jsonPath as a number
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (CAST(jsonb_path_query_first(jsonb_path_query_first((t0."about" -> $1::text), 'strict $[$i]', jsonb_build_object('i', $2::bigint), true), 'strict $ ? (@.type() == "number" && @ >= -2147483648 && @ <= 2147483647 && @ == @.floor())') AS integer) > $3::integer);
-- 'sizes', 1, 7700101

-- document: jsonExists
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (((t0."about" -> $1::text) -> $2::text) IS NOT NULL);
-- 'to', 'name'

-- document: jsonContains
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (t0."about" @> $1::jsonb);
-- '{"name":"v-7700101"}'

-- document: inserted
INSERT INTO "bills" ("id", "day", "price", "rate", "weight", "about") VALUES ($1::integer, $2::date, $3::numeric, $4::numeric, $5::double precision, $6::jsonb);
-- 7700101, '7701-01-01', '7700103.25', null, 7700104.5, '{"name":"v-7700105"}'

-- own SQL: fn
SELECT (coalesce(t0."age", $1::integer)) FROM "users" AS t0;
-- 7700101

-- own SQL: a template
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" % $1::integer = $2::integer);
-- 7700101, 7700102

-- sql.text: a statement
SELECT id, name FROM users WHERE age > $1::integer AND name <> $2::text -- :age, ':name'
 OR age = $1::integer;
-- 7700101, 'v-7700102'

-- sql.text: a source by position
SELECT t0.c0, t0.c1 FROM (WITH t2 (c0, c1) AS (SELECT id, name FROM users WHERE age > $1::integer AND name <> $2::text -- :age, ':name'
 OR age = $1::integer) SELECT * FROM t2) AS t0;
-- 7700101, 'v-7700102'

-- sql.text: a source by name
SELECT t0.c0, t0.c1 FROM (WITH t2 AS (SELECT id, name FROM users WHERE age > $1::integer AND name <> $2::text -- :age, ':name'
 OR age = $1::integer) SELECT t2."name" AS c0, t2."id" AS c1 FROM t2) AS t0;
-- 7700101, 'v-7700102'

-- sql.text: a source with a name
WITH w2 AS (SELECT t3.c0 AS c0 FROM (WITH t5 (c0) AS (SELECT $1::integer) SELECT * FROM t5) AS t3) SELECT t0.c0 FROM w2 AS t0;
-- 7700101

-- sql.text: in criteria
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."id" IN (SELECT t2.c0 AS c0 FROM (WITH t4 (c0) AS (SELECT $1::integer) SELECT * FROM t4) AS t2)) AND (EXISTS (SELECT 1 FROM (WITH t7 (c0) AS (SELECT $2::integer) SELECT * FROM t7) AS t5 WHERE (t5.c0 = t0."id"))));
-- 7700101, 7700101

-- sql.text: a command
UPDATE users SET age = $1::integer;
-- 7700101

-- sql.text: casts and quotes
SELECT 'a:b', "c:d", 1 AS e, $1::text /* :f */;
-- 'v-7700101'

-- expressions of one’s own: a function
SELECT (CASE WHEN t0."id" > $1::integer THEN $1::integer WHEN t0."id" <= $1::integer THEN t0."id" END) FROM "users" AS t0;
-- 7700101

-- expressions of one’s own: in all clauses
SELECT (CASE WHEN t0."id" > $1::integer THEN $1::integer WHEN t0."id" <= $1::integer THEN t0."id" END), max(t0."age") FROM "users" AS t0 WHERE ((CASE WHEN t0."id" > $2::integer THEN $2::integer WHEN t0."id" <= $2::integer THEN t0."id" END) > $3::integer) GROUP BY 1 ORDER BY 1;
-- 7700101, 7700101, 7700102

-- expressions of one’s own: by its data
SELECT (t0."age" * 3) FROM "users" AS t0;

-- expressions of one’s own: in a write
UPDATE "users" SET "age" = (CASE WHEN "users"."id" > $1::integer THEN $1::integer WHEN "users"."id" <= $1::integer THEN "users"."id" END) WHERE ("users"."id" = $2::integer);
-- 7700101, 7700102

-- expressions of one’s own: of one engine
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."name" COLLATE "C") = $1::text);
-- 'v-7700101'

-- order: ascending
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."name";

-- order: descending
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."name" DESC;

-- order: of a column that may be null
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age";

-- order: descending of a column that may be null
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC NULLS LAST;

-- order: nullsFirst
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" NULLS FIRST;

-- order: nullsFirst, descending
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC;

-- order: nullsLast
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC NULLS LAST;

-- order: of several
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC NULLS LAST, t0."name";

-- order: of an expression
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY (t0."age" + $1::integer);
-- 7700101

-- order: of a text with a value in it
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY (t0."name" || $1::text);
-- 'v-7700101'

-- order: limit
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."id" LIMIT $1;
-- 7700101

-- order: offset
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."id" OFFSET $1;
-- 7700101

-- order: limit and offset
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."id" LIMIT $1 OFFSET $2;
-- 7700101, 7700102

-- order: limit by a parameter
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" > $1::integer) ORDER BY t0."id" LIMIT $2;
-- 7700102, 7700101

-- group: count
SELECT count(*) FROM "users" AS t0;

-- group: count of a column
SELECT count(t0."age") FROM "users" AS t0;

-- group: countDistinct
SELECT count(DISTINCT t0."age") FROM "users" AS t0;

-- group: count of some
SELECT count((CASE WHEN (t0."age" > $1::integer) THEN t0."id" END)) FROM "users" AS t0;
-- 7700101

-- group: sum of integers
SELECT sum(t0."stars") FROM "posts" AS t0;

-- group: sum of bigints
SELECT sum(t0."views") FROM "posts" AS t0;

-- group: sum of doubles
SELECT sum(t0."score") FROM "posts" AS t0;

-- group: avg of integers
SELECT avg(CAST(t0."stars" AS double precision)) FROM "posts" AS t0;

-- group: avg of bigints
SELECT avg(CAST(t0."views" AS double precision)) FROM "posts" AS t0;

-- group: min and max
SELECT min(t0."name"), max(t0."age") FROM "users" AS t0;

-- group: groupBy
SELECT t0."author_id", count(*) FROM "posts" AS t0 GROUP BY t0."author_id";

-- group: groupBy an expression
SELECT lower(t0."name"), count(*) FROM "users" AS t0 GROUP BY lower(t0."name");

-- group: groupBy a value in an expression
SELECT (CASE WHEN (t0."age" > $1::integer) THEN $2::text ELSE $3::text END), count(*) FROM "users" AS t0 GROUP BY 1 ORDER BY 1;
-- 7700101, 'v-7700102', 'v-7700103'

-- group: groupBy a key frees the columns of its table
SELECT t0."name", count(*) FROM "users" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") GROUP BY t0."id";

-- group: having
SELECT t0."author_id", max(t0."stars") FROM "posts" AS t0 GROUP BY t0."author_id" HAVING (count(*) > $1::bigint);
-- 7700101

-- group: ordered by an aggregate
SELECT t0."author_id" FROM "posts" AS t0 GROUP BY t0."author_id" ORDER BY count(*) DESC, t0."author_id";

-- aggregate: filter of a count
SELECT count(CASE WHEN (t0."stars" > $1::integer) THEN 1 END) FROM "posts" AS t0;
-- 7700101

-- aggregate: filter of a sum
SELECT t0."author_id", sum(CASE WHEN (t0."stars" > $1::integer) THEN t0."stars" END) FROM "posts" AS t0 GROUP BY t0."author_id";
-- 7700101

-- aggregate: distinctValues
SELECT sum(DISTINCT t0."stars") FROM "posts" AS t0;

-- aggregate: stringAgg
SELECT t0."author_id", string_agg(t0."title", $1::text ORDER BY t0."id") FROM "posts" AS t0 GROUP BY t0."author_id";
-- ', '

-- aggregate: arrayAgg
SELECT t0."author_id", array_agg(t0."id" ORDER BY t0."id") FILTER (WHERE t0."id" IS NOT NULL) FROM "posts" AS t0 GROUP BY t0."author_id";

-- aggregate: boolAnd
SELECT bool_and((t0."stars" > $1::integer)) FROM "posts" AS t0;
-- 7700101

-- aggregate: boolOr
SELECT bool_or((t0."stars" > $1::integer)) FROM "posts" AS t0;
-- 7700101

-- aggregate: stddevSamp
SELECT stddev_samp(CAST(t0."stars" AS double precision)) FROM "posts" AS t0;

-- window: rowNumber
SELECT t0."id", row_number() OVER (PARTITION BY t0."author_id" ORDER BY t0."id" DESC) FROM "posts" AS t0;

-- window: rank
SELECT t0."id", rank() OVER (ORDER BY t0."stars" DESC NULLS LAST) FROM "posts" AS t0;

-- window: denseRank
SELECT t0."id", dense_rank() OVER (ORDER BY t0."stars") FROM "posts" AS t0;

-- window: ntile
SELECT t0."id", ntile($1::integer) OVER (ORDER BY t0."id") FROM "posts" AS t0;
-- 7700101

-- window: lag
SELECT lag(t0."stars", $1::integer) OVER (ORDER BY t0."id") FROM "posts" AS t0;
-- 7700101

-- window: firstValue
SELECT first_value(t0."title") OVER (ORDER BY t0."id") FROM "posts" AS t0;

-- window: an aggregate of a partition
SELECT t0."id", sum(t0."stars") OVER (PARTITION BY t0."author_id") FROM "posts" AS t0;

-- window: an aggregate of all rows
SELECT t0."id", avg(CAST(t0."score" AS double precision)) OVER () FROM "posts" AS t0;

-- window: the first of each
SELECT t0.c0 FROM (SELECT t2."title" AS c0, row_number() OVER (PARTITION BY t2."author_id" ORDER BY t2."stars" DESC NULLS LAST, t2."id") AS c1 FROM "posts" AS t2) AS t0 WHERE (t0.c1 = $1::bigint);
-- 7700101

-- grouping sets: rollup
SELECT t0."author_id", t0."day", grouping(t0."day"), count(*) FROM "posts" AS t0 GROUP BY GROUPING SETS ((t0."author_id", t0."day"), (t0."author_id"), ());

-- grouping sets: cube
SELECT t0."author_id", t0."day", max(t0."stars") FROM "posts" AS t0 GROUP BY GROUPING SETS ((t0."author_id", t0."day"), (t0."author_id"), (t0."day"), ());

-- grouping sets: groupingSets
SELECT t0."author_id", t0."day", count(*) FROM "posts" AS t0 GROUP BY GROUPING SETS ((t0."author_id"), (t0."day"), ());

-- the order of parameters: in every clause
SELECT t0."author_id", (count(*) + CAST($1::integer AS bigint)) FROM "posts" AS t0 INNER JOIN "users" AS t1 ON (t1."name" = $2::text) WHERE (t0."stars" > $3::integer) GROUP BY t0."author_id" HAVING (sum(t0."stars") > $4::bigint) ORDER BY (count(*) + CAST($5::integer AS bigint)) DESC LIMIT $6 OFFSET $7;
-- 7700104, 'v-7700101', 7700102, 7700103, 7700105, 7700106, 7700107

-- the order of parameters: one value twice
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" = ANY($1::text[]));
-- '{"v-7700101","v-7700101"}'

-- the order of parameters: beside nulls
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."age" IS NULL) AND (t0."name" = $1::text));
-- 'v-7700101'

-- the order of parameters: of an open relation
SELECT t0."id", t0."active" FROM "users" AS t0 WHERE (t0."id" = $1::integer);
-- 7700101

-- join: innerJoin
SELECT t0."name", t1."title" FROM "users" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- join: innerJoin by more
SELECT t1."title" FROM "users" AS t0 INNER JOIN "posts" AS t1 ON ((t1."author_id" = t0."id") AND (t1."stars" > $1::integer));
-- 7700101

-- join: leftJoin
SELECT t0."name", t1."title" FROM "users" AS t0 LEFT JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- join: leftJoin, a whole table
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss", t1."id", t1."author_id", t1."title", t1."stars", t1."views", t1."score", t1."day", t1."at" FROM "users" AS t0 LEFT JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- join: leftJoin, then present
SELECT t1."title" FROM "users" AS t0 LEFT JOIN "posts" AS t1 ON (t1."author_id" = t0."id") WHERE t1."id" IS NOT NULL;

-- join: leftJoin, those without
SELECT t0."name" FROM "users" AS t0 LEFT JOIN "posts" AS t1 ON (t1."author_id" = t0."id") WHERE (t1."id" IS NULL);

-- join: crossJoin
SELECT t0."name", t1."word" FROM "users" AS t0 CROSS JOIN "words" AS t1;

-- join: with itself
SELECT t0."name", t1."name" FROM "users" AS t0 LEFT JOIN "users" AS t1 ON (t1."id" = t0."boss");

-- join: of three
SELECT t0."name", t2."word" FROM "users" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") LEFT JOIN "words" AS t2 ON (t2."word" = t1."title") WHERE (t1."stars" > $1::integer);
-- 7700101

-- further join: rightJoin
SELECT t0."name", t1."title" FROM "users" AS t0 RIGHT JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- further join: fullJoin
SELECT t0."name", t1."title" FROM "users" AS t0 FULL JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- further join: lateral
SELECT t0."name", t1.c0 FROM "users" AS t0 CROSS JOIN LATERAL (SELECT t3."title" AS c0 FROM "posts" AS t3 WHERE (t3."author_id" = t0."id") ORDER BY t3."id" DESC LIMIT $1) AS t1;
-- 7700101

-- further join: leftLateral
SELECT t0."name", t1.c0 FROM "users" AS t0 LEFT JOIN LATERAL (SELECT t3."title" AS c0 FROM "posts" AS t3 WHERE (t3."author_id" = t0."id") ORDER BY t3."id" DESC LIMIT $1) AS t1 ON (1 = 1);
-- 7700101

-- further join: values
SELECT t0."name", t1.c1 FROM "users" AS t0 INNER JOIN (SELECT * FROM (VALUES ($1::integer, $2::text), ($3::integer, $4::text)) AS t3 (c0, c1)) AS t1 ON (t1.c0 = t0."id");
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- subquery: exists
SELECT t0."name" FROM "users" AS t0 WHERE (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id")));

-- subquery: not exists
SELECT t0."name" FROM "users" AS t0 WHERE (NOT (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id"))));

-- subquery: exists by more
SELECT t0."name" FROM "users" AS t0 WHERE (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE ((t2."author_id" = t0."id") AND (t2."stars" > $1::integer))));
-- 7700101

-- subquery: inQuery
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."id" IN (SELECT t2."author_id" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer)));
-- 7700101

-- subquery: not inQuery
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."id" IN (SELECT t2."author_id" AS c0 FROM "posts" AS t2)));

-- subquery: scalar
SELECT t0."name", (SELECT count(*) AS c0 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id")) FROM "users" AS t0;

-- subquery: scalar in where
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" < (SELECT avg(CAST(t2."stars" AS double precision)) AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer)));
-- 7700101

-- subquery: scalar in order by
SELECT t0."name" FROM "users" AS t0 ORDER BY (SELECT max(t2."stars") AS c0 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id")) DESC NULLS LAST;

-- subquery: a derived table
SELECT t0."name", t1.c1 FROM "users" AS t0 INNER JOIN (SELECT t3."author_id" AS c0, max(t3."stars") AS c1 FROM "posts" AS t3 GROUP BY t3."author_id") AS t1 ON (t1.c0 = t0."id") WHERE (t1.c1 > $1::integer);
-- 7700101

-- subquery: filtered after a limit
SELECT t0.c2 FROM (SELECT t2."id" AS c0, t2."author_id" AS c1, t2."title" AS c2, t2."stars" AS c3, t2."views" AS c4, t2."score" AS c5, t2."day" AS c6, t2."at" AS c7 FROM "posts" AS t2 ORDER BY t2."id" DESC LIMIT $1) AS t0 WHERE (t0.c3 > $2::integer);
-- 7700101, 7700102

-- subquery: a derived table, outer-joined whole
SELECT t0."name", t1.c0, t1.c1 FROM "users" AS t0 LEFT JOIN (SELECT t3."author_id" AS c0, t3."stars" AS c1 FROM "posts" AS t3 WHERE (t3."stars" > $1::integer)) AS t1 ON (t1.c0 = t0."id");
-- 7700101

-- cte: once
WITH w3 AS (SELECT t4."author_id" AS c0, count(*) AS c1 FROM "posts" AS t4 WHERE (t4."stars" > $1::integer) GROUP BY t4."author_id") SELECT t0."name", t1.c1 FROM "users" AS t0 INNER JOIN w3 AS t1 ON (t1.c0 = t0."id");
-- 7700101

-- cte: twice
WITH w2 AS (SELECT t3."author_id" AS c0, count(*) AS c1 FROM "posts" AS t3 WHERE (t3."stars" > $1::integer) GROUP BY t3."author_id") SELECT t0.c0 FROM w2 AS t0 WHERE (t0.c1 = (SELECT max(t5.c1) AS c0 FROM w2 AS t5));
-- 7700101

-- cte: recursive
WITH RECURSIVE w2 AS (SELECT CAST(t5.c0 AS integer) AS c0, CAST(t5.c1 AS text) AS c1 FROM (SELECT t3."id" AS c0, t3."name" AS c1 FROM "users" AS t3 WHERE (t3."name" = $1::text)) AS t5 UNION SELECT CAST(t6."id" AS integer) AS c0, CAST(t6."name" AS text) AS c1 FROM "users" AS t6 INNER JOIN w2 AS t7 ON (t6."boss" = t7.c0)) SELECT t0.c1 FROM w2 AS t0 WHERE (t0.c0 > $2::integer);
-- 'v-7700101', 7700102

-- row value: compareRows
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."author_id" > $1::integer) OR ((t0."author_id" = $2::integer) AND (t0."id" >= $3::integer)));
-- 7700101, 7700101, 7700102

-- row value: inRows
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."author_id", t0."title") IN (SELECT * FROM unnest($1::integer[], $2::text[])));
-- '{"7700101","7700103"}', '{"v-7700102","v-7700104"}'

-- row value: inQueryRows
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (EXISTS (SELECT 1 FROM (SELECT t4."id" AS c0, t4."name" AS c1 FROM "users" AS t4) AS t2 WHERE ((t0."author_id" = t2.c0) AND (t0."title" = t2.c1))));

-- row value: a long list
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."id" = ANY($1::integer[]));
-- '{"7700101","7700102","7700103","7700104","7700105","7700106"}'

-- lock: forUpdate
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."id" = $1::integer) FOR UPDATE;
-- 7700101

-- lock: skipLocked
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."id" LIMIT $1 FOR UPDATE SKIP LOCKED;
-- 7700101

-- set operation: union
SELECT t0."name" AS c0 FROM "users" AS t0 UNION SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer);
-- 7700101

-- set operation: unionAll
SELECT t0."name" AS c0 FROM "users" AS t0 UNION ALL SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer);
-- 7700101

-- set operation: intersect
SELECT t0."name" AS c0 FROM "users" AS t0 INTERSECT SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer);
-- 7700101

-- set operation: except
SELECT t0."name" AS c0 FROM "users" AS t0 EXCEPT SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer);
-- 7700101

-- set operation: of three
(SELECT t0."name" AS c0 FROM "users" AS t0 UNION SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer)) EXCEPT SELECT t4."title" AS c0 FROM "posts" AS t4 WHERE (t4."stars" > $2::integer);
-- 7700101, 7700102

-- set operation: on the right
SELECT t0."name" AS c0 FROM "users" AS t0 UNION (SELECT t2."name" AS c0 FROM "users" AS t2 EXCEPT SELECT t4."title" AS c0 FROM "posts" AS t4 WHERE (t4."stars" > $1::integer));
-- 7700101

-- set operation: ordered and limited
SELECT t0."name" AS c0 FROM "users" AS t0 UNION ALL SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $1::integer) ORDER BY 1 DESC LIMIT $2;
-- 7700101, 7700102

-- set operation: each side with its own limit
(SELECT t0."name" AS c0 FROM "users" AS t0 ORDER BY t0."id" LIMIT $1) UNION ALL (SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > $2::integer) ORDER BY t2."id" LIMIT $3);
-- 7700101, 7700102, 7700103

-- set operation: with a constant
SELECT t0."name" AS c0, $1::text AS c1 FROM "users" AS t0 UNION ALL SELECT t2."title" AS c0, $2::text AS c1 FROM "posts" AS t2;
-- 'v-7700101', 'v-7700102'

-- set operation: as a derived table
SELECT t0.c0 FROM (SELECT t2."name" AS c0 FROM "users" AS t2 UNION SELECT t4."title" AS c0 FROM "posts" AS t4 WHERE (t4."stars" > $1::integer)) AS t0 WHERE (t0.c0 > $2::text);
-- 7700101, 'v-7700102'

-- set operation that keeps doubles: exceptAll
SELECT t0."id" AS c0 FROM "users" AS t0 EXCEPT ALL SELECT t2."author_id" AS c0 FROM "posts" AS t2;

-- set operation that keeps doubles: intersectAll
SELECT t0."id" AS c0 FROM "users" AS t0 INTERSECT ALL SELECT t2."author_id" AS c0 FROM "posts" AS t2;

-- relation: any
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE ((t2."author_id" = t0."id") AND (t2."title" = $1::text))));
-- 'v-7700101'

-- relation: any through a link
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (EXISTS (SELECT 1 FROM "words" AS t2 INNER JOIN "post_words" AS t3 ON (t3."wordId" = t2."id") WHERE ((t3."postId" = t0."id") AND (t2."word" = $1::text))));
-- 'v-7700101'

-- relation: has
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (EXISTS (SELECT 1 FROM "users" AS t2 WHERE ((t2."id" = t0."author_id") AND (t2."name" = $1::text))));
-- 'v-7700101'

-- relation: none
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id"))));

-- relation: given a row
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."author_id" = $1::integer) AND (t0."stars" > $2::integer));
-- 7700101, 7700102

-- include: many
SELECT t0."id" FROM "users" AS t0;
SELECT t0."title", k.i FROM unnest($1::integer[]) WITH ORDINALITY AS k (c0, i) CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.c0);
-- '{"7700901","7700902"}'

-- include: many, ordered and limited
SELECT t0."id" FROM "users" AS t0;
SELECT t3.c0 AS c0, t3.c1 AS c1 FROM (SELECT t2.*, row_number() OVER (PARTITION BY t2.p ORDER BY t2.k0 DESC) AS r FROM (SELECT t0."title" AS c0, k.i AS c1, t0."id" AS k0, k.i AS p FROM unnest($1::integer[]) WITH ORDINALITY AS k (c0, i) CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.c0)) AS t2) AS t3 WHERE t3.r <= CAST($2 AS bigint) ORDER BY t3.k0 DESC;
-- '{"7700901","7700902"}', 7700101

-- include: many through a link
SELECT t0."id" FROM "posts" AS t0;
SELECT t0."word", k.i FROM unnest($1::integer[]) WITH ORDINALITY AS k (c0, i) CROSS JOIN "words" AS t0 INNER JOIN "post_words" AS t1 ON (t1."wordId" = t0."id") WHERE (t1."postId" = k.c0) ORDER BY t0."word";
-- '{"7700901","7700902"}'

-- include: many, filtered
SELECT t0."id" FROM "users" AS t0;
SELECT t0."title", k.i FROM unnest($1::integer[]) WITH ORDINALITY AS k (c0, i) CROSS JOIN "posts" AS t0 WHERE ((t0."author_id" = k.c0) AND (t0."stars" > $2::integer));
-- '{"7700901","7700902"}', 7700101

-- include: an aggregate of each
SELECT t0."id" FROM "users" AS t0;
SELECT (SELECT count(*) AS c0 FROM "posts" AS t1 WHERE (t1."author_id" = k.c0)), k.i FROM unnest($1::integer[]) WITH ORDINALITY AS k (c0, i);
-- '{"7700901","7700902"}'

-- include: groups of each
SELECT t0."id" FROM "users" AS t0;
SELECT t0."day", count(*), k.i FROM unnest($1::integer[]) WITH ORDINALITY AS k (c0, i) CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.c0) GROUP BY t0."day", k.c0, k.i;
-- '{"7700901","7700902"}'

-- include: optional
SELECT t0."id" FROM "users" AS t0;
SELECT t0."title", k.i FROM unnest($1::integer[]) WITH ORDINALITY AS k (c0, i) CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.c0);
-- '{"7700901","7700902"}'

-- insert: one row
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES ($1::text, $2::text, $3::integer, $4::boolean, $5::integer) RETURNING "users"."id";
-- 'v-7700101', 'v-7700102', 7700103, 'true', null

-- insert: a row that leaves out what may be null
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES ($1::text, $2::text, $3::integer, $4::boolean, $5::integer) RETURNING "users"."id";
-- 'v-7700101', null, null, 'true', null

-- insert: several rows
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") SELECT k.c0, k.c1, k.c2, k.c3, k.c4 FROM unnest($1::text[], $2::text[], $3::integer[], $4::boolean[], $5::integer[]) WITH ORDINALITY AS k (c0, c1, c2, c3, c4, i) ORDER BY k.i RETURNING "users"."id";
-- '{"v-7700101","v-7700102","v-7700103"}', '{NULL,NULL,NULL}', '{NULL,NULL,NULL}', '{"true","true","true"}', '{NULL,NULL,NULL}'

-- insert: a key that is given
INSERT INTO "words" ("id", "word") VALUES ($1::integer, $2::text);
-- 7700101, 'v-7700102'

-- insert: every type
INSERT INTO "posts" ("author_id", "title", "stars", "views", "score", "day", "at") VALUES ($1::integer, $2::text, $3::integer, $4::bigint, $5::double precision, $6::date, $7::timestamptz) RETURNING "posts"."id";
-- 7700101, 'v-7700102', 7700103, '7700104', 7700105.5, '7705-01-01', '7706-01-01T00:00:00.000000Z'

-- insert: null
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES ($1::text, $2::text, $3::integer, $4::boolean, $5::integer) RETURNING "users"."id";
-- 'v-7700101', null, null, 'true', null

-- insert: returning
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES ($1::text, $2::text, $3::integer, $4::boolean, $5::integer) RETURNING "users"."id", "users"."name", "users"."fullname", "users"."age", "users"."active", "users"."boss", "users"."id";
-- 'v-7700101', null, null, 'true', null

-- insert: returning an expression
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES ($1::text, $2::text, $3::integer, $4::boolean, $5::integer) RETURNING "users"."id", ("users"."name" || $6::text), "users"."id";
-- 'v-7700101', null, null, 'true', null, 'v-7700102'

-- insert a list: rows that give their keys
INSERT INTO "words" ("id", "word") SELECT k.c0, k.c1 FROM unnest($1::integer[], $2::text[]) WITH ORDINALITY AS k (c0, c1, i) ORDER BY k.i;
-- '{7700101,7700103}', '{"v-7700102","v-7700104"}'

-- insert a list: rows that give their keys, and what is given back
INSERT INTO "words" ("id", "word") SELECT k.c0, k.c1 FROM unnest($1::integer[], $2::text[]) WITH ORDINALITY AS k (c0, c1, i) ORDER BY k.i RETURNING "words"."word", ("words"."id" + $3::integer);
-- '{7700101,7700103}', '{"v-7700102","v-7700104"}', 7700105

-- insert a list: rows whose keys are made
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") SELECT k.c0, k.c1, k.c2, k.c3, k.c4 FROM unnest($1::text[], $2::text[], $3::integer[], $4::boolean[], $5::integer[]) WITH ORDINALITY AS k (c0, c1, c2, c3, c4, i) ORDER BY k.i RETURNING "users"."id";
-- '{"v-7700101","v-7700102"}', '{NULL,NULL}', '{NULL,7700103}', '{"true","false"}', '{NULL,NULL}'

-- insert a list: rows with expressions
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") SELECT c0, c1, c2, c3, c4 FROM (VALUES (CAST(lower($1::text) AS text), CAST($2::text AS text), CAST($3::integer AS integer), CAST($4::boolean AS boolean), CAST($5::integer AS integer), 0), (CAST($6::text AS text), CAST($7::text AS text), CAST(($8::integer + $9::integer) AS integer), CAST($10::boolean AS boolean), CAST($11::integer AS integer), 1)) AS v (c0, c1, c2, c3, c4, i) ORDER BY i RETURNING "users"."id";
-- 'v-7700101', null, null, 'true', null, 'v-7700102', null, 7700103, 7700104, 'true', null

-- insert from: the table itself
INSERT INTO "words" ("id", "word") SELECT (t0."id" + $1::integer) AS c0, t0."word" AS c1 FROM "words" AS t0 WHERE (t0."id" > $2::integer);
-- 7700102, 7700101

-- insert from: a query that leaves out what may be null
INSERT INTO "users" ("name", "active", "fullname", "age", "boss") SELECT q.c0, q.c1, $1::text, $2::integer, $3::integer FROM (SELECT t0."word" AS c0, $4::boolean AS c1 FROM "words" AS t0 WHERE (t0."word" = $5::text)) AS q;
-- null, null, null, 'true', 'v-7700101'

-- insert from: groups
INSERT INTO "words" ("id", "word") SELECT count(*) AS c0, t0."name" AS c1 FROM "users" AS t0 GROUP BY t0."name" ORDER BY t0."name" DESC LIMIT $1;
-- 7700101

-- insert from: a set operation
INSERT INTO "words" ("id", "word") SELECT t0."id" AS c0, t0."word" AS c1 FROM "words" AS t0 WHERE (t0."id" > $1::integer) UNION ALL SELECT t2."id" AS c0, t2."word" AS c1 FROM "words" AS t2;
-- 7700101

-- insert from: named rows
INSERT INTO "words" ("id", "word") WITH w2 AS (SELECT t3."id" AS c0, t3."word" AS c1 FROM "words" AS t3 WHERE (t3."id" > $1::integer)) SELECT (t0.c0 + $2::integer) AS c0, t0.c1 AS c1 FROM w2 AS t0;
-- 7700101, 7700102

-- insert from: a subquery of the table itself
INSERT INTO "words" ("id", "word") SELECT ((SELECT max(t2."id") AS c0 FROM "words" AS t2) + $1::integer) AS c0, t0."word" AS c1 FROM "words" AS t0;
-- 1

-- insert from: what is given back
INSERT INTO "words" ("id", "word") SELECT (t0."id" + $1::integer) AS c0, t0."word" AS c1 FROM "words" AS t0 RETURNING "words"."id", lower("words"."word");
-- 7700101

-- upsert: rows that are there are left
INSERT INTO "words" ("id", "word") VALUES ($1::integer, $2::text), ($3::integer, $4::text) ON CONFLICT ("id") DO NOTHING;
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- upsert: rows that meet any key are left
INSERT INTO "words" ("id", "word") VALUES ($1::integer, $2::text) ON CONFLICT DO NOTHING;
-- 7700101, 'v-7700102'

-- upsert: rows that are there are changed
INSERT INTO "words" ("id", "word") VALUES ($1::integer, $2::text), ($3::integer, $4::text) ON CONFLICT ("id") DO UPDATE SET "word" = ("words"."word" || $5::text || "excluded"."word");
-- 7700101, 'v-7700102', 7700103, 'v-7700104', 'v-7700105'

-- upsert: rows that are there are changed where
INSERT INTO "words" ("id", "word") VALUES ($1::integer, $2::text) ON CONFLICT ("id") DO UPDATE SET "word" = $3::text WHERE ("words"."word" < "excluded"."word");
-- 7700101, 'v-7700102', 'v-7700103'

-- upsert: returning
INSERT INTO "users" ("id", "name", "fullname", "age", "active", "boss") VALUES ($1::integer, $2::text, $3::text, $4::integer, $5::boolean, $6::integer) ON CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "age" = ("users"."age" + $7::integer) RETURNING "users"."id", "users"."name";
-- 7700101, 'v-7700102', null, null, 'true', null, 7700103

-- upsert: the rows of a query
INSERT INTO "words" ("id", "word") SELECT (t0."id" + $1::integer) AS c0, t0."word" AS c1 FROM "words" AS t0 ON CONFLICT ("id") DO NOTHING;
-- 7700101

-- update: of all rows
UPDATE "users" SET "age" = $1::integer;
-- 7700101

-- update: where
UPDATE "users" SET "name" = $1::text WHERE ("users"."id" = $2::integer);
-- 'v-7700101', 7700102

-- update: by the old value
UPDATE "users" SET "age" = ("users"."age" + $1::integer);
-- 7700101

-- update: of several columns
UPDATE "users" SET "fullname" = "users"."name", "name" = ("users"."name" || $1::text) WHERE ("users"."id" = $2::integer);
-- 'v-7700101', 7700102

-- update: to null
UPDATE "users" SET "fullname" = $1::text WHERE ("users"."name" = $2::text);
-- null, 'v-7700101'

-- update: by a choice
UPDATE "users" SET "age" = (CASE WHEN ("users"."age" IS NULL) THEN $1::integer ELSE "users"."age" END);
-- 7700101

-- update: by a subquery
UPDATE "users" SET "age" = (SELECT count(*) AS c0 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id"));

-- update: where exists
UPDATE "users" SET "active" = $1::boolean WHERE ((EXISTS (SELECT 1 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id"))) AND ("users"."age" > $2::integer));
-- 'false', 7700101

-- delete: all rows
DELETE FROM "words";

-- delete: where
DELETE FROM "users" WHERE (("users"."name" = $1::text) AND ("users"."age" > $2::integer));
-- 'v-7700101', 7700102

-- delete: of a list
DELETE FROM "users" WHERE ("users"."id" = ANY($1::integer[]));
-- '{"7700101","7700102"}'

-- delete: where not exists
DELETE FROM "users" WHERE (NOT (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id"))));

-- delete: returning
DELETE FROM "users" WHERE ("users"."id" = $1::integer) RETURNING "users"."id", "users"."name", "users"."fullname", "users"."age", "users"."active", "users"."boss";
-- 7700101

-- update using: a table, found by its key
UPDATE "posts" SET "title" = (t0."name" || $1::text) FROM "users" AS t0 WHERE (t0."id" = "posts"."author_id");
-- 'v-7700101'

-- update using: a table of which several rows may match
UPDATE "users" SET "fullname" = (SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."author_id" = "users"."id")) WHERE (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id")));

-- update using: a table that no new value mentions
UPDATE "users" SET "age" = $1::integer WHERE (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE ((t0."author_id" = "users"."id") AND (t0."stars" > $2::integer))));
-- 7700101, 7700102

-- update using: two tables
UPDATE "posts" SET "title" = t1."word", "stars" = ("posts"."stars" + t0."age") FROM "users" AS t0, "words" AS t1 WHERE (t0."id" = "posts"."author_id") AND (t1."word" = t0."name") AND (t1."id" > $1::integer);
-- 7700101

-- update using: the table itself
UPDATE "users" SET "fullname" = t0."name" FROM "users" AS t0 WHERE (t0."id" = "users"."boss");

-- update using: the table itself, which no new value mentions
UPDATE "users" SET "active" = $1::boolean, "age" = $2::integer WHERE (EXISTS (SELECT 1 FROM "users" AS t0 WHERE (t0."boss" = "users"."id")));
-- 'true', 7700101

-- update using: a query with a name
UPDATE "users" SET "age" = t0.c2 FROM (SELECT t1."author_id" AS c0, sum(t1."stars") AS c1, count(*) AS c2 FROM "posts" AS t1 GROUP BY t1."author_id") AS t0 WHERE (t0.c0 = "users"."id");

-- update using: rows in front
WITH w2 AS (SELECT t3."author_id" AS c0, sum(t3."stars") AS c1, count(*) AS c2 FROM "posts" AS t3 GROUP BY t3."author_id") UPDATE "users" SET "active" = $1::boolean WHERE (EXISTS (SELECT 1 FROM w2 AS t0 WHERE ((t0.c0 = "users"."id") AND (t0.c2 > $2::bigint))));
-- 'false', 7700101

-- delete using: a table
DELETE FROM "users" WHERE (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE ((t0."author_id" = "users"."id") AND (t0."stars" > $1::integer))));
-- 7700101

-- delete using: the table itself
DELETE FROM "users" WHERE (EXISTS (SELECT 1 FROM "users" AS t0 WHERE ((t0."boss" = "users"."id") AND (t0."age" IS NULL))));

-- delete using: rows in front
WITH w2 AS (SELECT t3."author_id" AS c0, sum(t3."stars") AS c1, count(*) AS c2 FROM "posts" AS t3 GROUP BY t3."author_id") DELETE FROM "users" WHERE (EXISTS (SELECT 1 FROM w2 AS t0 WHERE (t0.c0 = "users"."id")));

-- delete using: returning beside a table
DELETE FROM "users" WHERE (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id"))) RETURNING "users"."id", "users"."name", "users"."fullname", "users"."age", "users"."active", "users"."boss";

-- update returning: beside a table
UPDATE "posts" SET "title" = t0."name" FROM "users" AS t0 WHERE (t0."id" = "posts"."author_id") RETURNING "posts"."id", "posts"."title";

-- update returning: where the key changes
UPDATE "words" SET "id" = ("words"."id" + $1::integer) WHERE ("words"."id" > $2::integer) RETURNING "words"."id", "words"."word";
-- 7700101, 7700102

-- delete returning: by their keys
DELETE FROM "words" WHERE ("words"."id" > $1::integer) RETURNING "words"."word";
-- 7700101

-- tables: createAll
CREATE TABLE IF NOT EXISTS "users" ("id" integer GENERATED BY DEFAULT AS IDENTITY NOT NULL, "name" varchar(50) NOT NULL, "fullname" text, "age" integer, "active" boolean NOT NULL, "boss" integer, CONSTRAINT "pk_users" PRIMARY KEY ("id"), CONSTRAINT "uq_users_name" UNIQUE ("name"), CONSTRAINT "fk_users_boss" FOREIGN KEY ("boss") REFERENCES "users" ("id"));
CREATE TABLE IF NOT EXISTS "posts" ("id" integer GENERATED BY DEFAULT AS IDENTITY NOT NULL, "author_id" integer NOT NULL, "title" text NOT NULL, "stars" integer, "views" bigint NOT NULL, "score" double precision, "day" date NOT NULL, "at" timestamptz NOT NULL, CONSTRAINT "pk_posts" PRIMARY KEY ("id"), CONSTRAINT "fk_posts_author_id" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS "words" ("id" integer NOT NULL, "word" varchar(20) NOT NULL, CONSTRAINT "pk_words" PRIMARY KEY ("id"), CONSTRAINT "uq_words_word" UNIQUE ("word"));
CREATE TABLE IF NOT EXISTS "post_words" ("postId" integer NOT NULL, "wordId" integer NOT NULL, CONSTRAINT "pk_post_words" PRIMARY KEY ("postId", "wordId"), CONSTRAINT "fk_post_words_postId" FOREIGN KEY ("postId") REFERENCES "posts" ("id"), CONSTRAINT "fk_post_words_wordId" FOREIGN KEY ("wordId") REFERENCES "words" ("id"));

-- tables: dropAll
DROP TABLE IF EXISTS "post_words", "words", "posts", "users";

-- tables: createTable
CREATE TABLE "seats" ("row" integer NOT NULL, "hall" varchar(9) NOT NULL, "free" integer NOT NULL, CONSTRAINT "seats_key" PRIMARY KEY ("hall", "row"), CONSTRAINT "one_free" UNIQUE ("free", "hall"));

-- tables: if it is not there
CREATE TABLE IF NOT EXISTS "seats" ("row" integer NOT NULL, "hall" varchar(9) NOT NULL, "free" integer NOT NULL, CONSTRAINT "seats_key" PRIMARY KEY ("hall", "row"), CONSTRAINT "one_free" UNIQUE ("free", "hall"));

-- tables: temporary
CREATE TEMPORARY TABLE "scores" ("id" integer NOT NULL, "points" integer, "name" varchar(20) NOT NULL, CONSTRAINT "pk_scores" PRIMARY KEY ("id"));

-- tables: in a schema
CREATE TABLE "stage"."seats" ("id" integer NOT NULL, CONSTRAINT "pk_seats" PRIMARY KEY ("id"));

-- tables: a foreign key of two columns
CREATE TABLE "tickets" ("id" integer NOT NULL, "hall" varchar(9) NOT NULL, "row" integer NOT NULL, CONSTRAINT "pk_tickets" PRIMARY KEY ("id"), CONSTRAINT "fk_tickets_row_hall" FOREIGN KEY ("row", "hall") REFERENCES "seats" ("row", "hall") ON DELETE CASCADE ON UPDATE RESTRICT);

-- tables: a deferred foreign key
CREATE TABLE "deferred" ("id" integer NOT NULL, "user" integer NOT NULL, CONSTRAINT "pk_deferred" PRIMARY KEY ("id"), CONSTRAINT "later" FOREIGN KEY ("user") REFERENCES "users" ("id") DEFERRABLE INITIALLY DEFERRED);

-- tables: a foreign key that sets the default
CREATE TABLE "replaced" ("id" integer NOT NULL, "user" integer NOT NULL DEFAULT 1::integer, CONSTRAINT "pk_replaced" PRIMARY KEY ("id"), CONSTRAINT "fk_replaced_user" FOREIGN KEY ("user") REFERENCES "users" ("id") ON DELETE SET DEFAULT);

-- tables: deferrable uniqueness
CREATE TABLE "waiting" ("id" integer NOT NULL, "place" integer NOT NULL, CONSTRAINT "pk_waiting" PRIMARY KEY ("id"), CONSTRAINT "uq_waiting_place" UNIQUE ("place") DEFERRABLE INITIALLY IMMEDIATE);

-- tables: defaults
CREATE TABLE "defaults" ("id" integer NOT NULL, "n" integer NOT NULL DEFAULT (-3)::integer, "price" numeric(8, 2) NOT NULL DEFAULT '12.50'::numeric, "word" varchar(20) NOT NULL DEFAULT E'it''s \\ a word'::text, "long" text NOT NULL DEFAULT 'long'::text, "raw" bytea NOT NULL DEFAULT E'\\x00ff'::bytea, "none" integer DEFAULT NULL::integer, "made" timestamptz NOT NULL DEFAULT (statement_timestamp()), CONSTRAINT "pk_defaults" PRIMARY KEY ("id"), CONSTRAINT "ck_defaults_raw" CHECK (octet_length("raw") <= 4));

-- tables: checks
CREATE TABLE "checks" ("id" integer NOT NULL, "points" integer NOT NULL, "name" varchar(20) NOT NULL, CONSTRAINT "pk_checks" PRIMARY KEY ("id"), CONSTRAINT "few" CHECK ((("points" > 1::integer) AND ("points" < 5::integer))), CONSTRAINT "ck_checks_2" CHECK (("name" LIKE 'O''%'::text ESCAPE '!')));

-- tables: computed columns
CREATE TABLE "boxes" ("side" integer NOT NULL, "area" integer GENERATED ALWAYS AS (("side" * "side")) STORED NOT NULL, "name" text GENERATED ALWAYS AS (('box'::text || 'es'::text)) STORED NOT NULL);

-- tables: a column computed when it is read
-- refused: postgres cannot compute "sides"."area" each time it is read: leave `stored: false` out

-- tables: identity from a start
CREATE TABLE "counted" ("id" integer GENERATED BY DEFAULT AS IDENTITY (START WITH 42) NOT NULL, "n" integer NOT NULL, CONSTRAINT "pk_counted" PRIMARY KEY ("id"));

-- tables: identity, always, downwards
CREATE TABLE "down" ("id" integer GENERATED ALWAYS AS IDENTITY (START WITH 0 INCREMENT BY -5 MINVALUE -1000 MAXVALUE 0) NOT NULL, CONSTRAINT "pk_down" PRIMARY KEY ("id"));

-- tables: comments and a collation
CREATE TABLE IF NOT EXISTS "noted" ("id" integer NOT NULL, "name" varchar(9) COLLATE "C" NOT NULL, CONSTRAINT "pk_noted" PRIMARY KEY ("id"));
SELECT 1 WHERE obj_description(to_regclass(CAST($1 AS text)), 'pg_class') IS NOT NULL;
-- '"noted"'
COMMENT ON TABLE "noted" IS 'what is noted';
SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(CAST($1 AS text)) AND attname = CAST($2 AS text) AND col_description(attrelid, attnum) IS NOT NULL;
-- '"noted"', 'id'
COMMENT ON COLUMN "noted"."id" IS 'the ''key''';

-- tables: dropTable
DROP TABLE "seats";

-- tables: dropTable, if it is there
DROP TABLE IF EXISTS "seats";

-- tables: createTableAs
CREATE TABLE "named" ("id" integer NOT NULL, "name" varchar(50) NOT NULL, CONSTRAINT "pk_named" PRIMARY KEY ("id"));
INSERT INTO "named" ("id", "name") WITH q ("id", "name") AS (SELECT t0."id" AS c0, t0."name" AS c1 FROM "users" AS t0 WHERE (t0."name" = 'O''Hara'::text)) SELECT "id", "name" FROM q;

-- tables: createTableAs, if it is not there
SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relname = CAST($1 AS text) AND n.oid = pg_my_temp_schema();
-- 'ids'
CREATE TEMPORARY TABLE "ids" ("id" integer NOT NULL, CONSTRAINT "pk_ids" PRIMARY KEY ("id"));
INSERT INTO "ids" ("id") WITH q ("id") AS (SELECT t0."id" AS c0 FROM "users" AS t0) SELECT "id" FROM q;

-- indexes: plain
CREATE INDEX "ix_scores_points" ON "scores" ("points");

-- indexes: unique, descending
CREATE UNIQUE INDEX "ix_scores_points_id" ON "scores" ("points" DESC NULLS LAST, "id");

-- indexes: if it is not there
CREATE INDEX IF NOT EXISTS "by_name" ON "scores" ("name");

-- indexes: of an expression
CREATE INDEX "by_lower" ON "scores" ((lower("name")), "id");

-- indexes: of some rows
CREATE UNIQUE INDEX "with_points" ON "scores" ("name") WHERE ("points" IS NOT NULL);

-- indexes: including
CREATE INDEX "ix_scores_id" ON "scores" ("id") INCLUDE ("name", "points");

-- indexes: by a convention
CREATE INDEX "scores__name" ON "scores" ("name");

-- indexes: dropIndex
DROP INDEX "by_name";

-- indexes: dropIndex, if it is there
DROP INDEX IF EXISTS "by_name";

-- view: with a literal
CREATE VIEW "active" ("id", "who") AS SELECT t0."id" AS c0, (t0."name" || E' it''s \\ '::text) AS c1 FROM "users" AS t0 WHERE (t0."active" = 'true'::boolean);

-- view: of a view, in a schema
CREATE VIEW "numbers"."counted" ("id", "n") AS SELECT t0."id" AS c0, count(*) AS c1 FROM "active" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") GROUP BY t0."id";

-- view: replaced
CREATE OR REPLACE VIEW "active" ("id", "who") AS SELECT t0."id" AS c0, (t0."name" || E' it''s \\ '::text) AS c1 FROM "users" AS t0 WHERE (t0."active" = 'true'::boolean);

-- view: dropped
DROP VIEW "active";

-- view: dropped where it is
DROP VIEW IF EXISTS "numbers"."counted";

-- view: materialized
CREATE MATERIALIZED VIEW "kept" ("word") AS SELECT t0."word" AS c0 FROM "words" AS t0;

-- view: materialized, replaced
DROP MATERIALIZED VIEW IF EXISTS "kept";
CREATE MATERIALIZED VIEW "kept" ("word") AS SELECT t0."word" AS c0 FROM "words" AS t0;

-- view: refreshed
REFRESH MATERIALIZED VIEW "kept";

-- view: read
SELECT t0."n" FROM "numbers"."counted" AS t0 WHERE (t0."n" > $1::bigint) ORDER BY t0."id";
-- 0

-- view: createAll of a schema with views
SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relname = CAST($1 AS text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND CASE WHEN CAST($2 AS text) IS NULL THEN n.nspname = current_schema() ELSE n.nspname = CAST($2 AS text) END;
-- 'active', null
CREATE VIEW "active" ("id", "who") AS SELECT t0."id" AS c0, (t0."name" || E' it''s \\ '::text) AS c1 FROM "users" AS t0 WHERE (t0."active" = 'true'::boolean);
SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relname = CAST($1 AS text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND CASE WHEN CAST($2 AS text) IS NULL THEN n.nspname = current_schema() ELSE n.nspname = CAST($2 AS text) END;
-- 'counted', 'numbers'
CREATE VIEW "numbers"."counted" ("id", "n") AS SELECT t0."id" AS c0, count(*) AS c1 FROM "active" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") GROUP BY t0."id";

-- view: dropAll of a schema with views
DROP VIEW IF EXISTS "numbers"."counted";
DROP VIEW IF EXISTS "active";

-- sequence: created
CREATE SEQUENCE "plain ""name""";

-- sequence: created with all there is to say
CREATE SEQUENCE IF NOT EXISTS "other"."numbers" START WITH 5 INCREMENT BY -2 MINVALUE -9 MAXVALUE 5 CYCLE;

-- sequence: dropped
DROP SEQUENCE "plain ""name""";

-- sequence: dropped where it is
DROP SEQUENCE IF EXISTS "other"."numbers";

-- sequence: its next value
SELECT CAST(nextval('"other"."numbers"') AS bigint) FROM "users" AS t0;

-- sequence: its next value in a row
INSERT INTO "tickets" ("id", "what") VALUES (CAST(nextval('"plain ""name"""') AS integer), $1::text);
-- 'v-7700101'

-- sequence: createAll with a key that it counts
CREATE SEQUENCE IF NOT EXISTS "plain ""name""";
CREATE TABLE IF NOT EXISTS "tickets" ("id" integer NOT NULL DEFAULT (CAST(nextval('"plain ""name"""') AS integer)), "what" text NOT NULL, CONSTRAINT "pk_tickets" PRIMARY KEY ("id"));

-- sequence: dropAll with a key that it counts
DROP TABLE IF EXISTS "tickets";
DROP SEQUENCE IF EXISTS "plain ""name""";

-- schema: created
CREATE SCHEMA "other";

-- schema: created where it is absent
CREATE SCHEMA IF NOT EXISTS "other ""one""";

-- schema: dropped
DROP SCHEMA "other";

-- schema: dropped with all that is in it
DROP SCHEMA IF EXISTS "other" CASCADE;

-- alterTable: a column more
ALTER TABLE "words" ADD COLUMN "a note" varchar(9);

-- alterTable: a column more with a default
ALTER TABLE "words" ADD COLUMN "price" numeric(8, 2) NOT NULL DEFAULT '1.50'::numeric;

-- alterTable: other names
ALTER TABLE "words" RENAME COLUMN "word" TO "the word";
ALTER TABLE "words" RENAME TO "texts";

-- alterTable: a comment
COMMENT ON TABLE "words" IS E'it''s \\ here';

-- alterTable: a comment less
COMMENT ON TABLE "words" IS NULL;

-- alterTable, on SQLite by a table made anew: a unique column more that refers
ALTER TABLE "words" ADD COLUMN "ownerId" integer;
ALTER TABLE "words" ADD CONSTRAINT "uq_words_ownerId" UNIQUE ("ownerId");
ALTER TABLE "words" ADD CONSTRAINT "fk_words_ownerId" FOREIGN KEY ("ownerId") REFERENCES "users" ("id");

-- alterTable, on SQLite by a table made anew: a column less
ALTER TABLE "words" DROP COLUMN "word";

-- alterTable, on SQLite by a table made anew: a column altered
ALTER TABLE "words" ALTER COLUMN "word" DROP DEFAULT;
ALTER TABLE "words" ALTER COLUMN "word" TYPE varchar(40);
ALTER TABLE "words" ALTER COLUMN "word" DROP NOT NULL;
COMMENT ON COLUMN "words"."word" IS NULL;

-- alterTable, on SQLite by a table made anew: a check more
ALTER TABLE "words" ADD CONSTRAINT "positive" CHECK (("id" > 0::integer));

-- alterTable, on SQLite by a table made anew: uniqueness and a foreign key more
ALTER TABLE "words" ADD CONSTRAINT "uq_words_id_word" UNIQUE ("id", "word");
ALTER TABLE "words" ADD CONSTRAINT "fk_words_id" FOREIGN KEY ("id") REFERENCES "users" ("id") ON DELETE CASCADE;

-- alterTable, on SQLite by a table made anew: a constraint less
ALTER TABLE "words" DROP CONSTRAINT "uq_words_word";

-- alterTable, on SQLite by a table made anew: the primary key less
ALTER TABLE "words" DROP CONSTRAINT "pk_words";

-- types: createAll
CREATE TABLE IF NOT EXISTS "bills" ("id" integer NOT NULL, "day" date NOT NULL, "price" numeric(10, 2) NOT NULL, "rate" numeric(4, 3), "weight" double precision, "about" jsonb NOT NULL, CONSTRAINT "pk_bills" PRIMARY KEY ("id"));
CREATE TABLE IF NOT EXISTS "typed" ("id" uuid NOT NULL, "kind" text NOT NULL, "code" varchar(8) NOT NULL, "price" numeric(12, 4) NOT NULL, CONSTRAINT "pk_typed" PRIMARY KEY ("id"), CONSTRAINT "ck_typed_kind" CHECK ("kind" IN ('one', 'two')));
