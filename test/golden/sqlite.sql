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
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" = ?);
-- 'v-7700101'

-- comparison: ne
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" <> ?);
-- 7700101

-- comparison: lt
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" < ?);
-- 7700101

-- comparison: lte
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" <= ?);
-- 'v-7700101'

-- comparison: gt
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."views" > ?);
-- 7700101

-- comparison: gte
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."score" >= ?);
-- 7700101.5

-- comparison: of a date
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."day" >= ?);
-- '7700-01-01'

-- comparison: of an instant
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."at" < ?);
-- '7700-01-01T00:00:00.000000Z'

-- comparison: of two columns
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."stars" = t0."id");

-- comparison: of an integer and a fraction
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" > ?);
-- 7700101.5

-- comparison: between
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" BETWEEN ? AND ?);
-- 7700101, 7700102

-- comparison: isDistinctFrom
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" IS NOT ?);
-- 7700101

-- comparison: isNotDistinctFrom
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."fullname" IS ?);
-- 'v-7700101'

-- comparison: in select
SELECT t0."id", (t0."age" >= ?) FROM "users" AS t0;
-- 7700101

-- logic: and
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."name" = ?) AND (t0."age" > ?));
-- 'v-7700101', 7700102

-- logic: or
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."name" = ?) OR (t0."name" = ?));
-- 'v-7700101', 'v-7700102'

-- logic: or within and
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."active" AND ((t0."name" = ?) OR (t0."fullname" IS NULL)));
-- 'v-7700101'

-- logic: not
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."name" = ?));
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
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."name" = ?) AND (t0."age" > ?));
-- 'v-7700101', 7700102

-- lists: inList
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" IN (?, ?, ?, ?));
-- 'v-7700101', 'v-7700102', 'v-7700103', 'v-7700103'

-- lists: inList of nothing
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (1 = 0);

-- lists: notInList
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."age" IN (?, ?)));
-- 7700101, 7700102

-- lists: notInList of nothing
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (1 = 0));

-- lists: inList of bigints
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."views" IN (?, ?));
-- 7700101, 7700102

-- choice: caseWhen
SELECT (CASE WHEN (t0."age" > ?) THEN ? ELSE ? END) FROM "users" AS t0;
-- 7700101, 'v-7700102', 'v-7700103'

-- choice: caseWhen of several
SELECT (CASE WHEN (t0."age" > ?) THEN ? WHEN (t0."age" > ?) THEN ? ELSE ? END) FROM "users" AS t0;
-- 7700101, 'v-7700102', 7700103, 'v-7700104', 'v-7700105'

-- choice: caseWhen without otherwise
SELECT (CASE WHEN (t0."age" > ?) THEN ? END) FROM "users" AS t0;
-- 7700101, 'v-7700102'

-- choice: coalesce
SELECT coalesce(t0."fullname", ?) FROM "users" AS t0;
-- 'v-7700101'

-- choice: coalesce of columns
SELECT coalesce(t0."fullname", t0."name") FROM "users" AS t0;

-- choice: literal
SELECT t0."id", ? FROM "users" AS t0;
-- 'v-7700101'

-- text: like
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" LIKE ? ESCAPE '!');
-- 'v-7700101%'

-- text: not like
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."name" LIKE ? ESCAPE '!'));
-- '%v-7700101%'

-- text: ilike
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (lower(t0."name") LIKE lower(?) ESCAPE '!');
-- '%v-7700101'

-- text: startsWith
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" LIKE ? ESCAPE '!');
-- 'v-7700101%'

-- text: endsWith
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" LIKE ? ESCAPE '!');
-- '%v-7700101'

-- text: containsText
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."fullname" LIKE ? ESCAPE '!');
-- '%v-7700101%'

-- text: concat
SELECT (t0."name" || ? || t0."fullname") FROM "users" AS t0;
-- 'v-7700101'

-- text: lower
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (lower(t0."name") LIKE ? ESCAPE '!');
-- 'v-7700101'

-- text: upper
SELECT upper(t0."name") FROM "users" AS t0;

-- text: charLength
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (length(t0."name") > ?);
-- 7700101

-- text: ordered by
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY lower(t0."name") DESC;

-- numbers: add
SELECT (t0."age" + ?) FROM "users" AS t0;
-- 7700101

-- numbers: sub
SELECT (t0."age" - ?) FROM "users" AS t0;
-- 7700101

-- numbers: mul
SELECT (t0."age" * ?) FROM "users" AS t0;
-- 7700101

-- numbers: mul of doubles
SELECT (t0."score" * ?) FROM "posts" AS t0;
-- 7700101.5

-- numbers: div
SELECT (CAST(t0."age" AS REAL) / ?) FROM "users" AS t0;
-- 7700101

-- numbers: div of columns
SELECT (CAST(t0."stars" AS REAL) / t0."id") FROM "posts" AS t0;

-- numbers: intDiv
SELECT (t0."age" / ?) FROM "users" AS t0;
-- 7700101

-- numbers: mod
SELECT (t0."age" % ?) FROM "users" AS t0;
-- 7700101

-- numbers: abs
SELECT abs(t0."age") FROM "users" AS t0;

-- numbers: bigints added
SELECT (t0."views" + ?) FROM "posts" AS t0;
-- 7700101

-- numbers: in where
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."stars" * ?) > ?);
-- 7700101, 7700102

-- text function: trim
SELECT trim(t0."name") FROM "users" AS t0;

-- text function: substring of a place
SELECT substr(t0."name", min(max(?, 0), 1000000000) + 1, min(max(?, 0), 1000000000)) FROM "users" AS t0;
-- 7700101, 7700102

-- text function: indexOf
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((instr(t0."name", ?) - 1) > ?);
-- 'v-7700101', 7700102

-- text function: replace
SELECT replace(t0."name", ?, ?) FROM "users" AS t0;
-- 'v-7700101', 'v-7700102'

-- text function: takeLeft
SELECT substr(t0."name", 1, min(max(?, 0), 1000000000)) FROM "users" AS t0;
-- 7700101

-- text function: lpad
SELECT (CASE WHEN length(t0."name") >= ? THEN substr(t0."name", 1, max(?, 0)) ELSE substr(replace(hex(zeroblob(? - length(t0."name"))), '00', ?), 1, ? - length(t0."name")) || t0."name" END) FROM "users" AS t0;
-- 9701, 9701, 9701, 'v-7700102', 9701

-- text function: repeat
SELECT replace(hex(zeroblob(max(?, 0))), '00', t0."name") FROM "users" AS t0;
-- 9701

-- text function: regexMatches
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (relvar_regex(t0."name", ?, '') = 1);
-- 'v-7700101'

-- text function: nullIf
SELECT nullif(t0."name", ?) FROM "users" AS t0;
-- 'v-7700101'

-- number function: decimals compared
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (t0."price" > ?);
-- 770010125

-- number function: decimals added
SELECT (t0."price" + ?) FROM "bills" AS t0;
-- 770010125

-- number function: decimals multiplied
SELECT (t0."price" * t0."rate") FROM "bills" AS t0;

-- number function: decimals of two scales compared
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE ((t0."price" * 10) < t0."rate");

-- number function: sum of decimals
SELECT sum((t0."price" * t0."rate")) FROM "bills" AS t0;

-- number function: round
SELECT (t0."price" / 100 + (t0."price" % 100) / 50) FROM "bills" AS t0;

-- number function: roundTo
SELECT ((t0."price" * t0."rate") / 1000 + ((t0."price" * t0."rate") % 1000) / 500) FROM "bills" AS t0;

-- number function: ceil
SELECT ceil(t0."weight") FROM "bills" AS t0;

-- number function: sign
SELECT sign(t0."price") FROM "bills" AS t0;

-- number function: sqrt
SELECT sqrt(CASE WHEN CAST(t0."weight" AS REAL) >= 0 THEN CAST(t0."weight" AS REAL) END) FROM "bills" AS t0;

-- number function: power
SELECT (CASE WHEN (CAST(t0."weight" AS REAL) > 0) OR (CAST(t0."weight" AS REAL) = 0 AND CAST(? AS REAL) >= 0) OR (CAST(t0."weight" AS REAL) < 0 AND CAST(? AS REAL) = floor(CAST(? AS REAL))) THEN power(CAST(t0."weight" AS REAL), CAST(? AS REAL)) END) FROM "bills" AS t0;
-- 7700101.5, 7700101.5, 7700101.5, 7700101.5

