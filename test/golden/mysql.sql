-- select: a table
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0;

-- select: one expression
SELECT t0.`name` FROM `users` AS t0;

-- select: a record
SELECT t0.`id`, t0.`name` FROM `users` AS t0;

-- select: a nested record
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at`, t1.`name` FROM `posts` AS t0 INNER JOIN `users` AS t1 ON (t1.`id` = t0.`author_id`);

-- select: a column with another name
SELECT t0.`boss` FROM `users` AS t0;

-- select: distinct
SELECT DISTINCT t0.`age` FROM `users` AS t0;

-- comparison: eq
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`name` = ?);
-- 'v-7700101'

-- comparison: ne
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`age` <> CAST(? AS SIGNED));
-- 7700101

-- comparison: lt
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`age` < CAST(? AS SIGNED));
-- 7700101

-- comparison: lte
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`name` <= ?);
-- 'v-7700101'

-- comparison: gt
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (t0.`views` > CAST(? AS SIGNED));
-- 7700101

-- comparison: gte
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (t0.`score` >= CAST(? AS DOUBLE));
-- 7700101.5

-- comparison: of a date
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (t0.`day` >= CAST(? AS DATE));
-- '7700-01-01'

-- comparison: of an instant
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (t0.`at` < CAST(? AS DATETIME(6)));
-- '7700-01-01 00:00:00.000000'

-- comparison: of two columns
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (t0.`stars` = t0.`id`);

-- comparison: of an integer and a fraction
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`age` > CAST(? AS DOUBLE));
-- 7700101.5

-- comparison: between
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`age` BETWEEN CAST(? AS SIGNED) AND CAST(? AS SIGNED));
-- 7700101, 7700102

-- comparison: isDistinctFrom
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT (t0.`age` <=> CAST(? AS SIGNED)));
-- 7700101

-- comparison: isNotDistinctFrom
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`fullname` <=> ?);
-- 'v-7700101'

-- comparison: in select
SELECT t0.`id`, (t0.`age` >= CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- logic: and
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((t0.`name` = ?) AND (t0.`age` > CAST(? AS SIGNED)));
-- 'v-7700101', 7700102

-- logic: or
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((t0.`name` = ?) OR (t0.`name` = ?));
-- 'v-7700101', 'v-7700102'

-- logic: or within and
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`active` AND ((t0.`name` = ?) OR (t0.`fullname` IS NULL)));
-- 'v-7700101'

-- logic: not
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT (t0.`name` = ?));
-- 'v-7700101'

-- logic: a boolean column
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE t0.`active`;

-- logic: not of a boolean column
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT t0.`active`);

-- logic: isNull
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`fullname` IS NULL);

-- logic: isNotNull
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`fullname` IS NOT NULL);

-- logic: where said twice
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((t0.`name` = ?) AND (t0.`age` > CAST(? AS SIGNED)));
-- 'v-7700101', 7700102

-- lists: inList
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`name` IN (?, ?, ?, ?));
-- 'v-7700101', 'v-7700102', 'v-7700103', 'v-7700103'

-- lists: inList of nothing
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (1 = 0);

-- lists: notInList
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT (t0.`age` IN (CAST(? AS SIGNED), CAST(? AS SIGNED))));
-- 7700101, 7700102

-- lists: notInList of nothing
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT (1 = 0));

-- lists: inList of bigints
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (t0.`views` IN (CAST(? AS SIGNED), CAST(? AS SIGNED)));
-- 7700101, 7700102

-- choice: caseWhen
SELECT (CASE WHEN (t0.`age` > CAST(? AS SIGNED)) THEN ? ELSE ? END) FROM `users` AS t0;
-- 7700101, 'v-7700102', 'v-7700103'

-- choice: caseWhen of several
SELECT (CASE WHEN (t0.`age` > CAST(? AS SIGNED)) THEN ? WHEN (t0.`age` > CAST(? AS SIGNED)) THEN ? ELSE ? END) FROM `users` AS t0;
-- 7700101, 'v-7700102', 7700103, 'v-7700104', 'v-7700105'

-- choice: caseWhen without otherwise
SELECT (CASE WHEN (t0.`age` > CAST(? AS SIGNED)) THEN ? END) FROM `users` AS t0;
-- 7700101, 'v-7700102'

-- choice: coalesce
SELECT coalesce(t0.`fullname`, ?) FROM `users` AS t0;
-- 'v-7700101'

-- choice: coalesce of columns
SELECT coalesce(t0.`fullname`, t0.`name`) FROM `users` AS t0;

-- choice: literal
SELECT t0.`id`, ? FROM `users` AS t0;
-- 'v-7700101'

-- text: like
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`name` LIKE ? ESCAPE '!');
-- 'v-7700101%'

-- text: not like
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT (t0.`name` LIKE ? ESCAPE '!'));
-- '%v-7700101%'

-- text: ilike
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (lower(t0.`name`) LIKE lower(?) ESCAPE '!');
-- '%v-7700101'

-- text: startsWith
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`name` LIKE ? ESCAPE '!');
-- 'v-7700101%'

-- text: endsWith
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`name` LIKE ? ESCAPE '!');
-- '%v-7700101'

-- text: containsText
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`fullname` LIKE ? ESCAPE '!');
-- '%v-7700101%'

-- text: concat
SELECT concat(t0.`name`, ?, t0.`fullname`) FROM `users` AS t0;
-- 'v-7700101'

-- text: lower
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (lower(t0.`name`) LIKE ? ESCAPE '!');
-- 'v-7700101'

-- text: upper
SELECT upper(t0.`name`) FROM `users` AS t0;

-- text: charLength
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (char_length(t0.`name`) > CAST(? AS SIGNED));
-- 7700101

-- text: ordered by
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY lower(t0.`name`) DESC;

-- numbers: add
SELECT (t0.`age` + CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- numbers: sub
SELECT (t0.`age` - CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- numbers: mul
SELECT (t0.`age` * CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- numbers: mul of doubles
SELECT (t0.`score` * CAST(? AS DOUBLE)) FROM `posts` AS t0;
-- 7700101.5

-- numbers: div
SELECT (CAST(t0.`age` AS DOUBLE) / CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- numbers: div of columns
SELECT (CAST(t0.`stars` AS DOUBLE) / t0.`id`) FROM `posts` AS t0;

-- numbers: intDiv
SELECT (t0.`age` DIV CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- numbers: mod
SELECT (t0.`age` % CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- numbers: abs
SELECT abs(t0.`age`) FROM `users` AS t0;

-- numbers: bigints added
SELECT (t0.`views` + CAST(? AS SIGNED)) FROM `posts` AS t0;
-- 7700101

-- numbers: in where
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE ((t0.`stars` * CAST(? AS SIGNED)) > CAST(? AS SIGNED));
-- 7700101, 7700102

-- text function: trim
SELECT trim(t0.`name`) FROM `users` AS t0;

-- text function: substring of a place
SELECT substr(t0.`name`, least(greatest(CAST(? AS SIGNED), 0), 1000000000) + 1, least(greatest(CAST(? AS SIGNED), 0), 1000000000)) FROM `users` AS t0;
-- 7700101, 7700102

-- text function: indexOf
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((locate(?, t0.`name`) - 1) > CAST(? AS SIGNED));
-- 'v-7700101', 7700102

-- text function: replace
SELECT replace(t0.`name`, ?, ?) FROM `users` AS t0;
-- 'v-7700101', 'v-7700102'

-- text function: takeLeft
SELECT left(t0.`name`, least(greatest(CAST(? AS SIGNED), 0), 1000000000)) FROM `users` AS t0;
-- 7700101

-- text function: lpad
SELECT lpad(t0.`name`, greatest(CAST(? AS SIGNED), 0), ?) FROM `users` AS t0;
-- 9701, 'v-7700102'

-- text function: repeat
SELECT repeat(t0.`name`, greatest(CAST(? AS SIGNED), 0)) FROM `users` AS t0;
-- 9701

-- text function: regexMatches
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE REGEXP_LIKE(t0.`name`, ?, 'cn');
-- 'v-7700101'

-- text function: nullIf
SELECT nullif(t0.`name`, ?) FROM `users` AS t0;
-- 'v-7700101'

-- number function: decimals compared
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (t0.`price` > CAST(? AS DECIMAL(65,2)));
-- '7700101.25'

-- number function: decimals added
SELECT (t0.`price` + CAST(? AS DECIMAL(65,2))) FROM `bills` AS t0;
-- '7700101.25'

-- number function: decimals multiplied
SELECT (t0.`price` * t0.`rate`) FROM `bills` AS t0;

-- number function: decimals of two scales compared
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (t0.`price` < t0.`rate`);

-- number function: sum of decimals
SELECT sum((t0.`price` * t0.`rate`)) FROM `bills` AS t0;

-- number function: round
SELECT round(t0.`price`, 0) FROM `bills` AS t0;

-- number function: roundTo
SELECT round((t0.`price` * t0.`rate`), 2) FROM `bills` AS t0;

-- number function: ceil
SELECT ceiling(t0.`weight`) FROM `bills` AS t0;

-- number function: sign
SELECT sign(t0.`price`) FROM `bills` AS t0;

-- number function: sqrt
SELECT sqrt(CASE WHEN CAST(t0.`weight` AS DOUBLE) >= 0 THEN CAST(t0.`weight` AS DOUBLE) END) FROM `bills` AS t0;

-- number function: power
SELECT (CASE WHEN (CAST(t0.`weight` AS DOUBLE) > 0) OR (CAST(t0.`weight` AS DOUBLE) = 0 AND CAST(CAST(? AS DOUBLE) AS DOUBLE) >= 0) OR (CAST(t0.`weight` AS DOUBLE) < 0 AND CAST(CAST(? AS DOUBLE) AS DOUBLE) = floor(CAST(CAST(? AS DOUBLE) AS DOUBLE))) THEN power(CAST(t0.`weight` AS DOUBLE), CAST(CAST(? AS DOUBLE) AS DOUBLE)) END) FROM `bills` AS t0;
-- 7700101.5, 7700101.5, 7700101.5, 7700101.5

-- number function: greatest
SELECT greatest(t0.`age`, CAST(? AS SIGNED)) FROM `users` AS t0;
-- 7700101

-- number function: bitAnd
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (CAST((t0.`id` & CAST(? AS SIGNED)) AS SIGNED) = CAST(? AS SIGNED));
-- 7700101, 7700102

-- number function: cast to bigint
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (CAST(t0.`id` AS SIGNED) > CAST(? AS SIGNED));
-- 7700101

-- number function: cast to text
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((CAST(t0.`id` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_0900_bin) = ?);
-- 'v-7700101'

-- number function: cast to a decimal
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (CAST(t0.`id` AS DECIMAL(65,2)) > CAST(? AS DECIMAL(65,2)));
-- '7700101.25'

-- number function: isTrue
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((t0.`age` > t0.`id`) IS TRUE);

-- day function: extract
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (year(t0.`day`) = CAST(? AS SIGNED));
-- 7700101

-- day function: extract a quarter
SELECT quarter(t0.`day`) FROM `bills` AS t0;

-- day function: truncateTo
SELECT date_sub(CAST(t0.`day` AS DATE), INTERVAL dayofmonth(t0.`day`) - 1 DAY) FROM `bills` AS t0;

-- day function: addInterval
SELECT date_add(t0.`day`, INTERVAL CAST(? AS SIGNED) DAY) FROM `bills` AS t0;
-- 7700101

-- day function: daysBetween
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (datediff(CAST(? AS DATE), t0.`day`) > CAST(? AS SIGNED));
-- '7700-01-01', 7700102

-- day function: currentDate
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (t0.`day` < utc_date());

-- document: jsonPath as text
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (((CASE WHEN (json_type(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin), '.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) COLLATE utf8mb4_0900_bin) = 'STRING' THEN json_unquote(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin), '.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) END) COLLATE utf8mb4_0900_bin) = ?);
-- 'to', 'name', 'to', 'name', 'v-7700101'

-- document: jsonPath as a number
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE ((CASE WHEN (json_type((CASE WHEN (json_type(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) COLLATE utf8mb4_0900_bin) = 'ARRAY' THEN json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin), '[', CAST(? AS SIGNED), ']')) END)) COLLATE utf8mb4_0900_bin) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CASE WHEN abs(CAST((CASE WHEN (json_type(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) COLLATE utf8mb4_0900_bin) = 'ARRAY' THEN json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin), '[', CAST(? AS SIGNED), ']')) END) AS DOUBLE) + 0.5) <= 2147483647.5 AND CAST((CASE WHEN (json_type(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) COLLATE utf8mb4_0900_bin) = 'ARRAY' THEN json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin), '[', CAST(? AS SIGNED), ']')) END) AS DOUBLE) % 1 = 0 THEN CAST(CAST((CASE WHEN (json_type(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) COLLATE utf8mb4_0900_bin) = 'ARRAY' THEN json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin), '[', CAST(? AS SIGNED), ']')) END) AS DOUBLE) AS SIGNED) END END) > CAST(? AS SIGNED));
-- 'sizes', 'sizes', 1, 'sizes', 'sizes', 1, 'sizes', 'sizes', 1, 'sizes', 'sizes', 1, 7700101

-- document: jsonExists
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin), '.', (json_quote(?) COLLATE utf8mb4_0900_bin))) IS NOT NULL);
-- 'to', 'name'

-- document: jsonContains
SELECT t0.`id`, t0.`day`, t0.`price`, t0.`rate`, t0.`weight`, t0.`about` FROM `bills` AS t0 WHERE (CASE WHEN t0.`about` IS NOT NULL THEN coalesce((((CASE WHEN (json_type(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) COLLATE utf8mb4_0900_bin) = 'STRING' THEN json_unquote(json_extract(t0.`about`, concat('$.', (json_quote(?) COLLATE utf8mb4_0900_bin)))) END) COLLATE utf8mb4_0900_bin) = ?), (1 = 0)) END);
-- 'name', 'name', 'v-7700101'

-- document: inserted
INSERT INTO `bills` (`id`, `day`, `price`, `rate`, `weight`, `about`) VALUES (?, ?, ?, ?, ?, ?);
-- 7700101, '7701-01-01', '7700103.25', null, 7700104.5, '{"name":"v-7700105"}'

-- own SQL: fn
SELECT (coalesce(t0.`age`, CAST(? AS SIGNED))) FROM `users` AS t0;
-- 7700101

-- own SQL: a template
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`age` % CAST(? AS SIGNED) = CAST(? AS SIGNED));
-- 7700101, 7700102

-- sql.text: a statement
SELECT id, name FROM users WHERE age > CAST(? AS SIGNED) AND name <> ? -- :age, ':name'
 OR age = CAST(? AS SIGNED);
-- 7700101, 'v-7700102', 7700101

-- sql.text: a source by position
SELECT t0.c0, t0.c1 FROM (WITH t2 (c0, c1) AS (SELECT id, name FROM users WHERE age > CAST(? AS SIGNED) AND name <> ? -- :age, ':name'
 OR age = CAST(? AS SIGNED)) SELECT * FROM t2) AS t0;
-- 7700101, 'v-7700102', 7700101

-- sql.text: a source by name
SELECT t0.c0, t0.c1 FROM (WITH t2 AS (SELECT id, name FROM users WHERE age > CAST(? AS SIGNED) AND name <> ? -- :age, ':name'
 OR age = CAST(? AS SIGNED)) SELECT t2.`name` AS c0, t2.`id` AS c1 FROM t2) AS t0;
-- 7700101, 'v-7700102', 7700101

-- sql.text: a source with a name
WITH w2 AS (SELECT t3.c0 AS c0 FROM (WITH t5 (c0) AS (SELECT CAST(? AS SIGNED)) SELECT * FROM t5) AS t3) SELECT t0.c0 FROM w2 AS t0;
-- 7700101

-- sql.text: in criteria
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((t0.`id` IN (SELECT t2.c0 AS c0 FROM (WITH t4 (c0) AS (SELECT CAST(? AS SIGNED)) SELECT * FROM t4) AS t2)) AND (EXISTS (SELECT 1 FROM (WITH t7 (c0) AS (SELECT CAST(? AS SIGNED)) SELECT * FROM t7) AS t5 WHERE (t5.c0 = t0.`id`))));
-- 7700101, 7700101

-- sql.text: a command
UPDATE users SET age = CAST(? AS SIGNED);
-- 7700101

-- sql.text: casts and quotes
SELECT 'a:b', "c:d", 1 AS e, ? /* :f */;
-- 'v-7700101'

-- expressions of one’s own: a function
SELECT (CASE WHEN t0.`id` > CAST(? AS SIGNED) THEN CAST(? AS SIGNED) WHEN t0.`id` <= CAST(? AS SIGNED) THEN t0.`id` END) FROM `users` AS t0;
-- 7700101, 7700101, 7700101

-- expressions of one’s own: in all clauses
SELECT (CASE WHEN t0.`id` > CAST(? AS SIGNED) THEN CAST(? AS SIGNED) WHEN t0.`id` <= CAST(? AS SIGNED) THEN t0.`id` END), max(t0.`age`) FROM `users` AS t0 WHERE ((CASE WHEN t0.`id` > CAST(? AS SIGNED) THEN CAST(? AS SIGNED) WHEN t0.`id` <= CAST(? AS SIGNED) THEN t0.`id` END) > CAST(? AS SIGNED)) GROUP BY 1 ORDER BY 1;
-- 7700101, 7700101, 7700101, 7700101, 7700101, 7700101, 7700102

-- expressions of one’s own: by its data
SELECT (t0.`age` * 3) FROM `users` AS t0;

-- expressions of one’s own: in a write
UPDATE `users` SET `age` = (CASE WHEN `users`.`id` > CAST(? AS SIGNED) THEN CAST(? AS SIGNED) WHEN `users`.`id` <= CAST(? AS SIGNED) THEN `users`.`id` END) WHERE (`users`.`id` = CAST(? AS SIGNED));
-- 7700101, 7700101, 7700101, 7700102

-- expressions of one’s own: of one engine
-- refused: mysql cannot say "on_postgres": its definition has no SQL for it: add it to "render", or derive a dialect that knows it

-- order: ascending
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`name`;

-- order: descending
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`name` DESC;

-- order: of a column that may be null
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY (t0.`age` IS NULL), t0.`age`;

-- order: descending of a column that may be null
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`age` DESC;

-- order: nullsFirst
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`age`;

-- order: nullsFirst, descending
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY (t0.`age` IS NOT NULL), t0.`age` DESC;

-- order: nullsLast
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`age` DESC;

-- order: of several
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`age` DESC, t0.`name`;

-- order: of an expression
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY ((t0.`age` + CAST(? AS SIGNED)) IS NULL), (t0.`age` + CAST(? AS SIGNED));
-- 7700101, 7700101

-- order: of a text with a value in it
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY concat(t0.`name`, ?);
-- 'v-7700101'

-- order: limit
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`id` LIMIT ?;
-- 7700101

-- order: offset
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`id` LIMIT 18446744073709551615 OFFSET ?;
-- 7700101

-- order: limit and offset
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`id` LIMIT ? OFFSET ?;
-- 7700101, 7700102

-- order: limit by a parameter
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`age` > CAST(? AS SIGNED)) ORDER BY t0.`id` LIMIT ?;
-- 7700102, 7700101

-- group: count
SELECT count(*) FROM `users` AS t0;

-- group: count of a column
SELECT count(t0.`age`) FROM `users` AS t0;

-- group: countDistinct
SELECT count(DISTINCT t0.`age`) FROM `users` AS t0;

-- group: count of some
SELECT count((CASE WHEN (t0.`age` > CAST(? AS SIGNED)) THEN t0.`id` END)) FROM `users` AS t0;
-- 7700101

-- group: sum of integers
SELECT sum(t0.`stars`) FROM `posts` AS t0;

-- group: sum of bigints
SELECT sum(t0.`views`) FROM `posts` AS t0;

-- group: sum of doubles
SELECT sum(t0.`score`) FROM `posts` AS t0;

-- group: avg of integers
SELECT avg(CAST(t0.`stars` AS DOUBLE)) FROM `posts` AS t0;

-- group: avg of bigints
SELECT avg(CAST(t0.`views` AS DOUBLE)) FROM `posts` AS t0;

-- group: min and max
SELECT min(t0.`name`), max(t0.`age`) FROM `users` AS t0;

-- group: groupBy
SELECT t0.`author_id`, count(*) FROM `posts` AS t0 GROUP BY t0.`author_id`;

-- group: groupBy an expression
SELECT lower(t0.`name`), count(*) FROM `users` AS t0 GROUP BY lower(t0.`name`);

-- group: groupBy a value in an expression
SELECT (CASE WHEN (t0.`age` > CAST(? AS SIGNED)) THEN ? ELSE ? END), count(*) FROM `users` AS t0 GROUP BY 1 ORDER BY 1;
-- 7700101, 'v-7700102', 'v-7700103'

-- group: groupBy a key frees the columns of its table
SELECT t0.`name`, count(*) FROM `users` AS t0 INNER JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`) GROUP BY t0.`id`;

