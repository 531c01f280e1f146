// What was sold, to whom, and when.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  and,
  asc,
  avg,
  cast,
  count,
  countDistinct,
  cte,
  daysBetween,
  dateOf,
  desc,
  double,
  eq,
  extract,
  from,
  groupBy,
  gt,
  having,
  alias,
  innerJoin,
  isNotNull,
  lag,
  leftJoin,
  limit,
  max,
  mul,
  numeric,
  orderBy,
  over,
  rank,
  scalar,
  select,
  subquery,
  sum,
  where,
} from 'relvar'

import { customer, employee, invoice, invoiceLine, track } from '../tables.js'
import { type Question, question } from './question.js'

const turnover = pipe(
  from(invoice),
  groupBy(invoice.billingCountry),
  select({ country: invoice.billingCountry, invoices: count(), total: sum(invoice.total) }),
  orderBy(desc(sum(invoice.total)), invoice.billingCountry),
  limit(10),
)

const year = extract(invoice.invoiceDate, 'year')
const month = extract(invoice.invoiceDate, 'month')
const months = pipe(
  from(invoice),
  groupBy(year, month),
  select({ year, month, total: sum(invoice.total) }),
  subquery('months'),
)
const soFar = pipe(
  from(months),
  select({
    year: months.year,
    month: months.month,
    total: months.total,
    soFar: pipe(sum(months.total), over({ partitionBy: [months.year], orderBy: [months.month] })),
  }),
  orderBy(months.year, months.month),
)

const earlier = pipe(invoice, alias('earlier'))
const before = pipe(lag(invoice.invoiceDate), over({ partitionBy: [invoice.customerId], orderBy: [invoice.id] }))
const visits = pipe(
  from(invoice),
  select({
    customer: invoice.customerId,
    invoice: invoice.id,
    day: dateOf(invoice.invoiceDate),
    before: dateOf(before),
  }),
  subquery('visits'),
)
const pauses = pipe(
  from(visits),
  where(isNotNull(visits.before)),
  select({ customer: visits.customer, invoice: visits.invoice, days: daysBetween(visits.before, visits.day) }),
  orderBy(desc(daysBetween(visits.before, visits.day)), visits.invoice),
  limit(20),
)

const spent = pipe(
  from(customer),
  innerJoin(invoice, eq(invoice.customerId, customer.id)),
  groupBy(customer.id, customer.country),
  select({ id: customer.id, country: customer.country, total: sum(invoice.total) }),
  cte('spent'),
)
const others = pipe(spent, alias('others'))
const best = pipe(from(others), where(eq(others.country, spent.country)), select(max(others.total)))
const bestOfCountry = pipe(
  from(spent),
  innerJoin(customer, eq(customer.id, spent.id)),
  where(eq(spent.total, scalar(best))),
  select({ country: spent.country, lastName: customer.lastName, total: spent.total }),
  orderBy(spent.country, customer.lastName),
)

const line = mul(cast(invoiceLine.quantity, numeric(10, 0)), invoiceLine.unitPrice)
const agents = pipe(
  from(employee),
  leftJoin(customer, eq(customer.supportRepId, employee.id)),
  leftJoin(invoice, eq(invoice.customerId, customer.id)),
  leftJoin(invoiceLine, eq(invoiceLine.invoiceId, invoice.id)),
  groupBy(employee.id, employee.lastName),
  select({
    name: employee.lastName,
    customers: countDistinct(customer.id),
    tracks: sum(invoiceLine.quantity),
    total: sum(line),
  }),
  orderBy(employee.id),
)

const dear = pipe(
  from(earlier),
  where(eq(earlier.customerId, invoice.customerId)),
  select(avg(cast(earlier.total, double))),
)
const aboveOwnAverage = pipe(
  from(invoice),
  innerJoin(customer, eq(customer.id, invoice.customerId)),
  where(gt(cast(invoice.total, double), mul(scalar(dear), 2.5))),
  select({ id: invoice.id, name: customer.lastName, total: invoice.total }),
  orderBy(asc(invoice.id)),
)

const largeInvoices = pipe(
  from(invoice),
  innerJoin(invoiceLine, eq(invoiceLine.invoiceId, invoice.id)),
  innerJoin(track, eq(track.id, invoiceLine.trackId)),
  groupBy(invoice.id, invoice.total),
  having(and(eq(sum(line), invoice.total), gt(count(), 13))),
  select({ id: invoice.id, lines: count(), longest: max(track.milliseconds), later: add(invoice.id, 1) }),
  orderBy(invoice.id),
)