-- number function: greatest
SELECT max(t0."age", ?) FROM "users" AS t0;
-- 7700101

-- number function: bitAnd
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."id" & ?) = ?);
-- 7700101, 7700102

-- number function: cast to bigint
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."id" > ?);
-- 7700101

-- number function: cast to text
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (CAST(t0."id" AS TEXT) = ?);
-- 'v-7700101'

-- number function: cast to a decimal
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."id" * 100) > ?);
-- 770010125

-- number function: isTrue
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."age" > t0."id") IS TRUE);

-- day function: extract
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (CAST(substr(t0."day", 1, 4) AS INTEGER) = ?);
-- 7700101

-- day function: extract a quarter
SELECT ((CAST(substr(t0."day", 6, 2) AS INTEGER) + 2) / 3) FROM "bills" AS t0;

-- day function: truncateTo
SELECT (substr(t0."day", 1, 7) || '-01') FROM "bills" AS t0;

-- day function: addInterval
SELECT date(t0."day", ? || ' days') FROM "bills" AS t0;
-- 7700101

-- day function: daysBetween
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (CAST(julianday(?) - julianday(t0."day") AS INTEGER) > ?);
-- '7700-01-01', 7700102

-- day function: currentDate
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (t0."day" < date('now'));

-- document: jsonPath as text
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE ((CASE WHEN json_type(t0."about", ('$.' || json_quote(?) || '.' || json_quote(?))) = 'text' THEN json_extract(t0."about", ('$.' || json_quote(?) || '.' || json_quote(?))) END) = ?);
-- 'to', 'name', 'to', 'name', 'v-7700101'

-- document: jsonPath as a number
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE ((CASE WHEN json_type(t0."about", ('$.' || json_quote(?) || '[' || ? || ']')) IN ('integer', 'real') AND abs(json_extract(t0."about", ('$.' || json_quote(?) || '[' || ? || ']')) + 0.5) <= 2147483647.5 AND json_extract(t0."about", ('$.' || json_quote(?) || '[' || ? || ']')) = CAST(json_extract(t0."about", ('$.' || json_quote(?) || '[' || ? || ']')) AS INTEGER) THEN CAST(json_extract(t0."about", ('$.' || json_quote(?) || '[' || ? || ']')) AS INTEGER) END) > ?);
-- 'sizes', 1, 'sizes', 1, 'sizes', 1, 'sizes', 1, 'sizes', 1, 7700101

-- document: jsonExists
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE ((t0."about" -> ('$.' || json_quote(?) || '.' || json_quote(?))) IS NOT NULL);
-- 'to', 'name'

-- document: jsonContains
SELECT t0."id", t0."day", t0."price", t0."rate", t0."weight", t0."about" FROM "bills" AS t0 WHERE (CASE WHEN t0."about" IS NOT NULL THEN coalesce(((CASE WHEN json_type(t0."about", ('$.' || json_quote(?))) = 'text' THEN json_extract(t0."about", ('$.' || json_quote(?))) END) = ?), (1 = 0)) END);
-- 'name', 'name', 'v-7700101'

-- document: inserted
INSERT INTO "bills" ("id", "day", "price", "rate", "weight", "about") VALUES (?, ?, ?, ?, ?, ?);
-- 7700101, '7701-01-01', 770010325, null, 7700104.5, '{"name":"v-7700105"}'

-- own SQL: fn
SELECT (coalesce(t0."age", ?)) FROM "users" AS t0;
-- 7700101

-- own SQL: a template
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" % ? = ?);
-- 7700101, 7700102

-- sql.text: a statement
SELECT id, name FROM users WHERE age > ? AND name <> ? -- :age, ':name'
 OR age = ?;
-- 7700101, 'v-7700102', 7700101

-- sql.text: a source by position
SELECT t0.c0, t0.c1 FROM (WITH t2 (c0, c1) AS (SELECT id, name FROM users WHERE age > ? AND name <> ? -- :age, ':name'
 OR age = ?) SELECT * FROM t2) AS t0;
-- 7700101, 'v-7700102', 7700101

-- sql.text: a source by name
SELECT t0.c0, t0.c1 FROM (WITH t2 AS (SELECT id, name FROM users WHERE age > ? AND name <> ? -- :age, ':name'
 OR age = ?) SELECT t2."name" AS c0, t2."id" AS c1 FROM t2) AS t0;
-- 7700101, 'v-7700102', 7700101

-- sql.text: a source with a name
WITH w2 AS (SELECT t3.c0 AS c0 FROM (WITH t5 (c0) AS (SELECT ?) SELECT * FROM t5) AS t3) SELECT t0.c0 FROM w2 AS t0;
-- 7700101

-- sql.text: in criteria
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."id" IN (SELECT t2.c0 AS c0 FROM (WITH t4 (c0) AS (SELECT ?) SELECT * FROM t4) AS t2)) AND (EXISTS (SELECT 1 FROM (WITH t7 (c0) AS (SELECT ?) SELECT * FROM t7) AS t5 WHERE (t5.c0 = t0."id"))));
-- 7700101, 7700101

-- sql.text: a command
UPDATE users SET age = ?;
-- 7700101

-- sql.text: casts and quotes
SELECT 'a:b', "c:d", 1 AS e, ? /* :f */;
-- 'v-7700101'

-- expressions of one’s own: a function
SELECT (min(t0."id", ?)) FROM "users" AS t0;
-- 7700101

-- expressions of one’s own: in all clauses
SELECT (min(t0."id", ?)), max(t0."age") FROM "users" AS t0 WHERE ((min(t0."id", ?)) > ?) GROUP BY 1 ORDER BY 1;
-- 7700101, 7700101, 7700102

-- expressions of one’s own: by its data
SELECT (t0."age" * 3) FROM "users" AS t0;

-- expressions of one’s own: in a write
UPDATE "users" SET "age" = (min("users"."id", ?)) WHERE ("users"."id" = ?);
-- 7700101, 7700102

-- expressions of one’s own: of one engine
-- refused: sqlite cannot say "on_postgres": its definition has no SQL for it: add it to "render", or derive a dialect that knows it

-- order: ascending
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."name";

-- order: descending
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."name" DESC;

-- order: of a column that may be null
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" NULLS LAST;

-- order: descending of a column that may be null
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC;

-- order: nullsFirst
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age";

-- order: nullsFirst, descending
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC NULLS FIRST;

-- order: nullsLast
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC;

-- order: of several
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."age" DESC, t0."name";

-- order: of an expression
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY (t0."age" + ?) NULLS LAST;
-- 7700101

-- order: of a text with a value in it
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY (t0."name" || ?);
-- 'v-7700101'

-- order: limit
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."id" LIMIT CAST(? AS INTEGER);
-- 7700101

-- order: offset
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."id" LIMIT -1 OFFSET CAST(? AS INTEGER);
-- 7700101

-- order: limit and offset
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 ORDER BY t0."id" LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER);
-- 7700101, 7700102

-- order: limit by a parameter
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" > ?) ORDER BY t0."id" LIMIT CAST(? AS INTEGER);
-- 7700102, 7700101

-- group: count
SELECT count(*) FROM "users" AS t0;

-- group: count of a column
SELECT count(t0."age") FROM "users" AS t0;

-- group: countDistinct
SELECT count(DISTINCT t0."age") FROM "users" AS t0;

-- group: count of some
SELECT count((CASE WHEN (t0."age" > ?) THEN t0."id" END)) FROM "users" AS t0;
-- 7700101

-- group: sum of integers
SELECT sum(t0."stars") FROM "posts" AS t0;

-- group: sum of bigints
SELECT sum(t0."views") FROM "posts" AS t0;

-- group: sum of doubles
SELECT sum(t0."score") FROM "posts" AS t0;

-- group: avg of integers
SELECT avg(t0."stars") FROM "posts" AS t0;

-- group: avg of bigints
SELECT avg(t0."views") FROM "posts" AS t0;

-- group: min and max
SELECT min(t0."name"), max(t0."age") FROM "users" AS t0;

-- group: groupBy
SELECT t0."author_id", count(*) FROM "posts" AS t0 GROUP BY t0."author_id";