-- group: having
SELECT t0.`author_id`, max(t0.`stars`) FROM `posts` AS t0 GROUP BY t0.`author_id` HAVING (count(*) > CAST(? AS SIGNED));
-- 7700101

-- group: ordered by an aggregate
SELECT t0.`author_id` FROM `posts` AS t0 GROUP BY t0.`author_id` ORDER BY count(*) DESC, t0.`author_id`;

-- aggregate: filter of a count
SELECT count(CASE WHEN (t0.`stars` > CAST(? AS SIGNED)) THEN 1 END) FROM `posts` AS t0;
-- 7700101

-- aggregate: filter of a sum
SELECT t0.`author_id`, sum(CASE WHEN (t0.`stars` > CAST(? AS SIGNED)) THEN t0.`stars` END) FROM `posts` AS t0 GROUP BY t0.`author_id`;
-- 7700101

-- aggregate: distinctValues
SELECT sum(DISTINCT t0.`stars`) FROM `posts` AS t0;

-- aggregate: stringAgg
SELECT t0.`author_id`, substring(group_concat(concat(?, t0.`title`) ORDER BY t0.`id` SEPARATOR ''), char_length(?) + 1) FROM `posts` AS t0 GROUP BY t0.`author_id`;
-- ', ', ', '

-- aggregate: arrayAgg
-- refused: mysql cannot keep arrays: json

