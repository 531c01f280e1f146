// Who works in the shop, under whom, and for whom.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  alias,
  concat,
  count,
  countDistinct,
  dateOf,
  desc,
  eq,
  extract,
  from,
  groupBy,
  innerJoin,
  isNull,
  leftJoin,
  literal,
  integer,
  orderBy,
  select,
  withRecursive,
  where,
  lt,
} from 'relvar'

import { customer, employee } from '../tables.js'
import { type Question, question } from './question.js'

const chain = withRecursive(
  'chain',
  pipe(
    from(employee),
    where(isNull(employee.reportsTo)),
    select({ id: employee.id, path: employee.lastName, depth: literal(0, integer) }),
  ),
  (self) =>
    pipe(
      from(employee),
      innerJoin(self, eq(employee.reportsTo, self.id)),
      select({ id: employee.id, path: concat(self.path, ' > ', employee.lastName), depth: add(self.depth, 1) }),
    ),
)
const hierarchy = pipe(
  from(chain),
  innerJoin(employee, eq(employee.id, chain.id)),
  leftJoin(customer, eq(customer.supportRepId, chain.id)),
  groupBy(chain.id, chain.path, chain.depth, employee.title),
  select({ path: chain.path, depth: chain.depth, title: employee.title, customers: count(customer.id) }),
  orderBy(chain.path),
)

const boss = pipe(employee, alias('boss'))
const older = pipe(
  from(employee),
  innerJoin(boss, eq(boss.id, employee.reportsTo)),
  where(lt(employee.birthDate, boss.birthDate)),
  select({ name: employee.lastName, boss: boss.lastName, born: dateOf(employee.birthDate) }),
  orderBy(employee.birthDate),
)

const hired = extract(employee.hireDate, 'year')
const years = pipe(
  from(employee),
  leftJoin(boss, eq(boss.id, employee.reportsTo)),
  groupBy(hired),
  select({ hired, people: count(), bosses: countDistinct(boss.id) }),
  orderBy(desc(hired)),
)

export const people: ReadonlyArray<Question> = [
  question(
    'everyone with the way up to the manager, and how many customers they look after',
    'text whole text whole',
    hierarchy,
    ({ concat: joined, longText, byCode }) => `
    with recursive chain as (
      select "EmployeeId" as id, ${longText('"LastName"')} as path, 0 as depth
      from "Employee" where "ReportsTo" is null
      union all
      select e."EmployeeId", ${joined('chain.path', "' > '", 'e."LastName"')}, chain.depth + 1
      from "Employee" e join chain on e."ReportsTo" = chain.id)
    select chain.path, chain.depth, e."Title",
           (select count(*) from "Customer" c where c."SupportRepId" = chain.id)
    from chain join "Employee" e on e."EmployeeId" = chain.id
    order by ${byCode('chain.path')}`,
  ),
  question(
    'who is older than the boss',
    'text text text',
    older,
    ({ day }) => `
    select e."LastName", b."LastName", ${day('e."BirthDate"')}
    from "Employee" e join "Employee" b on b."EmployeeId" = e."ReportsTo"
    where e."BirthDate" < b."BirthDate"
    order by e."BirthDate"`,
  ),
  question(
    'how many came in each year, and under how many bosses they are',
    'whole whole whole',
    years,
    ({ year }) => `
    select ${year('e."HireDate"')} as hired, count(*), count(distinct b."EmployeeId")
    from "Employee" e left join "Employee" b on b."EmployeeId" = e."ReportsTo"
    group by ${year('e."HireDate"')}
    order by hired desc`,
  ),
]