-- group: groupBy an expression
SELECT lower(t0."name"), count(*) FROM "users" AS t0 GROUP BY lower(t0."name");

-- group: groupBy a value in an expression
SELECT (CASE WHEN (t0."age" > ?) THEN ? ELSE ? END), count(*) FROM "users" AS t0 GROUP BY 1 ORDER BY 1;
-- 7700101, 'v-7700102', 'v-7700103'

-- group: groupBy a key frees the columns of its table
SELECT t0."name", count(*) FROM "users" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") GROUP BY t0."id";

-- group: having
SELECT t0."author_id", max(t0."stars") FROM "posts" AS t0 GROUP BY t0."author_id" HAVING (count(*) > ?);
-- 7700101

-- group: ordered by an aggregate
SELECT t0."author_id" FROM "posts" AS t0 GROUP BY t0."author_id" ORDER BY count(*) DESC, t0."author_id";

-- aggregate: filter of a count
SELECT count(CASE WHEN (t0."stars" > ?) THEN 1 END) FROM "posts" AS t0;
-- 7700101

-- aggregate: filter of a sum
SELECT t0."author_id", sum(CASE WHEN (t0."stars" > ?) THEN t0."stars" END) FROM "posts" AS t0 GROUP BY t0."author_id";
-- 7700101

-- aggregate: distinctValues
SELECT sum(DISTINCT t0."stars") FROM "posts" AS t0;

-- aggregate: stringAgg
SELECT t0."author_id", group_concat(t0."title", ? ORDER BY t0."id") FROM "posts" AS t0 GROUP BY t0."author_id";
-- ', '

-- aggregate: arrayAgg
-- refused: sqlite cannot keep arrays: json

-- aggregate: boolAnd
SELECT min((t0."stars" > ?)) FROM "posts" AS t0;
-- 7700101

-- aggregate: boolOr
SELECT max((t0."stars" > ?)) FROM "posts" AS t0;
-- 7700101

-- aggregate: stddevSamp
-- refused: sqlite cannot calculate deviations: take the mean first, then the mean of squared differences

-- window: rowNumber
SELECT t0."id", row_number() OVER (PARTITION BY t0."author_id" ORDER BY t0."id" DESC) FROM "posts" AS t0;

-- window: rank
SELECT t0."id", rank() OVER (ORDER BY t0."stars" DESC) FROM "posts" AS t0;

-- window: denseRank
SELECT t0."id", dense_rank() OVER (ORDER BY t0."stars" NULLS LAST) FROM "posts" AS t0;

-- window: ntile
SELECT t0."id", ntile(?) OVER (ORDER BY t0."id") FROM "posts" AS t0;
-- 7700101

-- window: lag
SELECT lag(t0."stars", ?) OVER (ORDER BY t0."id") FROM "posts" AS t0;
-- 7700101

-- window: firstValue
SELECT first_value(t0."title") OVER (ORDER BY t0."id") FROM "posts" AS t0;

-- window: an aggregate of a partition
SELECT t0."id", sum(t0."stars") OVER (PARTITION BY t0."author_id") FROM "posts" AS t0;

-- window: an aggregate of all rows
SELECT t0."id", avg(t0."score") OVER () FROM "posts" AS t0;

-- window: the first of each
SELECT t0.c0 FROM (SELECT t2."title" AS c0, row_number() OVER (PARTITION BY t2."author_id" ORDER BY t2."stars" DESC, t2."id") AS c1 FROM "posts" AS t2) AS t0 WHERE (t0.c1 = ?);
-- 7700101

-- grouping sets: rollup
SELECT t0.c0, t0.c1, t0.c2, t0.c3 FROM (SELECT t2."author_id" AS c0, t2."day" AS c1, (0) AS c2, count(*) AS c3, count(*) AS c4 FROM "posts" AS t2 GROUP BY t2."author_id", t2."day" UNION ALL SELECT t4."author_id" AS c0, (NULL) AS c1, (1) AS c2, count(*) AS c3, count(*) AS c4 FROM "posts" AS t4 GROUP BY t4."author_id" UNION ALL SELECT (NULL) AS c0, (NULL) AS c1, (1) AS c2, count(*) AS c3, count(*) AS c4 FROM "posts" AS t6) AS t0;

-- grouping sets: cube
SELECT t0.c0, t0.c1, t0.c2 FROM (SELECT t2."author_id" AS c0, t2."day" AS c1, max(t2."stars") AS c2, count(*) AS c3 FROM "posts" AS t2 GROUP BY t2."author_id", t2."day" UNION ALL SELECT t4."author_id" AS c0, (NULL) AS c1, max(t4."stars") AS c2, count(*) AS c3 FROM "posts" AS t4 GROUP BY t4."author_id" UNION ALL SELECT (NULL) AS c0, t6."day" AS c1, max(t6."stars") AS c2, count(*) AS c3 FROM "posts" AS t6 GROUP BY t6."day" UNION ALL SELECT (NULL) AS c0, (NULL) AS c1, max(t8."stars") AS c2, count(*) AS c3 FROM "posts" AS t8) AS t0;

-- grouping sets: groupingSets
SELECT t0.c0, t0.c1, t0.c2 FROM (SELECT t2."author_id" AS c0, (NULL) AS c1, count(*) AS c2, count(*) AS c3 FROM "posts" AS t2 GROUP BY t2."author_id" UNION ALL SELECT (NULL) AS c0, t4."day" AS c1, count(*) AS c2, count(*) AS c3 FROM "posts" AS t4 GROUP BY t4."day" UNION ALL SELECT (NULL) AS c0, (NULL) AS c1, count(*) AS c2, count(*) AS c3 FROM "posts" AS t6) AS t0;

-- the order of parameters: in every clause
SELECT t0."author_id", (count(*) + ?) FROM "posts" AS t0 INNER JOIN "users" AS t1 ON (t1."name" = ?) WHERE (t0."stars" > ?) GROUP BY t0."author_id" HAVING (sum(t0."stars") > ?) ORDER BY (count(*) + ?) DESC LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER);
-- 7700104, 'v-7700101', 7700102, 7700103, 7700105, 7700106, 7700107

-- the order of parameters: one value twice
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."name" IN (?, ?));
-- 'v-7700101', 'v-7700101'

-- the order of parameters: beside nulls
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE ((t0."age" IS NULL) AND (t0."name" = ?));
-- 'v-7700101'

-- the order of parameters: of an open relation
SELECT t0."id", t0."active" FROM "users" AS t0 WHERE (t0."id" = ?);
-- 7700101

-- join: innerJoin
SELECT t0."name", t1."title" FROM "users" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- join: innerJoin by more
SELECT t1."title" FROM "users" AS t0 INNER JOIN "posts" AS t1 ON ((t1."author_id" = t0."id") AND (t1."stars" > ?));
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
SELECT t0."name", t2."word" FROM "users" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") LEFT JOIN "words" AS t2 ON (t2."word" = t1."title") WHERE (t1."stars" > ?);
-- 7700101

-- further join: rightJoin
SELECT t0."name", t1."title" FROM "users" AS t0 RIGHT JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- further join: fullJoin
SELECT t0."name", t1."title" FROM "users" AS t0 FULL JOIN "posts" AS t1 ON (t1."author_id" = t0."id");

-- further join: lateral
SELECT t0."name", t1.c0 FROM "users" AS t0 INNER JOIN (SELECT t11.c0, t11.c1 FROM (SELECT t10.c0, t10.c1, row_number() OVER (PARTITION BY t10.c1 ORDER BY t10.c2 DESC) AS n FROM (SELECT t6."title" AS c0, t5.c0 AS c1, t6."id" AS c2 FROM (SELECT DISTINCT t8."id" AS c0 FROM "users" AS t8) AS t5 CROSS JOIN "posts" AS t6 WHERE (t6."author_id" = t5.c0)) AS t10) AS t11 WHERE t11.n <= CAST(? AS INTEGER)) AS t1 ON t0."id" = t1.c1;
-- 7700101