-- aggregate: boolAnd
SELECT min((t0.`stars` > CAST(? AS SIGNED))) FROM `posts` AS t0;
-- 7700101

-- aggregate: boolOr
SELECT max((t0.`stars` > CAST(? AS SIGNED))) FROM `posts` AS t0;
-- 7700101

-- aggregate: stddevSamp
SELECT stddev_samp(CAST(t0.`stars` AS DOUBLE)) FROM `posts` AS t0;

-- window: rowNumber
SELECT t0.`id`, CAST(row_number() OVER (PARTITION BY t0.`author_id` ORDER BY t0.`id` DESC) AS SIGNED) FROM `posts` AS t0;

-- window: rank
SELECT t0.`id`, CAST(rank() OVER (ORDER BY t0.`stars` DESC) AS SIGNED) FROM `posts` AS t0;

-- window: denseRank
SELECT t0.`id`, CAST(dense_rank() OVER (ORDER BY (t0.`stars` IS NULL), t0.`stars`) AS SIGNED) FROM `posts` AS t0;

-- window: ntile
SELECT t0.`id`, CAST(ntile(?) OVER (ORDER BY t0.`id`) AS SIGNED) FROM `posts` AS t0;
-- 7700101

-- window: lag
SELECT lag(t0.`stars`, ?) OVER (ORDER BY t0.`id`) FROM `posts` AS t0;
-- 7700101

-- window: firstValue
SELECT first_value(t0.`title`) OVER (ORDER BY t0.`id`) FROM `posts` AS t0;

-- window: an aggregate of a partition
SELECT t0.`id`, sum(t0.`stars`) OVER (PARTITION BY t0.`author_id`) FROM `posts` AS t0;

-- window: an aggregate of all rows
SELECT t0.`id`, avg(CAST(t0.`score` AS DOUBLE)) OVER () FROM `posts` AS t0;

-- window: the first of each
SELECT t0.c0 FROM (SELECT t2.`title` AS c0, CAST(row_number() OVER (PARTITION BY t2.`author_id` ORDER BY t2.`stars` DESC, t2.`id`) AS SIGNED) AS c1 FROM `posts` AS t2) AS t0 WHERE (t0.c1 = CAST(? AS SIGNED));
-- 7700101

-- grouping sets: rollup
SELECT t0.c0, t0.c1, t0.c2, t0.c3 FROM (SELECT t2.`author_id` AS c0, t2.`day` AS c1, (0) AS c2, count(*) AS c3, count(*) AS c4 FROM `posts` AS t2 GROUP BY t2.`author_id`, t2.`day` UNION ALL SELECT t4.`author_id` AS c0, (CAST(NULL AS DATE)) AS c1, (1) AS c2, count(*) AS c3, count(*) AS c4 FROM `posts` AS t4 GROUP BY t4.`author_id` UNION ALL SELECT (CAST(NULL AS SIGNED)) AS c0, (CAST(NULL AS DATE)) AS c1, (1) AS c2, count(*) AS c3, count(*) AS c4 FROM `posts` AS t6) AS t0;

-- grouping sets: cube
SELECT t0.c0, t0.c1, t0.c2 FROM (SELECT t2.`author_id` AS c0, t2.`day` AS c1, max(t2.`stars`) AS c2, count(*) AS c3 FROM `posts` AS t2 GROUP BY t2.`author_id`, t2.`day` UNION ALL SELECT t4.`author_id` AS c0, (CAST(NULL AS DATE)) AS c1, max(t4.`stars`) AS c2, count(*) AS c3 FROM `posts` AS t4 GROUP BY t4.`author_id` UNION ALL SELECT (CAST(NULL AS SIGNED)) AS c0, t6.`day` AS c1, max(t6.`stars`) AS c2, count(*) AS c3 FROM `posts` AS t6 GROUP BY t6.`day` UNION ALL SELECT (CAST(NULL AS SIGNED)) AS c0, (CAST(NULL AS DATE)) AS c1, max(t8.`stars`) AS c2, count(*) AS c3 FROM `posts` AS t8) AS t0;

-- grouping sets: groupingSets
SELECT t0.c0, t0.c1, t0.c2 FROM (SELECT t2.`author_id` AS c0, (CAST(NULL AS DATE)) AS c1, count(*) AS c2, count(*) AS c3 FROM `posts` AS t2 GROUP BY t2.`author_id` UNION ALL SELECT (CAST(NULL AS SIGNED)) AS c0, t4.`day` AS c1, count(*) AS c2, count(*) AS c3 FROM `posts` AS t4 GROUP BY t4.`day` UNION ALL SELECT (CAST(NULL AS SIGNED)) AS c0, (CAST(NULL AS DATE)) AS c1, count(*) AS c2, count(*) AS c3 FROM `posts` AS t6) AS t0;

-- the order of parameters: in every clause
SELECT t0.`author_id`, (count(*) + CAST(? AS SIGNED)) FROM `posts` AS t0 INNER JOIN `users` AS t1 ON (t1.`name` = ?) WHERE (t0.`stars` > CAST(? AS SIGNED)) GROUP BY t0.`author_id` HAVING (sum(t0.`stars`) > CAST(? AS SIGNED)) ORDER BY (count(*) + CAST(? AS SIGNED)) DESC LIMIT ? OFFSET ?;
-- 7700104, 'v-7700101', 7700102, 7700103, 7700105, 7700106, 7700107

-- the order of parameters: one value twice
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`name` IN (?, ?));
-- 'v-7700101', 'v-7700101'

-- the order of parameters: beside nulls
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE ((t0.`age` IS NULL) AND (t0.`name` = ?));
-- 'v-7700101'

-- the order of parameters: of an open relation
SELECT t0.`id`, t0.`active` FROM `users` AS t0 WHERE (t0.`id` = CAST(? AS SIGNED));
-- 7700101

