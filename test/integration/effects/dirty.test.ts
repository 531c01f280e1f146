// Forty ways to soil a session: who gets it next, from a pool that gives sessions back as they were, finds nothing of any of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { ask, define, must, open, tagOf } from './raw.js'

const setting = (name: string, to: string): string => `set ${name} = ${to}`

const ways: Readonly<Record<string, ReadonlyArray<string>>> = {
  postgres: [
    'begin',
    'begin read only',
    'begin isolation level serializable',
    'create temporary table left_here (id integer)',
    'create temporary view left_here as select 1 as id',
    'create temporary sequence left_here',
    'prepare mine as select 1',
    'declare held cursor with hold for select 1',
    'select pg_advisory_lock(42)',
    'select pg_advisory_lock_shared(43)',
    'listen mine',
    'set session characteristics as transaction read only',
    'set session characteristics as transaction isolation level serializable',
    'set session characteristics as transaction read only, deferrable',
    'set role pg_monitor',
    "set session authorization 'pg_monitor'",
    "set relvar.mine = 'left'",
    "select set_config('relvar.mine', 'left', false)",
    "set time zone 'Asia/Tokyo'",
    "select nextval('numbers')",
    setting('search_path', 'other'),
    setting('datestyle', "'German'"),
    setting('intervalstyle', "'postgres_verbose'"),
    setting('bytea_output', "'escape'"),
    setting('extra_float_digits', '-3'),
    setting('client_min_messages', "'debug1'"),
    setting('statement_timeout', '9000'),
    setting('lock_timeout', '9000'),
    setting('idle_in_transaction_session_timeout', '9000'),
    setting('work_mem', "'64kB'"),
    setting('enable_seqscan', 'off'),
    setting('enable_hashjoin', 'off'),
    setting('synchronous_commit', 'off'),
    setting('row_security', 'off'),
    setting('standard_conforming_strings', 'off'),
    setting('transform_null_equals', 'on'),
    setting('array_nulls', 'off'),
    setting('application_name', "'somebody'"),
    setting('lc_monetary', "'C'; set plan_cache_mode = 'force_generic_plan'"),
    setting('session_replication_role', "'replica'"),
    setting('default_table_access_method', "'heap'; set default_statistics_target = 7"),
  ],
  mysql: [
    'begin; insert into here values (1)',
    'start transaction read only',
    'start transaction with consistent snapshot; insert into here values (2)',
    'create temporary table left_here (id integer)',
    "prepare mine from 'select 1'",
    "select get_lock('mine', 0)",
    'lock tables here read',
    'use mysql',
    'set names latin1',
    'set character set latin1',
    "set @mine = 'left'",
    'set @`odd name` = 7',
    'set session transaction read only',
    'set session transaction isolation level read uncommitted',
    'set session transaction isolation level serializable',
    'set last_insert_id = 42',
    'set insert_id = 42',
    'set timestamp = 1',
    'set autocommit = 0; insert into here values (3)',
    setting('time_zone', "'+09:00'"),
    setting('sql_mode', "''"),
    setting('sql_mode', "'ANSI_QUOTES'"),
    setting('sql_mode', "'NO_BACKSLASH_ESCAPES'"),
    setting('sql_safe_updates', '1'),
    setting('sql_select_limit', '1'),
    setting('sql_auto_is_null', '1'),
    setting('sql_notes', '0'),
    setting('foreign_key_checks', '0'),
    setting('unique_checks', '0'),
    setting('max_sort_length', '99'),
    setting('div_precision_increment', '0'),
    setting('group_concat_max_len', '4'),
    setting('wait_timeout', '99'),
    setting('innodb_lock_wait_timeout', '3'),
    setting('lock_wait_timeout', '3'),
    setting('join_buffer_size', '512'),
    setting('max_heap_table_size', '999424'),
    setting('collation_connection', 'latin1_bin'),
    setting('character_set_results', 'latin1'),
    setting('default_week_format', '6'),
    setting('lc_time_names', "'de_DE'"),
  ],
}