-- further join: leftLateral
SELECT t0."name", t1.c0 FROM "users" AS t0 LEFT JOIN (SELECT t11.c0, t11.c1 FROM (SELECT t10.c0, t10.c1, row_number() OVER (PARTITION BY t10.c1 ORDER BY t10.c2 DESC) AS n FROM (SELECT t6."title" AS c0, t5.c0 AS c1, t6."id" AS c2 FROM (SELECT DISTINCT t8."id" AS c0 FROM "users" AS t8) AS t5 CROSS JOIN "posts" AS t6 WHERE (t6."author_id" = t5.c0)) AS t10) AS t11 WHERE t11.n <= CAST(? AS INTEGER)) AS t1 ON (1 = 1) AND t0."id" = t1.c1;
-- 7700101

-- further join: values
SELECT t0."name", t1.c1 FROM "users" AS t0 INNER JOIN (WITH t3 (c0, c1) AS (VALUES (?, ?), (?, ?)) SELECT * FROM t3) AS t1 ON (t1.c0 = t0."id");
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- subquery: exists
SELECT t0."name" FROM "users" AS t0 WHERE (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id")));

-- subquery: not exists
SELECT t0."name" FROM "users" AS t0 WHERE (NOT (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id"))));

-- subquery: exists by more
SELECT t0."name" FROM "users" AS t0 WHERE (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE ((t2."author_id" = t0."id") AND (t2."stars" > ?))));
-- 7700101

-- subquery: inQuery
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."id" IN (SELECT t2."author_id" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?)));
-- 7700101

-- subquery: not inQuery
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (t0."id" IN (SELECT t2."author_id" AS c0 FROM "posts" AS t2)));

-- subquery: scalar
SELECT t0."name", (SELECT count(*) AS c0 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id")) FROM "users" AS t0;

-- subquery: scalar in where
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (t0."age" < (SELECT avg(t2."stars") AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?)));
-- 7700101

-- subquery: scalar in order by
SELECT t0."name" FROM "users" AS t0 ORDER BY (SELECT max(t2."stars") AS c0 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id")) DESC;

-- subquery: a derived table
SELECT t0."name", t1.c1 FROM "users" AS t0 INNER JOIN (SELECT t3."author_id" AS c0, max(t3."stars") AS c1 FROM "posts" AS t3 GROUP BY t3."author_id") AS t1 ON (t1.c0 = t0."id") WHERE (t1.c1 > ?);
-- 7700101

-- subquery: filtered after a limit
SELECT t0.c2 FROM (SELECT t2."id" AS c0, t2."author_id" AS c1, t2."title" AS c2, t2."stars" AS c3, t2."views" AS c4, t2."score" AS c5, t2."day" AS c6, t2."at" AS c7 FROM "posts" AS t2 ORDER BY t2."id" DESC LIMIT CAST(? AS INTEGER)) AS t0 WHERE (t0.c3 > ?);
-- 7700101, 7700102

-- subquery: a derived table, outer-joined whole
SELECT t0."name", t1.c0, t1.c1 FROM "users" AS t0 LEFT JOIN (SELECT t3."author_id" AS c0, t3."stars" AS c1 FROM "posts" AS t3 WHERE (t3."stars" > ?)) AS t1 ON (t1.c0 = t0."id");
-- 7700101

-- cte: once
WITH w3 AS (SELECT t4."author_id" AS c0, count(*) AS c1 FROM "posts" AS t4 WHERE (t4."stars" > ?) GROUP BY t4."author_id") SELECT t0."name", t1.c1 FROM "users" AS t0 INNER JOIN w3 AS t1 ON (t1.c0 = t0."id");
-- 7700101

-- cte: twice
WITH w2 AS (SELECT t3."author_id" AS c0, count(*) AS c1 FROM "posts" AS t3 WHERE (t3."stars" > ?) GROUP BY t3."author_id") SELECT t0.c0 FROM w2 AS t0 WHERE (t0.c1 = (SELECT max(t5.c1) AS c0 FROM w2 AS t5));
-- 7700101

-- cte: recursive
WITH RECURSIVE w2 AS (SELECT t5.c0 AS c0, t5.c1 AS c1 FROM (SELECT t3."id" AS c0, t3."name" AS c1 FROM "users" AS t3 WHERE (t3."name" = ?)) AS t5 UNION SELECT t6."id" AS c0, t6."name" AS c1 FROM "users" AS t6 INNER JOIN w2 AS t7 ON (t6."boss" = t7.c0)) SELECT t0.c1 FROM w2 AS t0 WHERE (t0.c0 > ?);
-- 'v-7700101', 7700102

-- row value: compareRows
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."author_id" > ?) OR ((t0."author_id" = ?) AND (t0."id" >= ?)));
-- 7700101, 7700101, 7700102

-- row value: inRows
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."author_id", t0."title") IN (VALUES (?, ?), (?, ?)));
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- row value: inQueryRows
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (EXISTS (SELECT 1 FROM (SELECT t4."id" AS c0, t4."name" AS c1 FROM "users" AS t4) AS t2 WHERE ((t0."author_id" = t2.c0) AND (t0."title" = t2.c1))));

-- row value: a long list
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (t0."id" IN (?, ?, ?, ?, ?, ?, ?, ?));
-- 7700101, 7700102, 7700103, 7700104, 7700105, 7700106, 7700106, 7700106

-- lock: forUpdate
-- refused: sqlite cannot lock rows: a transaction that writes has the database to itself there

-- lock: skipLocked
-- refused: sqlite cannot lock rows: a transaction that writes has the database to itself there

-- set operation: union
SELECT t0."name" AS c0 FROM "users" AS t0 UNION SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?);
-- 7700101

-- set operation: unionAll
SELECT t0."name" AS c0 FROM "users" AS t0 UNION ALL SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?);
-- 7700101

-- set operation: intersect
SELECT t0."name" AS c0 FROM "users" AS t0 INTERSECT SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?);
-- 7700101

-- set operation: except
SELECT t0."name" AS c0 FROM "users" AS t0 EXCEPT SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?);
-- 7700101

-- set operation: of three
SELECT t4.c0 AS c0 FROM (SELECT t0."name" AS c0 FROM "users" AS t0 UNION SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?)) AS t4 EXCEPT SELECT t5."title" AS c0 FROM "posts" AS t5 WHERE (t5."stars" > ?);
-- 7700101, 7700102

-- set operation: on the right
SELECT t0."name" AS c0 FROM "users" AS t0 UNION SELECT t6.c0 AS c0 FROM (SELECT t2."name" AS c0 FROM "users" AS t2 EXCEPT SELECT t4."title" AS c0 FROM "posts" AS t4 WHERE (t4."stars" > ?)) AS t6;
-- 7700101

-- set operation: ordered and limited
SELECT t0."name" AS c0 FROM "users" AS t0 UNION ALL SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."stars" > ?) ORDER BY 1 DESC LIMIT CAST(? AS INTEGER);
-- 7700101, 7700102

-- set operation: each side with its own limit
SELECT t2.c0 AS c0 FROM (SELECT t0."name" AS c0 FROM "users" AS t0 ORDER BY t0."id" LIMIT CAST(? AS INTEGER)) AS t2 UNION ALL SELECT t5.c0 AS c0 FROM (SELECT t3."title" AS c0 FROM "posts" AS t3 WHERE (t3."stars" > ?) ORDER BY t3."id" LIMIT CAST(? AS INTEGER)) AS t5;
-- 7700101, 7700102, 7700103

-- set operation: with a constant
SELECT t0."name" AS c0, ? AS c1 FROM "users" AS t0 UNION ALL SELECT t2."title" AS c0, ? AS c1 FROM "posts" AS t2;
-- 'v-7700101', 'v-7700102'

-- set operation: as a derived table
SELECT t0.c0 FROM (SELECT t2."name" AS c0 FROM "users" AS t2 UNION SELECT t4."title" AS c0 FROM "posts" AS t4 WHERE (t4."stars" > ?)) AS t0 WHERE (t0.c0 > ?);
-- 7700101, 'v-7700102'

-- set operation that keeps doubles: exceptAll
SELECT t0.c0 AS c0 FROM (SELECT t3.c0, row_number() OVER (PARTITION BY t3.c0) AS n FROM (SELECT t1."id" AS c0 FROM "users" AS t1) AS t3 EXCEPT SELECT t6.c0, row_number() OVER (PARTITION BY t6.c0) AS n FROM (SELECT t4."author_id" AS c0 FROM "posts" AS t4) AS t6) AS t0;