-- join: innerJoin
SELECT t0.`name`, t1.`title` FROM `users` AS t0 INNER JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`);

-- join: innerJoin by more
SELECT t1.`title` FROM `users` AS t0 INNER JOIN `posts` AS t1 ON ((t1.`author_id` = t0.`id`) AND (t1.`stars` > CAST(? AS SIGNED)));
-- 7700101

-- join: leftJoin
SELECT t0.`name`, t1.`title` FROM `users` AS t0 LEFT JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`);

-- join: leftJoin, a whole table
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss`, t1.`id`, t1.`author_id`, t1.`title`, t1.`stars`, t1.`views`, t1.`score`, t1.`day`, t1.`at` FROM `users` AS t0 LEFT JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`);

-- join: leftJoin, then present
SELECT t1.`title` FROM `users` AS t0 LEFT JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`) WHERE t1.`id` IS NOT NULL;

-- join: leftJoin, those without
SELECT t0.`name` FROM `users` AS t0 LEFT JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`) WHERE (t1.`id` IS NULL);

-- join: crossJoin
SELECT t0.`name`, t1.`word` FROM `users` AS t0 CROSS JOIN `words` AS t1;

-- join: with itself
SELECT t0.`name`, t1.`name` FROM `users` AS t0 LEFT JOIN `users` AS t1 ON (t1.`id` = t0.`boss`);

-- join: of three
SELECT t0.`name`, t2.`word` FROM `users` AS t0 INNER JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`) LEFT JOIN `words` AS t2 ON (t2.`word` = t1.`title`) WHERE (t1.`stars` > CAST(? AS SIGNED));
-- 7700101

-- further join: rightJoin
SELECT t0.`name`, t1.`title` FROM `users` AS t0 RIGHT JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`);

-- further join: fullJoin
SELECT t0.c1, t0.c9 FROM (SELECT t2.`id` AS c0, t2.`name` AS c1, t2.`fullname` AS c2, t2.`age` AS c3, t2.`active` AS c4, t2.`boss` AS c5, CASE WHEN t2.`id` IS NOT NULL THEN 1 END AS c6, t3.`id` AS c7, t3.`author_id` AS c8, t3.`title` AS c9, t3.`stars` AS c10, t3.`views` AS c11, t3.`score` AS c12, t3.`day` AS c13, t3.`at` AS c14, CASE WHEN t3.`id` IS NOT NULL THEN 1 END AS c15 FROM `users` AS t2 LEFT JOIN `posts` AS t3 ON (t3.`author_id` = t2.`id`) UNION ALL SELECT NULL AS c0, NULL AS c1, NULL AS c2, NULL AS c3, NULL AS c4, NULL AS c5, NULL AS c6, t4.`id` AS c7, t4.`author_id` AS c8, t4.`title` AS c9, t4.`stars` AS c10, t4.`views` AS c11, t4.`score` AS c12, t4.`day` AS c13, t4.`at` AS c14, CASE WHEN t4.`id` IS NOT NULL THEN 1 END AS c15 FROM `posts` AS t4 WHERE NOT EXISTS (SELECT 1 FROM `users` AS t5 WHERE (t4.`author_id` = t5.`id`))) AS t0;

-- further join: lateral
SELECT t0.`name`, t1.c0 FROM `users` AS t0 CROSS JOIN LATERAL (SELECT t3.`title` AS c0 FROM `posts` AS t3 WHERE (t3.`author_id` = t0.`id`) ORDER BY t3.`id` DESC LIMIT ?) AS t1;
-- 7700101

-- further join: leftLateral
SELECT t0.`name`, t1.c0 FROM `users` AS t0 LEFT JOIN LATERAL (SELECT t3.`title` AS c0 FROM `posts` AS t3 WHERE (t3.`author_id` = t0.`id`) ORDER BY t3.`id` DESC LIMIT ?) AS t1 ON (1 = 1);
-- 7700101

-- further join: values
SELECT t0.`name`, t1.c1 FROM `users` AS t0 INNER JOIN (SELECT * FROM (VALUES ROW(CAST(CAST(? AS DECIMAL(20,0)) AS SIGNED), concat(CAST('' AS CHAR(16777215)), CAST(? AS CHAR))), ROW(CAST(CAST(? AS DECIMAL(20,0)) AS SIGNED), concat(CAST('' AS CHAR(16777215)), CAST(? AS CHAR)))) AS t3 (c0, c1)) AS t1 ON (t1.c0 = t0.`id`);
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- subquery: exists
SELECT t0.`name` FROM `users` AS t0 WHERE (EXISTS (SELECT 1 FROM `posts` AS t2 WHERE (t2.`author_id` = t0.`id`)));

-- subquery: not exists
SELECT t0.`name` FROM `users` AS t0 WHERE (NOT (EXISTS (SELECT 1 FROM `posts` AS t2 WHERE (t2.`author_id` = t0.`id`))));

-- subquery: exists by more
SELECT t0.`name` FROM `users` AS t0 WHERE (EXISTS (SELECT 1 FROM `posts` AS t2 WHERE ((t2.`author_id` = t0.`id`) AND (t2.`stars` > CAST(? AS SIGNED)))));
-- 7700101

-- subquery: inQuery
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`id` IN (SELECT t2.`author_id` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED))));
-- 7700101

-- subquery: not inQuery
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT (t0.`id` IN (SELECT t2.`author_id` AS c0 FROM `posts` AS t2)));

-- subquery: scalar
SELECT t0.`name`, (SELECT count(*) AS c0 FROM `posts` AS t2 WHERE (t2.`author_id` = t0.`id`)) FROM `users` AS t0;

-- subquery: scalar in where
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`age` < (SELECT avg(CAST(t2.`stars` AS DOUBLE)) AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED))));
-- 7700101

-- subquery: scalar in order by
SELECT t0.`name` FROM `users` AS t0 ORDER BY (SELECT max(t2.`stars`) AS c0 FROM `posts` AS t2 WHERE (t2.`author_id` = t0.`id`)) DESC;

-- subquery: a derived table
SELECT t0.`name`, t1.c1 FROM `users` AS t0 INNER JOIN (SELECT t3.`author_id` AS c0, max(t3.`stars`) AS c1 FROM `posts` AS t3 GROUP BY t3.`author_id`) AS t1 ON (t1.c0 = t0.`id`) WHERE (t1.c1 > CAST(? AS SIGNED));
-- 7700101

-- subquery: filtered after a limit
SELECT t0.c2 FROM (SELECT t2.`id` AS c0, t2.`author_id` AS c1, t2.`title` AS c2, t2.`stars` AS c3, t2.`views` AS c4, t2.`score` AS c5, t2.`day` AS c6, t2.`at` AS c7 FROM `posts` AS t2 ORDER BY t2.`id` DESC LIMIT ?) AS t0 WHERE (t0.c3 > CAST(? AS SIGNED));
-- 7700101, 7700102

-- subquery: a derived table, outer-joined whole
SELECT t0.`name`, t1.c0, t1.c1 FROM `users` AS t0 LEFT JOIN (SELECT t3.`author_id` AS c0, t3.`stars` AS c1 FROM `posts` AS t3 WHERE (t3.`stars` > CAST(? AS SIGNED)) LIMIT 18446744073709551615) AS t1 ON (t1.c0 = t0.`id`);
-- 7700101

-- cte: once
WITH w3 AS (SELECT t4.`author_id` AS c0, count(*) AS c1 FROM `posts` AS t4 WHERE (t4.`stars` > CAST(? AS SIGNED)) GROUP BY t4.`author_id`) SELECT t0.`name`, t1.c1 FROM `users` AS t0 INNER JOIN w3 AS t1 ON (t1.c0 = t0.`id`);
-- 7700101

-- cte: twice
WITH w2 AS (SELECT t3.`author_id` AS c0, count(*) AS c1 FROM `posts` AS t3 WHERE (t3.`stars` > CAST(? AS SIGNED)) GROUP BY t3.`author_id`) SELECT t0.c0 FROM w2 AS t0 WHERE (t0.c1 = (SELECT max(t5.c1) AS c0 FROM w2 AS t5));
-- 7700101

-- cte: recursive
WITH RECURSIVE w2 AS (SELECT CAST(CAST(t5.c0 AS DECIMAL(20,0)) AS SIGNED) AS c0, concat(CAST('' AS CHAR(16777215)), CAST(t5.c1 AS CHAR)) AS c1 FROM (SELECT t3.`id` AS c0, t3.`name` AS c1 FROM `users` AS t3 WHERE (t3.`name` = ?)) AS t5 UNION SELECT t6.`id` AS c0, t6.`name` AS c1 FROM `users` AS t6 INNER JOIN w2 AS t7 ON (t6.`boss` = t7.c0)) SELECT t0.c1 FROM w2 AS t0 WHERE (t0.c0 > CAST(? AS SIGNED));
-- 'v-7700101', 7700102

-- row value: compareRows
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE ((t0.`author_id` > CAST(? AS SIGNED)) OR ((t0.`author_id` = CAST(? AS SIGNED)) AND (t0.`id` >= CAST(? AS SIGNED))));
-- 7700101, 7700101, 7700102

-- row value: inRows
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE ((t0.`author_id` = CAST(? AS SIGNED) AND t0.`title` = ?) OR (t0.`author_id` = CAST(? AS SIGNED) AND t0.`title` = ?));
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- row value: inQueryRows
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (EXISTS (SELECT 1 FROM (SELECT t4.`id` AS c0, t4.`name` AS c1 FROM `users` AS t4) AS t2 WHERE ((t0.`author_id` = t2.c0) AND (t0.`title` = t2.c1))));