/** All that can be asked of a session about itself; a question that is refused is an answer, too. */
const questions: Readonly<Record<string, ReadonlyArray<string>>> = {
  postgres: [
    "select string_agg(name || '=' || setting, ';' order by name) from pg_settings",
    "select coalesce(string_agg(name, ';' order by name), '') from pg_prepared_statements where name not like 'relvar%'",
    "select coalesce(string_agg(name, ';' order by name), '') from pg_cursors where name <> ''",
    "select coalesce(string_agg(mode, ';'), '') from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()",
    "select coalesce(string_agg(c, ';'), '') from pg_listening_channels() c",
    "select coalesce(string_agg(relname, ';'), '') from pg_class where relnamespace = pg_my_temp_schema()",
    "select current_user || ' ' || session_user || ' ' || coalesce(current_schema(), '')",
    "select coalesce(current_setting('relvar.mine', true), '')",
    'select lastval()',
    // inside a transaction two statements have one beginning
    'select (select count(*) from pg_stat_activity where pid = pg_backend_pid() and xact_start < query_start)',
  ],
  mysql: [
    "select coalesce(@mine, ''), coalesce(@`odd name`, '')",
    "select coalesce(is_used_lock('mine'), '')",
    'select database()',
    'execute mine',
    'select * from left_here',
    'select last_insert_id()',
    'select @@session.timestamp > 1000, @@session.insert_id',
    'insert into writable values (null)',
    'select count(*) from here',
  ],
}

/** What differs from one session to the next, whoever had it. */
const own =
  /^(?:timestamp|rand_seed|pseudo_thread_id|.*gtid.*|last_insert_id|identity|insert_id|error_count|warning_count|statement_id|in_transaction)/

const servers = engines().filter(({ name }) => name !== 'sqlite')

describe.each(servers.map((engine) => [engine.label, engine] as const))(
  'a session that was soiled on %s',
  (_, engine) => {
    let fresh: FreshDatabase
    let db: Database
    const family = engine.name === 'postgres' ? 'postgres' : 'mysql'

    const answer = async (on: Database, text: string): Promise<string> => {
      const outcome = await ask(on, text, [], { text: 'once' })
      return outcome._tag === 'Left' ? tagOf(outcome) : JSON.stringify(outcome.right.rows.map((row) => row.map(String)))
    }
    const traces = async (on: Database): Promise<ReadonlyArray<string>> => {
      const answers: Array<string> = []
      for (const text of questions[family] ?? []) answers.push(await answer(on, text))
      if (family === 'mysql') {
        const { rows } = await must(on, 'show session variables', [], { text: 'once' })
        answers.push(...rows.filter(([name]) => !own.test(String(name))).map((row) => row.join('=')))
      }
      return answers
    }

    beforeAll(async () => {
      fresh = await freshDatabase(engine)
      db = open(engine, fresh.url, 'poolSize=1&reset=full')
      await define(db, 'create table here (id integer primary key)')
      if (family === 'postgres') {
        await define(db, 'create schema other')
        await define(db, 'create sequence numbers')
      } else await define(db, 'create table writable (id integer primary key auto_increment)')
    })
    afterAll(async () => {
      await db.close()()
      await fresh.drop()
    })

    it('[bar 10] has nothing of forty ways to soil it for who gets it next, and each of them would be seen', async () => {
      const all = ways[family] ?? []
      expect(all.length).toBeGreaterThanOrEqual(40)
      const clean = await traces(db)
      const unseen: Array<string> = []
      for (const way of all) {
        const held = await db.acquire()
        if (held._tag === 'Left') throw new Error(held.left.message)
        for (const text of way.split('; ')) await ask(held.right, text, [], { text: 'once' })
        const soiled = await traces(held.right)
        if (JSON.stringify(soiled) === JSON.stringify(clean)) unseen.push(way)
        await held.right.release()
        expect([way, await traces(db)]).toEqual([way, clean])
      }
      // (what a test cannot see it cannot miss)
      expect(unseen).toEqual([])
    })
  },
)