-- set operation that keeps doubles: intersectAll
SELECT t0.c0 AS c0 FROM (SELECT t3.c0, row_number() OVER (PARTITION BY t3.c0) AS n FROM (SELECT t1."id" AS c0 FROM "users" AS t1) AS t3 INTERSECT SELECT t6.c0, row_number() OVER (PARTITION BY t6.c0) AS n FROM (SELECT t4."author_id" AS c0 FROM "posts" AS t4) AS t6) AS t0;

-- relation: any
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE ((t2."author_id" = t0."id") AND (t2."title" = ?))));
-- 'v-7700101'

-- relation: any through a link
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (EXISTS (SELECT 1 FROM "words" AS t2 INNER JOIN "post_words" AS t3 ON (t3."wordId" = t2."id") WHERE ((t3."postId" = t0."id") AND (t2."word" = ?))));
-- 'v-7700101'

-- relation: has
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE (EXISTS (SELECT 1 FROM "users" AS t2 WHERE ((t2."id" = t0."author_id") AND (t2."name" = ?))));
-- 'v-7700101'

-- relation: none
SELECT t0."id", t0."name", t0."fullname", t0."age", t0."active", t0."boss" FROM "users" AS t0 WHERE (NOT (EXISTS (SELECT 1 FROM "posts" AS t2 WHERE (t2."author_id" = t0."id"))));

-- relation: given a row
SELECT t0."id", t0."author_id", t0."title", t0."stars", t0."views", t0."score", t0."day", t0."at" FROM "posts" AS t0 WHERE ((t0."author_id" = ?) AND (t0."stars" > ?));
-- 7700101, 7700102

-- include: many
SELECT t0."id" FROM "users" AS t0;
SELECT t0."title", k.key FROM json_each(?) AS k CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.value);
-- '[7700901,7700902]'

-- include: many, ordered and limited
SELECT t0."id" FROM "users" AS t0;
SELECT t3.c0 AS c0, t3.c1 AS c1 FROM (SELECT t2.*, row_number() OVER (PARTITION BY t2.p ORDER BY t2.k0 DESC) AS r FROM (SELECT t0."title" AS c0, k.key AS c1, t0."id" AS k0, k.key AS p FROM json_each(?) AS k CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.value)) AS t2) AS t3 WHERE t3.r <= CAST(? AS INTEGER) ORDER BY t3.k0 DESC;
-- '[7700901,7700902]', 7700101

-- include: many through a link
SELECT t0."id" FROM "posts" AS t0;
SELECT t0."word", k.key FROM json_each(?) AS k CROSS JOIN "words" AS t0 INNER JOIN "post_words" AS t1 ON (t1."wordId" = t0."id") WHERE (t1."postId" = k.value) ORDER BY t0."word";
-- '[7700901,7700902]'

-- include: many, filtered
SELECT t0."id" FROM "users" AS t0;
SELECT t0."title", k.key FROM json_each(?) AS k CROSS JOIN "posts" AS t0 WHERE ((t0."author_id" = k.value) AND (t0."stars" > ?));
-- '[7700901,7700902]', 7700101

-- include: an aggregate of each
SELECT t0."id" FROM "users" AS t0;
SELECT (SELECT count(*) AS c0 FROM "posts" AS t1 WHERE (t1."author_id" = k.value)), k.key FROM json_each(?) AS k;
-- '[7700901,7700902]'

-- include: groups of each
SELECT t0."id" FROM "users" AS t0;
SELECT t0."day", count(*), k.key FROM json_each(?) AS k CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.value) GROUP BY t0."day", k.value, k.key;
-- '[7700901,7700902]'

-- include: optional
SELECT t0."id" FROM "users" AS t0;
SELECT t0."title", k.key FROM json_each(?) AS k CROSS JOIN "posts" AS t0 WHERE (t0."author_id" = k.value);
-- '[7700901,7700902]'

-- insert: one row
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?) RETURNING "users"."id";
-- 'v-7700101', 'v-7700102', 7700103, 1, null

-- insert: a row that leaves out what may be null
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?) RETURNING "users"."id";
-- 'v-7700101', null, null, 1, null

-- insert: several rows
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?) RETURNING "users"."id";
-- 'v-7700101', null, null, 1, null
-- 'v-7700102', null, null, 1, null
-- 'v-7700103', null, null, 1, null

-- insert: a key that is given
INSERT INTO "words" ("id", "word") VALUES (?, ?);
-- 7700101, 'v-7700102'

-- insert: every type
INSERT INTO "posts" ("author_id", "title", "stars", "views", "score", "day", "at") VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING "posts"."id";
-- 7700101, 'v-7700102', 7700103, 7700104, 7700105.5, '7705-01-01', '7706-01-01T00:00:00.000000Z'

-- insert: null
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?) RETURNING "users"."id";
-- 'v-7700101', null, null, 1, null

-- insert: returning
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?) RETURNING "users"."id", "users"."name", "users"."fullname", "users"."age", "users"."active", "users"."boss", "users"."id";
-- 'v-7700101', null, null, 1, null

-- insert: returning an expression
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?) RETURNING "users"."id", ("users"."name" || ?), "users"."id";
-- 'v-7700101', null, null, 1, null, 'v-7700102'

-- insert a list: rows that give their keys
INSERT INTO "words" ("id", "word") VALUES (?, ?);
-- 7700101, 'v-7700102'
-- 7700103, 'v-7700104'

-- insert a list: rows that give their keys, and what is given back
INSERT INTO "words" ("id", "word") VALUES (?, ?) RETURNING "words"."word", ("words"."id" + ?);
-- 7700101, 'v-7700102', 7700105
-- 7700103, 'v-7700104', 7700105

-- insert a list: rows whose keys are made
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?) RETURNING "users"."id";
-- 'v-7700101', null, null, 1, null
-- 'v-7700102', null, 7700103, 0, null

-- insert a list: rows with expressions
INSERT INTO "users" ("name", "fullname", "age", "active", "boss") VALUES (lower(?), ?, ?, ?, ?), (?, ?, (? + ?), ?, ?) RETURNING "users"."id";
-- 'v-7700101', null, null, 1, null, 'v-7700102', null, 7700103, 7700104, 1, null

-- insert from: the table itself
INSERT INTO "words" ("id", "word") SELECT (t0."id" + ?) AS c0, t0."word" AS c1 FROM "words" AS t0 WHERE (t0."id" > ?);
-- 7700102, 7700101

-- insert from: a query that leaves out what may be null
INSERT INTO "users" ("name", "active", "fullname", "age", "boss") SELECT q.c0, q.c1, ?, ?, ? FROM (SELECT t0."word" AS c0, ? AS c1 FROM "words" AS t0 WHERE (t0."word" = ?)) AS q;
-- null, null, null, 1, 'v-7700101'

-- insert from: groups
INSERT INTO "words" ("id", "word") SELECT count(*) AS c0, t0."name" AS c1 FROM "users" AS t0 GROUP BY t0."name" ORDER BY t0."name" DESC LIMIT CAST(? AS INTEGER);
-- 7700101

-- insert from: a set operation
INSERT INTO "words" ("id", "word") SELECT t0."id" AS c0, t0."word" AS c1 FROM "words" AS t0 WHERE (t0."id" > ?) UNION ALL SELECT t2."id" AS c0, t2."word" AS c1 FROM "words" AS t2;
-- 7700101

-- insert from: named rows
INSERT INTO "words" ("id", "word") WITH w2 AS (SELECT t3."id" AS c0, t3."word" AS c1 FROM "words" AS t3 WHERE (t3."id" > ?)) SELECT (t0.c0 + ?) AS c0, t0.c1 AS c1 FROM w2 AS t0;
-- 7700101, 7700102

-- insert from: a subquery of the table itself
INSERT INTO "words" ("id", "word") SELECT ((SELECT max(t2."id") AS c0 FROM "words" AS t2) + ?) AS c0, t0."word" AS c1 FROM "words" AS t0;
-- 1

-- insert from: what is given back
INSERT INTO "words" ("id", "word") SELECT (t0."id" + ?) AS c0, t0."word" AS c1 FROM "words" AS t0 RETURNING "words"."id", lower("words"."word");
-- 7700101

-- upsert: rows that are there are left
INSERT INTO "words" ("id", "word") VALUES (?, ?), (?, ?) ON CONFLICT ("id") DO NOTHING;
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- upsert: rows that meet any key are left
INSERT INTO "words" ("id", "word") VALUES (?, ?) ON CONFLICT DO NOTHING;
-- 7700101, 'v-7700102'