-- row value: a long list
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (t0.`id` IN (CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED)));
-- 7700101, 7700102, 7700103, 7700104, 7700105, 7700106, 7700106, 7700106

-- lock: forUpdate
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (t0.`id` = CAST(? AS SIGNED)) FOR UPDATE;
-- 7700101

-- lock: skipLocked
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 ORDER BY t0.`id` LIMIT ? FOR UPDATE SKIP LOCKED;
-- 7700101

-- set operation: union
SELECT t0.`name` AS c0 FROM `users` AS t0 UNION SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED));
-- 7700101

-- set operation: unionAll
SELECT t0.`name` AS c0 FROM `users` AS t0 UNION ALL SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED));
-- 7700101

-- set operation: intersect
SELECT t0.`name` AS c0 FROM `users` AS t0 INTERSECT SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED));
-- 7700101

-- set operation: except
SELECT t0.`name` AS c0 FROM `users` AS t0 EXCEPT SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED));
-- 7700101

-- set operation: of three
SELECT t4.c0 AS c0 FROM (SELECT t0.`name` AS c0 FROM `users` AS t0 UNION SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED))) AS t4 EXCEPT SELECT t5.`title` AS c0 FROM `posts` AS t5 WHERE (t5.`stars` > CAST(? AS SIGNED));
-- 7700101, 7700102

-- set operation: on the right
SELECT t0.`name` AS c0 FROM `users` AS t0 UNION SELECT t6.c0 AS c0 FROM (SELECT t2.`name` AS c0 FROM `users` AS t2 EXCEPT SELECT t4.`title` AS c0 FROM `posts` AS t4 WHERE (t4.`stars` > CAST(? AS SIGNED))) AS t6;
-- 7700101

-- set operation: ordered and limited
SELECT t0.`name` AS c0 FROM `users` AS t0 UNION ALL SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED)) ORDER BY 1 DESC LIMIT ?;
-- 7700101, 7700102

-- set operation: each side with its own limit
(SELECT t0.`name` AS c0 FROM `users` AS t0 ORDER BY t0.`id` LIMIT ?) UNION ALL (SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`stars` > CAST(? AS SIGNED)) ORDER BY t2.`id` LIMIT ?);
-- 7700101, 7700102, 7700103

-- set operation: with a constant
SELECT t0.`name` AS c0, ? AS c1 FROM `users` AS t0 UNION ALL SELECT t2.`title` AS c0, ? AS c1 FROM `posts` AS t2;
-- 'v-7700101', 'v-7700102'

-- set operation: as a derived table
SELECT t0.c0 FROM (SELECT t2.`name` AS c0 FROM `users` AS t2 UNION SELECT t4.`title` AS c0 FROM `posts` AS t4 WHERE (t4.`stars` > CAST(? AS SIGNED))) AS t0 WHERE (t0.c0 > ?);
-- 7700101, 'v-7700102'

-- set operation that keeps doubles: exceptAll
SELECT t0.`id` AS c0 FROM `users` AS t0 EXCEPT ALL SELECT t2.`author_id` AS c0 FROM `posts` AS t2;

-- set operation that keeps doubles: intersectAll
SELECT t0.`id` AS c0 FROM `users` AS t0 INTERSECT ALL SELECT t2.`author_id` AS c0 FROM `posts` AS t2;

-- relation: any
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (EXISTS (SELECT 1 FROM `posts` AS t2 WHERE ((t2.`author_id` = t0.`id`) AND (t2.`title` = ?))));
-- 'v-7700101'

-- relation: any through a link
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (EXISTS (SELECT 1 FROM `words` AS t2 INNER JOIN `post_words` AS t3 ON (t3.`wordId` = t2.`id`) WHERE ((t3.`postId` = t0.`id`) AND (t2.`word` = ?))));
-- 'v-7700101'

-- relation: has
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE (EXISTS (SELECT 1 FROM `users` AS t2 WHERE ((t2.`id` = t0.`author_id`) AND (t2.`name` = ?))));
-- 'v-7700101'

