// The eleven tables of the Chinook database, a shop of music: plain names here, those of the data in the database.
import { pipe } from 'fp-ts/lib/function.js'
import {
  foreignKey,
  index,
  integer,
  named,
  nullable,
  numeric,
  primaryKey,
  references,
  schema,
  table,
  timestamp,
  varchar,
} from 'relvar'

/** SQLite multiplies no more than 18 digits: ten of a quantity, and eight. */
const money = numeric(8, 2)

export const genre = table('Genre', {
  id: pipe(integer, primaryKey, named('GenreId')),
  name: pipe(varchar(120), nullable, named('Name')),
})

export const mediaType = table('MediaType', {
  id: pipe(integer, primaryKey, named('MediaTypeId')),
  name: pipe(varchar(120), nullable, named('Name')),
})

export const artist = table('Artist', {
  id: pipe(integer, primaryKey, named('ArtistId')),
  name: pipe(varchar(120), nullable, named('Name')),
})

export const album = table('Album', {
  id: pipe(integer, primaryKey, named('AlbumId')),
  title: pipe(varchar(160), named('Title')),
  artistId: pipe(integer, references(artist.id), index, named('ArtistId')),
})

export const track = table('Track', {
  id: pipe(integer, primaryKey, named('TrackId')),
  name: pipe(varchar(200), named('Name')),
  albumId: pipe(integer, nullable, references(album.id), index, named('AlbumId')),
  mediaTypeId: pipe(integer, references(mediaType.id), index, named('MediaTypeId')),
  genreId: pipe(integer, nullable, references(genre.id), index, named('GenreId')),
  composer: pipe(varchar(220), nullable, named('Composer')),
  milliseconds: pipe(integer, named('Milliseconds')),
  bytes: pipe(integer, nullable, named('Bytes')),
  unitPrice: pipe(money, named('UnitPrice')),
})

export const employee = table(
  'Employee',
  {
    id: pipe(integer, primaryKey, named('EmployeeId')),
    lastName: pipe(varchar(20), named('LastName')),
    firstName: pipe(varchar(20), named('FirstName')),
    title: pipe(varchar(30), nullable, named('Title')),
    reportsTo: pipe(integer, nullable, index, named('ReportsTo')),
    birthDate: pipe(timestamp, nullable, named('BirthDate')),
    hireDate: pipe(timestamp, nullable, named('HireDate')),
    address: pipe(varchar(70), nullable, named('Address')),
    city: pipe(varchar(40), nullable, named('City')),
    state: pipe(varchar(40), nullable, named('State')),
    country: pipe(varchar(40), nullable, named('Country')),
    postalCode: pipe(varchar(10), nullable, named('PostalCode')),
    phone: pipe(varchar(24), nullable, named('Phone')),
    fax: pipe(varchar(24), nullable, named('Fax')),
    email: pipe(varchar(60), nullable, named('Email')),
  },
  (t) => [foreignKey(t.reportsTo, t.id)],
)

export const customer = table('Customer', {
  id: pipe(integer, primaryKey, named('CustomerId')),
  firstName: pipe(varchar(40), named('FirstName')),
  lastName: pipe(varchar(20), named('LastName')),
  company: pipe(varchar(80), nullable, named('Company')),
  address: pipe(varchar(70), nullable, named('Address')),
  city: pipe(varchar(40), nullable, named('City')),
  state: pipe(varchar(40), nullable, named('State')),
  country: pipe(varchar(40), nullable, named('Country')),
  postalCode: pipe(varchar(10), nullable, named('PostalCode')),
  phone: pipe(varchar(24), nullable, named('Phone')),
  fax: pipe(varchar(24), nullable, named('Fax')),
  email: pipe(varchar(60), named('Email')),
  supportRepId: pipe(integer, nullable, references(employee.id), index, named('SupportRepId')),
})

export const invoice = table('Invoice', {
  id: pipe(integer, primaryKey, named('InvoiceId')),
  customerId: pipe(integer, references(customer.id), index, named('CustomerId')),
  invoiceDate: pipe(timestamp, named('InvoiceDate')),
  billingAddress: pipe(varchar(70), nullable, named('BillingAddress')),
  billingCity: pipe(varchar(40), nullable, named('BillingCity')),
  billingState: pipe(varchar(40), nullable, named('BillingState')),
  billingCountry: pipe(varchar(40), nullable, named('BillingCountry')),
  billingPostalCode: pipe(varchar(10), nullable, named('BillingPostalCode')),
  total: pipe(money, named('Total')),
})

export const invoiceLine = table('InvoiceLine', {
  id: pipe(integer, primaryKey, named('InvoiceLineId')),
  invoiceId: pipe(integer, references(invoice.id), index, named('InvoiceId')),
  trackId: pipe(integer, references(track.id), index, named('TrackId')),
  unitPrice: pipe(money, named('UnitPrice')),
  quantity: pipe(integer, named('Quantity')),
})

export const playlist = table('Playlist', {
  id: pipe(integer, primaryKey, named('PlaylistId')),
  name: pipe(varchar(120), nullable, named('Name')),
})

export const playlistTrack = table('PlaylistTrack', {
  playlistId: pipe(integer, primaryKey, references(playlist.id), named('PlaylistId')),
  trackId: pipe(integer, primaryKey, references(track.id), index, named('TrackId')),
})

/** Those that others refer to come first. */
export const chinook = schema({
  genre,
  mediaType,
  artist,
  album,
  track,
  employee,
  customer,
  invoice,
  invoiceLine,
  playlist,
  playlistTrack,
})