const places = pipe(
  from(customer),
  innerJoin(invoice, eq(invoice.customerId, customer.id)),
  groupBy(customer.id, customer.lastName),
  select({
    name: customer.lastName,
    total: sum(invoice.total),
    place: pipe(rank(), over({ orderBy: [desc(sum(invoice.total))] })),
  }),
  orderBy(desc(sum(invoice.total)), customer.lastName),
)

export const sales: ReadonlyArray<Question> = [
  question(
    'the ten countries that paid most',
    'text whole 2',
    turnover,
    () => `
    select "BillingCountry", count(*), sum("Total")
    from "Invoice" group by "BillingCountry"
    order by sum("Total") desc, "BillingCountry" limit 10`,
  ),
  question(
    'what each month brought, and the year up to it',
    'whole whole 2 2',
    soFar,
    ({ year: yearOf, month: monthOf }) => `
    select y, m, total, sum(total) over (partition by y order by m)
    from (select ${yearOf('"InvoiceDate"')} as y, ${monthOf('"InvoiceDate"')} as m, sum("Total") as total
          from "Invoice" group by ${yearOf('"InvoiceDate"')}, ${monthOf('"InvoiceDate"')}) months
    order by y, m`,
  ),
  question(
    'the longest pauses between two invoices of one customer',
    'whole whole whole',
    pauses,
    ({ daysBetween: days }) => `
    select "CustomerId", "InvoiceId", ${days('earlier', '"InvoiceDate"')} as pause
    from (select "CustomerId", "InvoiceId", "InvoiceDate",
                 lag("InvoiceDate") over (partition by "CustomerId" order by "InvoiceId") as earlier
          from "Invoice") visits
    where earlier is not null
    order by pause desc, "InvoiceId" limit 20`,
  ),
  question(
    'who paid most in each country',
    'text text 2',
    bestOfCountry,
    () => `
    with spent as (
      select c."CustomerId" as id, c."Country" as country, sum(i."Total") as total
      from "Customer" c join "Invoice" i on i."CustomerId" = c."CustomerId"
      group by c."CustomerId", c."Country")
    select spent.country, c."LastName", spent.total
    from spent join "Customer" c on c."CustomerId" = spent.id
    where spent.total = (select max(others.total) from spent others where others.country = spent.country)
    order by spent.country, c."LastName"`,
  ),
  question(
    'what each employee sold, also those who sold nothing',
    'text whole whole 2',
    agents,
    () => `
    select e."LastName", count(distinct c."CustomerId"), sum(l."Quantity"), sum(l."Quantity" * l."UnitPrice")
    from "Employee" e
    left join "Customer" c on c."SupportRepId" = e."EmployeeId"
    left join "Invoice" i on i."CustomerId" = c."CustomerId"
    left join "InvoiceLine" l on l."InvoiceId" = i."InvoiceId"
    group by e."EmployeeId", e."LastName"
    order by e."EmployeeId"`,
  ),
  question(
    'invoices of more than two and a half times what their customer pays on average',
    'whole text 2',
    aboveOwnAverage,
    ({ double: asDouble }) => `
    select i."InvoiceId", c."LastName", i."Total"
    from "Invoice" i join "Customer" c on c."CustomerId" = i."CustomerId"
    where ${asDouble('i."Total"')} > 2.5 * (
      select avg(${asDouble('o."Total"')}) from "Invoice" o where o."CustomerId" = i."CustomerId")
    order by i."InvoiceId"`,
  ),
  question(
    'large invoices whose total is that of their lines',
    'whole whole whole whole',
    largeInvoices,
    () => `
    select i."InvoiceId", count(*), max(t."Milliseconds"), i."InvoiceId" + 1
    from "Invoice" i
    join "InvoiceLine" l on l."InvoiceId" = i."InvoiceId"
    join "Track" t on t."TrackId" = l."TrackId"
    group by i."InvoiceId", i."Total"
    having sum(l."Quantity" * l."UnitPrice") = i."Total" and count(*) > 13
    order by i."InvoiceId"`,
  ),
  question(
    'the places of the customers by what they paid, with ties',
    'text 2 whole',
    places,
    () => `
    select c."LastName", sum(i."Total") as total, rank() over (order by sum(i."Total") desc)
    from "Customer" c join "Invoice" i on i."CustomerId" = c."CustomerId"
    group by c."CustomerId", c."LastName"
    order by total desc, c."LastName"`,
  ),
]