-- upsert: rows that are there are changed
INSERT INTO "words" ("id", "word") VALUES (?, ?), (?, ?) ON CONFLICT ("id") DO UPDATE SET "word" = ("words"."word" || ? || "excluded"."word");
-- 7700101, 'v-7700102', 7700103, 'v-7700104', 'v-7700105'

-- upsert: rows that are there are changed where
INSERT INTO "words" ("id", "word") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE SET "word" = ? WHERE ("words"."word" < "excluded"."word");
-- 7700101, 'v-7700102', 'v-7700103'

-- upsert: returning
INSERT INTO "users" ("id", "name", "fullname", "age", "active", "boss") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "age" = ("users"."age" + ?) RETURNING "users"."id", "users"."name";
-- 7700101, 'v-7700102', null, null, 1, null, 7700103

-- upsert: the rows of a query
INSERT INTO "words" ("id", "word") SELECT * FROM (SELECT (t0."id" + ?) AS c0, t0."word" AS c1 FROM "words" AS t0) AS r WHERE TRUE ON CONFLICT ("id") DO NOTHING;
-- 7700101

-- update: of all rows
UPDATE "users" SET "age" = ?;
-- 7700101

-- update: where
UPDATE "users" SET "name" = ? WHERE ("users"."id" = ?);
-- 'v-7700101', 7700102

-- update: by the old value
UPDATE "users" SET "age" = ("users"."age" + ?);
-- 7700101

-- update: of several columns
UPDATE "users" SET "fullname" = "users"."name", "name" = ("users"."name" || ?) WHERE ("users"."id" = ?);
-- 'v-7700101', 7700102

-- update: to null
UPDATE "users" SET "fullname" = ? WHERE ("users"."name" = ?);
-- null, 'v-7700101'

-- update: by a choice
UPDATE "users" SET "age" = (CASE WHEN ("users"."age" IS NULL) THEN ? ELSE "users"."age" END);
-- 7700101

-- update: by a subquery
UPDATE "users" SET "age" = (SELECT count(*) AS c0 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id"));

-- update: where exists
UPDATE "users" SET "active" = ? WHERE ((EXISTS (SELECT 1 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id"))) AND ("users"."age" > ?));
-- 0, 7700101

-- delete: all rows
DELETE FROM "words";

-- delete: where
DELETE FROM "users" WHERE (("users"."name" = ?) AND ("users"."age" > ?));
-- 'v-7700101', 7700102

-- delete: of a list
DELETE FROM "users" WHERE ("users"."id" IN (?, ?));
-- 7700101, 7700102

-- delete: where not exists
DELETE FROM "users" WHERE (NOT (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id"))));

-- delete: returning
DELETE FROM "users" WHERE ("users"."id" = ?) RETURNING "users"."id", "users"."name", "users"."fullname", "users"."age", "users"."active", "users"."boss";
-- 7700101

-- update using: a table, found by its key
UPDATE "posts" SET "title" = (t0."name" || ?) FROM "users" AS t0 WHERE (t0."id" = "posts"."author_id");
-- 'v-7700101'

-- update using: a table of which several rows may match
UPDATE "users" SET "fullname" = (SELECT CASE WHEN count(*) > 1 THEN json_extract('{}', 'a scalar subquery gave two rows') ELSE max(t4.c0) END FROM (SELECT t2."title" AS c0 FROM "posts" AS t2 WHERE (t2."author_id" = "users"."id")) AS t4) WHERE (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE (t0."author_id" = "users"."id")));

-- update using: a table that no new value mentions
UPDATE "users" SET "age" = ? WHERE (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE ((t0."author_id" = "users"."id") AND (t0."stars" > ?))));
-- 7700101, 7700102

-- update using: two tables
UPDATE "posts" SET "title" = t1."word", "stars" = ("posts"."stars" + t0."age") FROM "users" AS t0, "words" AS t1 WHERE (t0."id" = "posts"."author_id") AND (t1."word" = t0."name") AND (t1."id" > ?);
-- 7700101

-- update using: the table itself
UPDATE "users" SET "fullname" = t0."name" FROM "users" AS t0 WHERE (t0."id" = "users"."boss");

-- update using: the table itself, which no new value mentions
UPDATE "users" SET "active" = ?, "age" = ? WHERE (EXISTS (SELECT 1 FROM "users" AS t0 WHERE (t0."boss" = "users"."id")));
-- 1, 7700101

-- update using: a query with a name
UPDATE "users" SET "age" = t0.c2 FROM (SELECT t1."author_id" AS c0, sum(t1."stars") AS c1, count(*) AS c2 FROM "posts" AS t1 GROUP BY t1."author_id") AS t0 WHERE (t0.c0 = "users"."id");

-- update using: rows in front
WITH w2 AS (SELECT t3."author_id" AS c0, sum(t3."stars") AS c1, count(*) AS c2 FROM "posts" AS t3 GROUP BY t3."author_id") UPDATE "users" SET "active" = ? WHERE (EXISTS (SELECT 1 FROM w2 AS t0 WHERE ((t0.c0 = "users"."id") AND (t0.c2 > ?))));
-- 0, 7700101

-- delete using: a table
DELETE FROM "users" WHERE (EXISTS (SELECT 1 FROM "posts" AS t0 WHERE ((t0."author_id" = "users"."id") AND (t0."stars" > ?))));
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
UPDATE "words" SET "id" = ("words"."id" + ?) WHERE ("words"."id" > ?) RETURNING "words"."id", "words"."word";
-- 7700101, 7700102

-- delete returning: by their keys
DELETE FROM "words" WHERE ("words"."id" > ?) RETURNING "words"."word";
-- 7700101

-- tables: createAll
CREATE TABLE IF NOT EXISTS "users" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL, "fullname" TEXT, "age" INTEGER, "active" INTEGER NOT NULL, "boss" INTEGER, CONSTRAINT "uq_users_name" UNIQUE ("name"), CONSTRAINT "fk_users_boss" FOREIGN KEY ("boss") REFERENCES "users" ("id")) STRICT;
CREATE TABLE IF NOT EXISTS "posts" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "author_id" INTEGER NOT NULL, "title" TEXT NOT NULL, "stars" INTEGER, "views" INTEGER NOT NULL, "score" REAL, "day" TEXT NOT NULL, "at" TEXT NOT NULL, CONSTRAINT "fk_posts_author_id" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE) STRICT;
CREATE TABLE IF NOT EXISTS "words" ("id" INTEGER NOT NULL, "word" TEXT NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "uq_words_word" UNIQUE ("word")) STRICT;
CREATE TABLE IF NOT EXISTS "post_words" ("postId" INTEGER NOT NULL, "wordId" INTEGER NOT NULL, PRIMARY KEY ("postId", "wordId"), CONSTRAINT "fk_post_words_postId" FOREIGN KEY ("postId") REFERENCES "posts" ("id"), CONSTRAINT "fk_post_words_wordId" FOREIGN KEY ("wordId") REFERENCES "words" ("id")) STRICT;

-- tables: dropAll
PRAGMA defer_foreign_keys = ON;
DROP TABLE IF EXISTS "post_words";
DROP TABLE IF EXISTS "words";
DROP TABLE IF EXISTS "posts";
DROP TABLE IF EXISTS "users";

-- tables: createTable
CREATE TABLE "seats" ("row" INTEGER NOT NULL, "hall" TEXT NOT NULL, "free" INTEGER NOT NULL, PRIMARY KEY ("hall", "row"), CONSTRAINT "one_free" UNIQUE ("free", "hall")) STRICT;

-- tables: if it is not there
CREATE TABLE IF NOT EXISTS "seats" ("row" INTEGER NOT NULL, "hall" TEXT NOT NULL, "free" INTEGER NOT NULL, PRIMARY KEY ("hall", "row"), CONSTRAINT "one_free" UNIQUE ("free", "hall")) STRICT;

-- tables: temporary
CREATE TEMPORARY TABLE "scores" ("id" INTEGER NOT NULL, "points" INTEGER, "name" TEXT NOT NULL, PRIMARY KEY ("id")) STRICT;

-- tables: in a schema
CREATE TABLE "stage"."seats" ("id" INTEGER NOT NULL, PRIMARY KEY ("id")) STRICT;

-- tables: a foreign key of two columns
CREATE TABLE "tickets" ("id" INTEGER NOT NULL, "hall" TEXT NOT NULL, "row" INTEGER NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "fk_tickets_row_hall" FOREIGN KEY ("row", "hall") REFERENCES "seats" ("row", "hall") ON DELETE CASCADE ON UPDATE RESTRICT) STRICT;

-- tables: a deferred foreign key
CREATE TABLE "deferred" ("id" INTEGER NOT NULL, "user" INTEGER NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "later" FOREIGN KEY ("user") REFERENCES "users" ("id") DEFERRABLE INITIALLY DEFERRED) STRICT;

-- tables: a foreign key that sets the default
CREATE TABLE "replaced" ("id" INTEGER NOT NULL, "user" INTEGER NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "fk_replaced_user" FOREIGN KEY ("user") REFERENCES "users" ("id") ON DELETE SET DEFAULT) STRICT;

-- tables: deferrable uniqueness
-- refused: sqlite cannot defer the uniqueness of "waiting"(place): leave `deferrable` out

-- tables: defaults
CREATE TABLE "defaults" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL DEFAULT (-3), "price" INTEGER NOT NULL DEFAULT 1250, "word" TEXT NOT NULL DEFAULT 'it''s \ a word', "long" TEXT NOT NULL DEFAULT 'long', "raw" BLOB NOT NULL DEFAULT X'00ff', "none" INTEGER DEFAULT NULL, "made" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')), PRIMARY KEY ("id"), CONSTRAINT "ck_defaults_price" CHECK ("price" BETWEEN -99999999 AND 99999999), CONSTRAINT "ck_defaults_raw" CHECK (length("raw") <= 4)) STRICT;

-- tables: checks
CREATE TABLE "checks" ("id" INTEGER NOT NULL, "points" INTEGER NOT NULL, "name" TEXT NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "few" CHECK ((("points" > 1) AND ("points" < 5))), CONSTRAINT "ck_checks_2" CHECK (("name" LIKE 'O''%' ESCAPE '!'))) STRICT;

-- tables: computed columns
CREATE TABLE "boxes" ("side" INTEGER NOT NULL, "area" INTEGER GENERATED ALWAYS AS (("side" * "side")) STORED NOT NULL, "name" TEXT GENERATED ALWAYS AS (('box' || 'es')) STORED NOT NULL) STRICT;

-- tables: a column computed when it is read
CREATE TABLE "sides" ("side" INTEGER NOT NULL, "area" INTEGER GENERATED ALWAYS AS (("side" * 2)) VIRTUAL NOT NULL) STRICT;

-- tables: identity from a start
CREATE TABLE "counted" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "n" INTEGER NOT NULL) STRICT;
INSERT INTO "sqlite_sequence" (name, seq) SELECT 'counted', 41 WHERE NOT EXISTS (SELECT 1 FROM "sqlite_sequence" WHERE name = 'counted');

-- tables: identity, always, downwards
-- refused: sqlite cannot refuse values of an insert for an identity column ("down"."id"): leave `always` out, and name the column in no insert

-- tables: comments and a collation
CREATE TABLE IF NOT EXISTS "noted" ("id" INTEGER NOT NULL, "name" TEXT COLLATE "C" NOT NULL, PRIMARY KEY ("id")) STRICT;

-- tables: dropTable
DROP TABLE "seats";

-- tables: dropTable, if it is there
DROP TABLE IF EXISTS "seats";

-- tables: createTableAs
CREATE TABLE "named" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, PRIMARY KEY ("id")) STRICT;
INSERT INTO "named" ("id", "name") WITH q ("id", "name") AS (SELECT t0."id" AS c0, t0."name" AS c1 FROM "users" AS t0 WHERE (t0."name" = 'O''Hara')) SELECT "id", "name" FROM q;