-- relation: none
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss` FROM `users` AS t0 WHERE (NOT (EXISTS (SELECT 1 FROM `posts` AS t2 WHERE (t2.`author_id` = t0.`id`))));

-- relation: given a row
SELECT t0.`id`, t0.`author_id`, t0.`title`, t0.`stars`, t0.`views`, t0.`score`, t0.`day`, t0.`at` FROM `posts` AS t0 WHERE ((t0.`author_id` = CAST(? AS SIGNED)) AND (t0.`stars` > CAST(? AS SIGNED)));
-- 7700101, 7700102

-- include: many
SELECT t0.`id` FROM `users` AS t0;
SELECT t0.`title`, k.i FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k CROSS JOIN `posts` AS t0 WHERE (t0.`author_id` = k.c0);
-- '[7700901,7700902]'

-- include: many, ordered and limited
SELECT t0.`id` FROM `users` AS t0;
SELECT t3.c0 AS c0, t3.c1 AS c1 FROM (SELECT t2.*, row_number() OVER (PARTITION BY t2.p ORDER BY t2.k0 DESC) AS r FROM (SELECT t0.`title` AS c0, k.i AS c1, t0.`id` AS k0, k.i AS p FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k CROSS JOIN `posts` AS t0 WHERE (t0.`author_id` = k.c0)) AS t2) AS t3 WHERE t3.r <= CAST(? AS SIGNED) ORDER BY t3.k0 DESC;
-- '[7700901,7700902]', 7700101

-- include: many through a link
SELECT t0.`id` FROM `posts` AS t0;
SELECT t0.`word`, k.i FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k CROSS JOIN `words` AS t0 INNER JOIN `post_words` AS t1 ON (t1.`wordId` = t0.`id`) WHERE (t1.`postId` = k.c0) ORDER BY t0.`word`;
-- '[7700901,7700902]'

-- include: many, filtered
SELECT t0.`id` FROM `users` AS t0;
SELECT t0.`title`, k.i FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k CROSS JOIN `posts` AS t0 WHERE ((t0.`author_id` = k.c0) AND (t0.`stars` > CAST(? AS SIGNED)));
-- '[7700901,7700902]', 7700101

-- include: an aggregate of each
SELECT t0.`id` FROM `users` AS t0;
SELECT (SELECT count(*) AS c0 FROM `posts` AS t1 WHERE (t1.`author_id` = k.c0)), k.i FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k;
-- '[7700901,7700902]'

-- include: groups of each
SELECT t0.`id` FROM `users` AS t0;
SELECT t0.`day`, count(*), k.i FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k CROSS JOIN `posts` AS t0 WHERE (t0.`author_id` = k.c0) GROUP BY t0.`day`, k.c0, k.i;
-- '[7700901,7700902]'

-- include: optional
SELECT t0.`id` FROM `users` AS t0;
SELECT t0.`title`, k.i FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k CROSS JOIN `posts` AS t0 WHERE (t0.`author_id` = k.c0);
-- '[7700901,7700902]'

-- insert: one row
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?);
-- 'v-7700101', 'v-7700102', 7700103, 1, null

-- insert: a row that leaves out what may be null
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?);
-- 'v-7700101', null, null, 1, null

-- insert: several rows
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?);
-- 'v-7700101', null, null, 1, null, 'v-7700102', null, null, 1, null, 'v-7700103', null, null, 1, null
SELECT `users`.`id` FROM `users` WHERE `users`.`id` BETWEEN CAST(? AS SIGNED) AND CAST(? AS SIGNED) + CAST(? AS SIGNED) * @@auto_increment_increment AND (`users`.`id` - CAST(? AS SIGNED)) % @@auto_increment_increment = 0 ORDER BY `users`.`id`;
-- 0, 0, 2, 0

-- insert: a key that is given
INSERT INTO `words` (`id`, `word`) VALUES (?, ?);
-- 7700101, 'v-7700102'

-- insert: every type
INSERT INTO `posts` (`author_id`, `title`, `stars`, `views`, `score`, `day`, `at`) VALUES (?, ?, ?, ?, ?, ?, ?);
-- 7700101, 'v-7700102', 7700103, '7700104', 7700105.5, '7705-01-01', '7706-01-01 00:00:00.000000'

-- insert: null
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?);
-- 'v-7700101', null, null, 1, null

-- insert: returning
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?);
-- 'v-7700101', null, null, 1, null
SELECT `users`.`id`, `users`.`name`, `users`.`fullname`, `users`.`age`, `users`.`active`, `users`.`boss`, `users`.`id` FROM `users` WHERE `users`.`id` BETWEEN CAST(? AS SIGNED) AND CAST(? AS SIGNED) + CAST(? AS SIGNED) * @@auto_increment_increment AND (`users`.`id` - CAST(? AS SIGNED)) % @@auto_increment_increment = 0 ORDER BY `users`.`id`;
-- 0, 0, 0, 0

-- insert: returning an expression
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?);
-- 'v-7700101', null, null, 1, null
SELECT `users`.`id`, concat(`users`.`name`, ?), `users`.`id` FROM `users` WHERE `users`.`id` BETWEEN CAST(? AS SIGNED) AND CAST(? AS SIGNED) + CAST(? AS SIGNED) * @@auto_increment_increment AND (`users`.`id` - CAST(? AS SIGNED)) % @@auto_increment_increment = 0 ORDER BY `users`.`id`;
-- 'v-7700102', 0, 0, 0, 0

-- insert a list: rows that give their keys
INSERT INTO `words` (`id`, `word`) VALUES (?, ?), (?, ?);
-- 7700101, 'v-7700102', 7700103, 'v-7700104'

-- insert a list: rows that give their keys, and what is given back
INSERT INTO `words` (`id`, `word`) VALUES (?, ?), (?, ?);
-- 7700101, 'v-7700102', 7700103, 'v-7700104'
SELECT `words`.`word`, (`words`.`id` + CAST(? AS SIGNED)) FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k INNER JOIN `words` ON `words`.`id` = k.c0 ORDER BY k.i;
-- 7700105, '[7700101,7700103]'

-- insert a list: rows whose keys are made
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?);
-- 'v-7700101', null, null, 1, null, 'v-7700102', null, 7700103, 0, null
SELECT `users`.`id` FROM `users` WHERE `users`.`id` BETWEEN CAST(? AS SIGNED) AND CAST(? AS SIGNED) + CAST(? AS SIGNED) * @@auto_increment_increment AND (`users`.`id` - CAST(? AS SIGNED)) % @@auto_increment_increment = 0 ORDER BY `users`.`id`;
-- 0, 0, 1, 0

-- insert a list: rows with expressions
INSERT INTO `users` (`name`, `fullname`, `age`, `active`, `boss`) VALUES (lower(?), ?, ?, ?, ?), (?, ?, (CAST(? AS SIGNED) + CAST(? AS SIGNED)), ?, ?);
-- 'v-7700101', null, null, 1, null, 'v-7700102', null, 7700103, 7700104, 1, null
SELECT `users`.`id` FROM `users` WHERE `users`.`id` BETWEEN CAST(? AS SIGNED) AND CAST(? AS SIGNED) + CAST(? AS SIGNED) * @@auto_increment_increment AND (`users`.`id` - CAST(? AS SIGNED)) % @@auto_increment_increment = 0 ORDER BY `users`.`id`;
-- 0, 0, 1, 0

-- insert from: the table itself
INSERT INTO `words` (`id`, `word`) SELECT (t0.`id` + CAST(? AS SIGNED)) AS c0, t0.`word` AS c1 FROM `words` AS t0 WHERE (t0.`id` > CAST(? AS SIGNED));
-- 7700102, 7700101

-- insert from: a query that leaves out what may be null
INSERT INTO `users` (`name`, `active`, `fullname`, `age`, `boss`) SELECT q.c0, q.c1, ?, CAST(? AS SIGNED), CAST(? AS SIGNED) FROM (SELECT t0.`word` AS c0, CAST(? AS SIGNED) AS c1 FROM `words` AS t0 WHERE (t0.`word` = ?)) AS q;
-- null, null, null, 1, 'v-7700101'

-- insert from: groups
INSERT INTO `words` (`id`, `word`) SELECT count(*) AS c0, t0.`name` AS c1 FROM `users` AS t0 GROUP BY t0.`name` ORDER BY t0.`name` DESC LIMIT ?;
-- 7700101

-- insert from: a set operation
INSERT INTO `words` (`id`, `word`) SELECT t0.`id` AS c0, t0.`word` AS c1 FROM `words` AS t0 WHERE (t0.`id` > CAST(? AS SIGNED)) UNION ALL SELECT t2.`id` AS c0, t2.`word` AS c1 FROM `words` AS t2;
-- 7700101

-- insert from: named rows
INSERT INTO `words` (`id`, `word`) WITH w2 AS (SELECT t3.`id` AS c0, t3.`word` AS c1 FROM `words` AS t3 WHERE (t3.`id` > CAST(? AS SIGNED))) SELECT (t0.c0 + CAST(? AS SIGNED)) AS c0, t0.c1 AS c1 FROM w2 AS t0;
-- 7700101, 7700102

-- insert from: a subquery of the table itself
INSERT INTO `words` (`id`, `word`) SELECT ((SELECT max(t2.`id`) AS c0 FROM `words` AS t2) + CAST(? AS SIGNED)) AS c0, t0.`word` AS c1 FROM `words` AS t0;
-- 1

-- insert from: what is given back
SELECT (t0.`id` + CAST(? AS SIGNED)), t0.`word` FROM `words` AS t0;
-- 7700101

-- upsert: rows that are there are left
INSERT INTO `words` (`id`, `word`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `id` = IF(LAST_INSERT_ID(CASE WHEN `words`.`id` = `excluded`.`id` THEN 13835058055282163714 ELSE 13835058055282163716 END), `words`.`id`, `words`.`id`);
-- 7700101, 'v-7700102'
INSERT INTO `words` (`id`, `word`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `id` = IF(LAST_INSERT_ID(CASE WHEN `words`.`id` = `excluded`.`id` THEN 13835058055282163714 ELSE 13835058055282163716 END), `words`.`id`, `words`.`id`);
-- 7700103, 'v-7700104'

-- upsert: rows that meet any key are left
SELECT LAST_INSERT_ID(13835058055282163712);
INSERT INTO `words` (`id`, `word`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `id` = IF(LAST_INSERT_ID(((LAST_INSERT_ID() >> 1) << 1) + 2), `words`.`id`, `words`.`id`);
-- 7700101, 'v-7700102'

-- upsert: rows that are there are changed
INSERT INTO `words` (`id`, `word`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `word` = IF(LAST_INSERT_ID(CASE WHEN `words`.`id` = `excluded`.`id` THEN 13835058055282163713 ELSE 13835058055282163716 END) & 1, concat(`words`.`word`, ?, `excluded`.`word`), `words`.`word`);
-- 7700101, 'v-7700102', 'v-7700105'
INSERT INTO `words` (`id`, `word`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `word` = IF(LAST_INSERT_ID(CASE WHEN `words`.`id` = `excluded`.`id` THEN 13835058055282163713 ELSE 13835058055282163716 END) & 1, concat(`words`.`word`, ?, `excluded`.`word`), `words`.`word`);
-- 7700103, 'v-7700104', 'v-7700105'

-- upsert: rows that are there are changed where
INSERT INTO `words` (`id`, `word`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `word` = IF(LAST_INSERT_ID(CASE WHEN `words`.`id` = `excluded`.`id` THEN CASE WHEN (`words`.`word` < `excluded`.`word`) THEN 13835058055282163713 ELSE 13835058055282163714 END ELSE 13835058055282163716 END) & 1, ?, `words`.`word`);
-- 7700101, 'v-7700102', 'v-7700103'

-- upsert: returning
INSERT INTO `users` (`id`, `name`, `fullname`, `age`, `active`, `boss`) VALUES (?, ?, ?, ?, ?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `name` = IF(LAST_INSERT_ID(CASE WHEN `users`.`id` = `excluded`.`id` THEN 13835058055282163713 ELSE 13835058055282163716 END) & 1, `excluded`.`name`, `users`.`name`), `age` = IF(LAST_INSERT_ID() & 1, (`users`.`age` + CAST(? AS SIGNED)), `users`.`age`);
-- 7700101, 'v-7700102', null, null, 1, null, 7700103
SELECT t0.`id`, t0.`name` FROM `users` AS t0 WHERE ((t0.`id` = CAST(? AS SIGNED)));
-- 7700101

-- upsert: the rows of a query
SELECT (t0.`id` + CAST(? AS SIGNED)), t0.`word` FROM `words` AS t0;
-- 7700101

-- update: of all rows
UPDATE `users` SET `age` = ?;
-- 7700101

-- update: where
UPDATE `users` SET `name` = ? WHERE (`users`.`id` = CAST(? AS SIGNED));
-- 'v-7700101', 7700102

-- update: by the old value
UPDATE `users` SET `age` = (`users`.`age` + CAST(? AS SIGNED));
-- 7700101

-- update: of several columns
UPDATE `users` SET `fullname` = `users`.`name`, `name` = concat(`users`.`name`, ?) WHERE (`users`.`id` = CAST(? AS SIGNED));
-- 'v-7700101', 7700102

-- update: to null
UPDATE `users` SET `fullname` = ? WHERE (`users`.`name` = ?);
-- null, 'v-7700101'

-- update: by a choice
UPDATE `users` SET `age` = (CASE WHEN (`users`.`age` IS NULL) THEN CAST(? AS SIGNED) ELSE `users`.`age` END);
-- 7700101

-- update: by a subquery
UPDATE `users` SET `age` = (SELECT count(*) AS c0 FROM `posts` AS t0 WHERE (t0.`author_id` = `users`.`id`));

-- update: where exists
UPDATE `users` SET `active` = ? WHERE ((EXISTS (SELECT 1 FROM `posts` AS t0 WHERE (t0.`author_id` = `users`.`id`))) AND (`users`.`age` > CAST(? AS SIGNED)));
-- 0, 7700101

-- delete: all rows
DELETE FROM `words`;

-- delete: where
DELETE FROM `users` WHERE ((`users`.`name` = ?) AND (`users`.`age` > CAST(? AS SIGNED)));
-- 'v-7700101', 7700102

-- delete: of a list
DELETE FROM `users` WHERE (`users`.`id` IN (CAST(? AS SIGNED), CAST(? AS SIGNED)));
-- 7700101, 7700102

-- delete: where not exists
DELETE FROM `users` WHERE (NOT (EXISTS (SELECT 1 FROM `posts` AS t0 WHERE (t0.`author_id` = `users`.`id`))));

-- delete: returning
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss`, t0.`id` FROM `users` AS t0 WHERE (t0.`id` = CAST(? AS SIGNED)) FOR UPDATE;
-- 7700101

-- update using: a table, found by its key
UPDATE `posts` INNER JOIN `users` AS t0 ON (t0.`id` = `posts`.`author_id`) SET `posts`.`title` = concat(t0.`name`, ?);
-- 'v-7700101'

-- update using: a table of which several rows may match
UPDATE `users` SET `fullname` = (SELECT t2.`title` AS c0 FROM `posts` AS t2 WHERE (t2.`author_id` = `users`.`id`)) WHERE (EXISTS (SELECT 1 FROM `posts` AS t0 WHERE (t0.`author_id` = `users`.`id`)));

-- update using: a table that no new value mentions
UPDATE `users` SET `age` = ? WHERE (EXISTS (SELECT 1 FROM `posts` AS t0 WHERE ((t0.`author_id` = `users`.`id`) AND (t0.`stars` > CAST(? AS SIGNED)))));
-- 7700101, 7700102

-- update using: two tables
UPDATE `posts` INNER JOIN `users` AS t0 ON (t0.`id` = `posts`.`author_id`) INNER JOIN `words` AS t1 ON (t1.`word` = t0.`name`) SET `posts`.`title` = t1.`word`, `posts`.`stars` = (`posts`.`stars` + t0.`age`) WHERE (t1.`id` > CAST(? AS SIGNED));
-- 7700101

-- update using: the table itself
UPDATE `users` INNER JOIN `users` AS t0 ON (t0.`id` = `users`.`boss`) SET `users`.`fullname` = t0.`name`;

-- update using: the table itself, which no new value mentions
UPDATE `users` INNER JOIN `users` AS t0 ON (t0.`boss` = `users`.`id`) SET `users`.`active` = ?, `users`.`age` = ?;
-- 1, 7700101

-- update using: a query with a name
UPDATE `users` INNER JOIN (SELECT t1.`author_id` AS c0, sum(t1.`stars`) AS c1, count(*) AS c2 FROM `posts` AS t1 GROUP BY t1.`author_id`) AS t0 ON (t0.c0 = `users`.`id`) SET `users`.`age` = t0.c2;

-- update using: rows in front
WITH w2 AS (SELECT t3.`author_id` AS c0, sum(t3.`stars`) AS c1, count(*) AS c2 FROM `posts` AS t3 GROUP BY t3.`author_id`) UPDATE `users` SET `active` = ? WHERE (EXISTS (SELECT 1 FROM w2 AS t0 WHERE ((t0.c0 = `users`.`id`) AND (t0.c2 > CAST(? AS SIGNED)))));
-- 0, 7700101

-- delete using: a table
DELETE FROM `users` WHERE (EXISTS (SELECT 1 FROM `posts` AS t0 WHERE ((t0.`author_id` = `users`.`id`) AND (t0.`stars` > CAST(? AS SIGNED)))));
-- 7700101

-- delete using: the table itself
DELETE FROM `users` USING `users` INNER JOIN `users` AS t0 ON (t0.`boss` = `users`.`id`) WHERE (t0.`age` IS NULL);

-- delete using: rows in front
WITH w2 AS (SELECT t3.`author_id` AS c0, sum(t3.`stars`) AS c1, count(*) AS c2 FROM `posts` AS t3 GROUP BY t3.`author_id`) DELETE FROM `users` WHERE (EXISTS (SELECT 1 FROM w2 AS t0 WHERE (t0.c0 = `users`.`id`)));

-- delete using: returning beside a table
SELECT t0.`id`, t0.`name`, t0.`fullname`, t0.`age`, t0.`active`, t0.`boss`, t0.`id` FROM `users` AS t0 WHERE (EXISTS (SELECT 1 FROM `posts` AS t2 WHERE (t2.`author_id` = t0.`id`))) FOR UPDATE;

-- update returning: beside a table
SELECT t0.`id` FROM `posts` AS t0 INNER JOIN `users` AS t1 ON (t1.`id` = t0.`author_id`) FOR UPDATE;
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k INNER JOIN `posts` ON `posts`.`id` = k.c0 INNER JOIN `users` AS t0 ON (t0.`id` = `posts`.`author_id`) SET `posts`.`title` = t0.`name`;
-- '[7]'
SELECT `posts`.`id`, `posts`.`title` FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k INNER JOIN `posts` ON `posts`.`id` = k.c0 ORDER BY k.i FOR UPDATE OF `posts`;
-- '[7]'

-- update returning: where the key changes
SELECT t0.`id`, (t0.`id` + CAST(? AS SIGNED)) FROM `words` AS t0 WHERE (t0.`id` > CAST(? AS SIGNED)) FOR UPDATE;
-- 7700101, 7700102
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k INNER JOIN `words` ON `words`.`id` = k.c0 SET `words`.`id` = (`words`.`id` + CAST(? AS SIGNED));
-- '[7]', 7700101
SELECT `words`.`id`, `words`.`word` FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k INNER JOIN `words` ON `words`.`id` = k.c0 ORDER BY k.i FOR UPDATE OF `words`;
-- '[8]'

-- delete returning: by their keys
SELECT t0.`word`, t0.`id` FROM `words` AS t0 WHERE (t0.`id` > CAST(? AS SIGNED)) FOR UPDATE;
-- 7700101
DELETE FROM `words` USING JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, c0 integer PATH '$')) AS k INNER JOIN `words` ON `words`.`id` = k.c0;
-- '[7]'