-- tables: createTableAs, if it is not there
SELECT 1 FROM pragma_table_list WHERE name = ? COLLATE NOCASE AND schema = ? COLLATE NOCASE;
-- 'ids', 'temp'
CREATE TEMPORARY TABLE "ids" ("id" INTEGER NOT NULL, PRIMARY KEY ("id")) STRICT;
INSERT INTO "ids" ("id") WITH q ("id") AS (SELECT t0."id" AS c0 FROM "users" AS t0) SELECT "id" FROM q;

-- indexes: plain
CREATE INDEX "ix_scores_points" ON "scores" ("points");

-- indexes: unique, descending
CREATE UNIQUE INDEX "ix_scores_points_id" ON "scores" ("points" DESC, "id");

-- indexes: if it is not there
CREATE INDEX IF NOT EXISTS "by_name" ON "scores" ("name");

-- indexes: of an expression
CREATE INDEX "by_lower" ON "scores" ((lower("name")), "id");

-- indexes: of some rows
CREATE UNIQUE INDEX "with_points" ON "scores" ("name") WHERE ("points" IS NOT NULL);

-- indexes: including
-- refused: sqlite cannot hold further columns beside those that it is ordered by (an index of "scores"): put them at the end of the columns

-- indexes: by a convention
CREATE INDEX "scores__name" ON "scores" ("name");

-- indexes: dropIndex
DROP INDEX "by_name";

-- indexes: dropIndex, if it is there
DROP INDEX IF EXISTS "by_name";

-- view: with a literal
CREATE VIEW "active" ("id", "who") AS SELECT t0."id" AS c0, (t0."name" || ' it''s \ ') AS c1 FROM "users" AS t0 WHERE (t0."active" = 1);

-- view: of a view, in a schema
CREATE VIEW "numbers"."counted" ("id", "n") AS SELECT t0."id" AS c0, count(*) AS c1 FROM "active" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") GROUP BY t0."id";

-- view: replaced
DROP VIEW IF EXISTS "active";
CREATE VIEW "active" ("id", "who") AS SELECT t0."id" AS c0, (t0."name" || ' it''s \ ') AS c1 FROM "users" AS t0 WHERE (t0."active" = 1);

-- view: dropped
DROP VIEW "active";

-- view: dropped where it is
DROP VIEW IF EXISTS "numbers"."counted";

-- view: materialized
-- refused: sqlite cannot keep the rows of a view ("kept"): use a view that is not materialized, or createTableAs

-- view: materialized, replaced
-- refused: sqlite cannot keep the rows of a view ("kept"): use a view that is not materialized, or createTableAs

-- view: refreshed
-- refused: sqlite cannot keep the rows of a view ("kept"): use a view that is not materialized, or createTableAs

-- view: read
SELECT t0."n" FROM "numbers"."counted" AS t0 WHERE (t0."n" > ?) ORDER BY t0."id";
-- 0

-- view: createAll of a schema with views
SELECT 1 FROM pragma_table_list WHERE name = ? COLLATE NOCASE AND schema = coalesce(?, 'main') COLLATE NOCASE;
-- 'active', null
CREATE VIEW "active" ("id", "who") AS SELECT t0."id" AS c0, (t0."name" || ' it''s \ ') AS c1 FROM "users" AS t0 WHERE (t0."active" = 1);
SELECT 1 FROM pragma_table_list WHERE name = ? COLLATE NOCASE AND schema = coalesce(?, 'main') COLLATE NOCASE;
-- 'counted', 'numbers'
CREATE VIEW "numbers"."counted" ("id", "n") AS SELECT t0."id" AS c0, count(*) AS c1 FROM "active" AS t0 INNER JOIN "posts" AS t1 ON (t1."author_id" = t0."id") GROUP BY t0."id";

-- view: dropAll of a schema with views
DROP VIEW IF EXISTS "numbers"."counted";
DROP VIEW IF EXISTS "active";

-- sequence: created
-- refused: sqlite cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: created with all there is to say
-- refused: sqlite cannot have a sequence ("numbers"): use autoIncrement, or a table that counts

-- sequence: dropped
-- refused: sqlite cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: dropped where it is
-- refused: sqlite cannot have a sequence ("numbers"): use autoIncrement, or a table that counts

-- sequence: its next value
-- refused: sqlite cannot count in a sequence ("numbers"): use autoIncrement, or a table that counts