-- tables: createAll
CREATE TABLE IF NOT EXISTS `users` (`id` integer AUTO_INCREMENT NOT NULL, `name` varchar(50) NOT NULL, `fullname` longtext, `age` integer, `active` boolean NOT NULL, `boss` integer, PRIMARY KEY (`id`), CONSTRAINT `uq_users_name` UNIQUE (`name`), CONSTRAINT `fk_users_boss` FOREIGN KEY (`boss`) REFERENCES `users` (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE TABLE IF NOT EXISTS `posts` (`id` integer AUTO_INCREMENT NOT NULL, `author_id` integer NOT NULL, `title` longtext NOT NULL, `stars` integer, `views` bigint NOT NULL, `score` double, `day` date NOT NULL, `at` datetime(6) NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `fk_posts_author_id` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE TABLE IF NOT EXISTS `words` (`id` integer NOT NULL, `word` varchar(20) NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `uq_words_word` UNIQUE (`word`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE TABLE IF NOT EXISTS `post_words` (`postId` integer NOT NULL, `wordId` integer NOT NULL, PRIMARY KEY (`postId`, `wordId`), CONSTRAINT `fk_post_words_postId` FOREIGN KEY (`postId`) REFERENCES `posts` (`id`), CONSTRAINT `fk_post_words_wordId` FOREIGN KEY (`wordId`) REFERENCES `words` (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: dropAll
DROP TABLE IF EXISTS `post_words`, `words`, `posts`, `users`;

-- tables: createTable
CREATE TABLE `seats` (`row` integer NOT NULL, `hall` varchar(9) NOT NULL, `free` integer NOT NULL, PRIMARY KEY (`hall`, `row`), CONSTRAINT `one_free` UNIQUE (`free`, `hall`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: if it is not there
CREATE TABLE IF NOT EXISTS `seats` (`row` integer NOT NULL, `hall` varchar(9) NOT NULL, `free` integer NOT NULL, PRIMARY KEY (`hall`, `row`), CONSTRAINT `one_free` UNIQUE (`free`, `hall`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: temporary
CREATE TEMPORARY TABLE `scores` (`id` integer NOT NULL, `points` integer, `name` varchar(20) NOT NULL, PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: in a schema
CREATE TABLE `stage`.`seats` (`id` integer NOT NULL, PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: a foreign key of two columns
CREATE TABLE `tickets` (`id` integer NOT NULL, `hall` varchar(9) NOT NULL, `row` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `fk_tickets_row_hall` FOREIGN KEY (`row`, `hall`) REFERENCES `seats` (`row`, `hall`) ON DELETE CASCADE ON UPDATE RESTRICT) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: a deferred foreign key
-- refused: mysql cannot defer the foreign key "deferred"(user): write parents before children

-- tables: a foreign key that sets the default
-- refused: mysql cannot set the default where a row that "replaced"(user) refers to goes: 'setNull', or 'restrict'

-- tables: deferrable uniqueness
-- refused: mysql cannot defer the uniqueness of "waiting"(place): leave `deferrable` out

-- tables: defaults
CREATE TABLE `defaults` (`id` integer NOT NULL, `n` integer NOT NULL DEFAULT (-3), `price` decimal(8,2) NOT NULL DEFAULT '12.50', `word` varchar(20) NOT NULL DEFAULT 'it\'s \\ a word', `long` longtext NOT NULL DEFAULT ('long'), `raw` varbinary(4) NOT NULL DEFAULT X'00ff', `none` integer DEFAULT NULL, `made` datetime(6) NOT NULL DEFAULT (utc_timestamp(6)), PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: checks
CREATE TABLE `checks` (`id` integer NOT NULL, `points` integer NOT NULL, `name` varchar(20) NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `few` CHECK (((`points` > CAST(1 AS SIGNED)) AND (`points` < CAST(5 AS SIGNED)))), CONSTRAINT `ck_checks_2` CHECK ((`name` LIKE 'O\'%' ESCAPE '!'))) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: computed columns
CREATE TABLE `boxes` (`side` integer NOT NULL, `area` integer GENERATED ALWAYS AS ((`side` * `side`)) STORED NOT NULL, `name` longtext GENERATED ALWAYS AS (concat('box', 'es')) STORED NOT NULL) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: a column computed when it is read
CREATE TABLE `sides` (`side` integer NOT NULL, `area` integer GENERATED ALWAYS AS ((`side` * CAST(2 AS SIGNED))) VIRTUAL NOT NULL) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- tables: identity from a start
CREATE TABLE `counted` (`id` integer AUTO_INCREMENT NOT NULL, `n` integer NOT NULL, PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin AUTO_INCREMENT = 42;

-- tables: identity, always, downwards
-- refused: mysql cannot refuse values of an insert for an identity column ("down"."id"): leave `always` out, and name the column in no insert

-- tables: comments and a collation
CREATE TABLE IF NOT EXISTS `noted` (`id` integer NOT NULL COMMENT 'the \'key\'', `name` varchar(9) COLLATE `C` NOT NULL, PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin COMMENT = 'what is noted';

-- tables: dropTable
DROP TABLE `seats`;

-- tables: dropTable, if it is there
DROP TABLE IF EXISTS `seats`;

-- tables: createTableAs
CREATE TABLE `named` (`id` integer NOT NULL, `name` varchar(50) NOT NULL, PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin WITH q (`id`, `name`) AS (SELECT t0.`id` AS c0, t0.`name` AS c1 FROM `users` AS t0 WHERE (t0.`name` = 'O\'Hara')) SELECT `id`, `name` FROM q;

-- tables: createTableAs, if it is not there
CREATE TEMPORARY TABLE IF NOT EXISTS `ids` (`id` integer NOT NULL, PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin WITH q (`id`) AS (SELECT t0.`id` AS c0 FROM `users` AS t0) SELECT `id` FROM q;

-- indexes: plain
CREATE INDEX `ix_scores_points` ON `scores` (`points`);

-- indexes: unique, descending
CREATE UNIQUE INDEX `ix_scores_points_id` ON `scores` (`points` DESC, `id`);

-- indexes: if it is not there
SELECT 1 FROM information_schema.statistics WHERE table_schema = coalesce(?, database()) AND table_name = ? AND index_name = ?;
-- null, 'scores', 'by_name'
CREATE INDEX `by_name` ON `scores` (`name`);

-- indexes: of an expression
CREATE INDEX `by_lower` ON `scores` ((lower(`name`)), `id`);

-- indexes: of some rows
-- refused: mysql cannot leave rows out of an index (an index of "scores"): make it of a computed column that is null in the other rows

-- indexes: including
-- refused: mysql cannot hold further columns beside those that it is ordered by (an index of "scores"): put them at the end of the columns

-- indexes: by a convention
CREATE INDEX `scores__name` ON `scores` (`name`);

-- indexes: dropIndex
DROP INDEX `by_name` ON `scores`;

-- indexes: dropIndex, if it is there
SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM information_schema.statistics WHERE table_schema = coalesce(?, database()) AND table_name = ? AND index_name = ?);
-- null, 'scores', 'by_name'
DROP INDEX `by_name` ON `scores`;

-- view: with a literal
CREATE VIEW `active` (`id`, `who`) AS SELECT t0.`id` AS c0, concat(t0.`name`, (' it\'s \\ ' COLLATE utf8mb4_0900_bin)) AS c1 FROM `users` AS t0 WHERE (t0.`active` = CAST(1 AS SIGNED));

-- view: of a view, in a schema
CREATE VIEW `numbers`.`counted` (`id`, `n`) AS SELECT t0.`id` AS c0, count(*) AS c1 FROM `active` AS t0 INNER JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`) GROUP BY t0.`id`;

-- view: replaced
CREATE OR REPLACE VIEW `active` (`id`, `who`) AS SELECT t0.`id` AS c0, concat(t0.`name`, (' it\'s \\ ' COLLATE utf8mb4_0900_bin)) AS c1 FROM `users` AS t0 WHERE (t0.`active` = CAST(1 AS SIGNED));

-- view: dropped
DROP VIEW `active`;

-- view: dropped where it is
DROP VIEW IF EXISTS `numbers`.`counted`;

-- view: materialized
-- refused: mysql cannot keep the rows of a view ("kept"): use a view that is not materialized, or createTableAs

-- view: materialized, replaced
-- refused: mysql cannot keep the rows of a view ("kept"): use a view that is not materialized, or createTableAs

-- view: refreshed
-- refused: mysql cannot keep the rows of a view ("kept"): use a view that is not materialized, or createTableAs

-- view: read
SELECT t0.`n` FROM `numbers`.`counted` AS t0 WHERE (t0.`n` > CAST(? AS SIGNED)) ORDER BY t0.`id`;
-- 0

-- view: createAll of a schema with views
SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_schema = coalesce(?, database());
-- 'active', null
CREATE VIEW `active` (`id`, `who`) AS SELECT t0.`id` AS c0, concat(t0.`name`, (' it\'s \\ ' COLLATE utf8mb4_0900_bin)) AS c1 FROM `users` AS t0 WHERE (t0.`active` = CAST(1 AS SIGNED));
SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_schema = coalesce(?, database());
-- 'counted', 'numbers'
CREATE VIEW `numbers`.`counted` (`id`, `n`) AS SELECT t0.`id` AS c0, count(*) AS c1 FROM `active` AS t0 INNER JOIN `posts` AS t1 ON (t1.`author_id` = t0.`id`) GROUP BY t0.`id`;

-- view: dropAll of a schema with views
DROP VIEW IF EXISTS `numbers`.`counted`;
DROP VIEW IF EXISTS `active`;

-- sequence: created
-- refused: mysql cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: created with all there is to say
-- refused: mysql cannot have a sequence ("numbers"): use autoIncrement, or a table that counts

-- sequence: dropped
-- refused: mysql cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: dropped where it is
-- refused: mysql cannot have a sequence ("numbers"): use autoIncrement, or a table that counts

-- sequence: its next value
-- refused: mysql cannot count in a sequence ("numbers"): use autoIncrement, or a table that counts

-- sequence: its next value in a row
-- refused: mysql cannot count in a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: createAll with a key that it counts
-- refused: mysql cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- sequence: dropAll with a key that it counts
-- refused: mysql cannot have a sequence ("plain "name""): use autoIncrement, or a table that counts

-- schema: created
CREATE SCHEMA `other`;

-- schema: created where it is absent
CREATE SCHEMA IF NOT EXISTS `other "one"`;

-- schema: dropped
SELECT 1 FROM information_schema.tables WHERE table_schema = ? UNION ALL SELECT 1 FROM information_schema.routines WHERE routine_schema = ? LIMIT 1;
-- 'other', 'other'
DROP SCHEMA `other`;

-- schema: dropped with all that is in it
DROP SCHEMA IF EXISTS `other`;

-- alterTable: a column more
ALTER TABLE `words` ADD COLUMN `a note` varchar(9);

-- alterTable: a column more with a default
ALTER TABLE `words` ADD COLUMN `price` decimal(8,2) NOT NULL DEFAULT '1.50';

-- alterTable: other names
ALTER TABLE `words` RENAME COLUMN `word` TO `the word`;
ALTER TABLE `words` RENAME TO `texts`;

-- alterTable: a comment
ALTER TABLE `words` COMMENT = 'it\'s \\ here';

-- alterTable: a comment less
ALTER TABLE `words` COMMENT = '';

-- alterTable, on SQLite by a table made anew: a unique column more that refers
ALTER TABLE `words` ADD COLUMN `ownerId` integer;
ALTER TABLE `words` ADD CONSTRAINT `uq_words_ownerId` UNIQUE (`ownerId`);
ALTER TABLE `words` ADD CONSTRAINT `fk_words_ownerId` FOREIGN KEY (`ownerId`) REFERENCES `users` (`id`);

-- alterTable, on SQLite by a table made anew: a column less
ALTER TABLE `words` DROP COLUMN `word`;

-- alterTable, on SQLite by a table made anew: a column altered
ALTER TABLE `words` MODIFY COLUMN `word` varchar(40);

-- alterTable, on SQLite by a table made anew: a check more
ALTER TABLE `words` ADD CONSTRAINT `positive` CHECK ((`id` > CAST(0 AS SIGNED)));

-- alterTable, on SQLite by a table made anew: uniqueness and a foreign key more
ALTER TABLE `words` ADD CONSTRAINT `uq_words_id_word` UNIQUE (`id`, `word`);
ALTER TABLE `words` ADD CONSTRAINT `fk_words_id` FOREIGN KEY (`id`) REFERENCES `users` (`id`) ON DELETE CASCADE;

-- alterTable, on SQLite by a table made anew: a constraint less
ALTER TABLE `words` DROP CONSTRAINT `uq_words_word`;

-- alterTable, on SQLite by a table made anew: the primary key less
ALTER TABLE `words` DROP PRIMARY KEY;

-- types: createAll
CREATE TABLE IF NOT EXISTS `bills` (`id` integer NOT NULL, `day` date NOT NULL, `price` decimal(10,2) NOT NULL, `rate` decimal(4,3), `weight` double, `about` json NOT NULL, PRIMARY KEY (`id`)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE TABLE IF NOT EXISTS `typed` (`id` char(36) NOT NULL, `kind` varchar(3) NOT NULL, `code` varchar(8) NOT NULL, `price` decimal(12,4) NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `ck_typed_kind` CHECK (`kind` IN ('one', 'two'))) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