-- sequence: its next value in a row
-- refused: sqlite cannot count in a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: createAll with a key that it counts
-- refused: sqlite cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: dropAll with a key that it counts
-- refused: sqlite cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- schema: created
-- refused: sqlite cannot make a schema ("other"): attach a file with ATTACH DATABASE: tableIn(its name) has the tables in it

-- schema: created where it is absent
-- refused: sqlite cannot make a schema ("other "one""): attach a file with ATTACH DATABASE: tableIn(its name) has the tables in it

-- schema: dropped
-- refused: sqlite cannot drop a schema ("other"): attach a file with ATTACH DATABASE: tableIn(its name) has the tables in it

-- schema: dropped with all that is in it
-- refused: sqlite cannot drop a schema ("other"): attach a file with ATTACH DATABASE: tableIn(its name) has the tables in it

-- alterTable: a column more
ALTER TABLE "words" ADD COLUMN "a note" TEXT;

-- alterTable: a column more with a default
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;

-- alterTable: other names
ALTER TABLE "words" RENAME COLUMN "word" TO "the word";
ALTER TABLE "words" RENAME TO "texts";

-- alterTable: a comment

-- alterTable: a comment less

-- alterTable, on SQLite by a table made anew: a unique column more that refers
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;
PRAGMA foreign_keys;
SELECT 1 FROM "sqlite_master" AS m, pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1;
-- 'main', 'words'
PRAGMA foreign_key_check;
DROP VIEW IF EXISTS "some";
CREATE TABLE "relvar_new_words" ("id" INTEGER NOT NULL, "word" TEXT NOT NULL, "ownerId" INTEGER, PRIMARY KEY ("id"), CONSTRAINT "uq_words_word" UNIQUE ("word"), CONSTRAINT "uq_words_ownerId" UNIQUE ("ownerId"), CONSTRAINT "fk_words_ownerId" FOREIGN KEY ("ownerId") REFERENCES "users" ("id")) STRICT;
INSERT INTO "relvar_new_words" ("id", "word") SELECT "id", "word" FROM "words";
DROP TABLE "words";
ALTER TABLE "relvar_new_words" RENAME TO "words";
CREATE INDEX by_word ON words (word DESC);
CREATE VIEW some AS SELECT word FROM words;
PRAGMA foreign_key_check;

-- alterTable, on SQLite by a table made anew: a column less
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;
PRAGMA foreign_keys;
SELECT 1 FROM "sqlite_master" AS m, pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1;
-- 'main', 'words'
PRAGMA foreign_key_check;
DROP VIEW IF EXISTS "some";
CREATE TABLE "relvar_new_words" ("id" INTEGER NOT NULL, PRIMARY KEY ("id")) STRICT;
INSERT INTO "relvar_new_words" ("id") SELECT "id" FROM "words";
DROP TABLE "words";
ALTER TABLE "relvar_new_words" RENAME TO "words";
CREATE VIEW some AS SELECT word FROM words;
SELECT 0 FROM "some" LIMIT 0;
PRAGMA foreign_key_check;

-- alterTable, on SQLite by a table made anew: a column altered
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;
PRAGMA foreign_keys;
SELECT 1 FROM "sqlite_master" AS m, pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1;
-- 'main', 'words'
SELECT 1 FROM "words" WHERE length("word") > 40 LIMIT 1;
PRAGMA foreign_key_check;
DROP VIEW IF EXISTS "some";
CREATE TABLE "relvar_new_words" ("id" INTEGER NOT NULL, "word" TEXT, PRIMARY KEY ("id"), CONSTRAINT "uq_words_word" UNIQUE ("word")) STRICT;
INSERT INTO "relvar_new_words" ("id", "word") SELECT "id", "word" FROM "words";
DROP TABLE "words";
ALTER TABLE "relvar_new_words" RENAME TO "words";
CREATE INDEX by_word ON words (word DESC);
CREATE VIEW some AS SELECT word FROM words;
PRAGMA foreign_key_check;

-- alterTable, on SQLite by a table made anew: a check more
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;
PRAGMA foreign_keys;
SELECT 1 FROM "sqlite_master" AS m, pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1;
-- 'main', 'words'
PRAGMA foreign_key_check;
DROP VIEW IF EXISTS "some";
CREATE TABLE "relvar_new_words" ("id" INTEGER NOT NULL, "word" TEXT NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "uq_words_word" UNIQUE ("word"), CONSTRAINT "positive" CHECK (("id" > 0))) STRICT;
INSERT INTO "relvar_new_words" ("id", "word") SELECT "id", "word" FROM "words";
DROP TABLE "words";
ALTER TABLE "relvar_new_words" RENAME TO "words";
CREATE INDEX by_word ON words (word DESC);
CREATE VIEW some AS SELECT word FROM words;
PRAGMA foreign_key_check;

-- alterTable, on SQLite by a table made anew: uniqueness and a foreign key more
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;
PRAGMA foreign_keys;
SELECT 1 FROM "sqlite_master" AS m, pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1;
-- 'main', 'words'
PRAGMA foreign_key_check;
DROP VIEW IF EXISTS "some";
CREATE TABLE "relvar_new_words" ("id" INTEGER NOT NULL, "word" TEXT NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "uq_words_word" UNIQUE ("word"), CONSTRAINT "uq_words_id_word" UNIQUE ("id", "word"), CONSTRAINT "fk_words_id" FOREIGN KEY ("id") REFERENCES "users" ("id") ON DELETE CASCADE) STRICT;
INSERT INTO "relvar_new_words" ("id", "word") SELECT "id", "word" FROM "words";
DROP TABLE "words";
ALTER TABLE "relvar_new_words" RENAME TO "words";
CREATE INDEX by_word ON words (word DESC);
CREATE VIEW some AS SELECT word FROM words;
PRAGMA foreign_key_check;

-- alterTable, on SQLite by a table made anew: a constraint less
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;
PRAGMA foreign_keys;
SELECT 1 FROM "sqlite_master" AS m, pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1;
-- 'main', 'words'
PRAGMA foreign_key_check;
DROP VIEW IF EXISTS "some";
CREATE TABLE "relvar_new_words" ("id" INTEGER NOT NULL, "word" TEXT NOT NULL, PRIMARY KEY ("id")) STRICT;
INSERT INTO "relvar_new_words" ("id", "word") SELECT "id", "word" FROM "words";
DROP TABLE "words";
ALTER TABLE "relvar_new_words" RENAME TO "words";
CREATE INDEX by_word ON words (word DESC);
CREATE VIEW some AS SELECT word FROM words;
PRAGMA foreign_key_check;

-- alterTable, on SQLite by a table made anew: the primary key less
SELECT type, name, tbl_name, sql FROM "sqlite_master" ORDER BY rowid;
PRAGMA foreign_keys;
SELECT 1 FROM "sqlite_master" AS m, pragma_foreign_key_list(m.name, ?) AS f WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1;
-- 'main', 'words'
PRAGMA foreign_key_check;
DROP VIEW IF EXISTS "some";
CREATE TABLE "relvar_new_words" ("id" INTEGER NOT NULL, "word" TEXT NOT NULL, CONSTRAINT "uq_words_word" UNIQUE ("word")) STRICT;
INSERT INTO "relvar_new_words" ("id", "word") SELECT "id", "word" FROM "words";
DROP TABLE "words";
ALTER TABLE "relvar_new_words" RENAME TO "words";
CREATE INDEX by_word ON words (word DESC);
CREATE VIEW some AS SELECT word FROM words;
PRAGMA foreign_key_check;

-- types: createAll
CREATE TABLE IF NOT EXISTS "bills" ("id" INTEGER NOT NULL, "day" TEXT NOT NULL, "price" INTEGER NOT NULL, "rate" INTEGER, "weight" REAL, "about" TEXT NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ck_bills_price" CHECK ("price" BETWEEN -9999999999 AND 9999999999), CONSTRAINT "ck_bills_rate" CHECK ("rate" BETWEEN -9999 AND 9999)) STRICT;
CREATE TABLE IF NOT EXISTS "typed" ("id" TEXT NOT NULL, "kind" TEXT NOT NULL, "code" TEXT NOT NULL, "price" INTEGER NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ck_typed_kind" CHECK ("kind" IN ('one', 'two')), CONSTRAINT "ck_typed_price" CHECK ("price" BETWEEN -999999999999 AND 999999999999)) STRICT;
