// What the shop has: artists, albums, tracks and lists of them.
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  caseWhen,
  count,
  countDistinct,
  desc,
  eq,
  except,
  from,
  groupBy,
  gt,
  having,
  include,
  innerJoin,
  intersect,
  isNull,
  leftJoin,
  like,
  limit,
  limitWithTies,
  lt,
  lte,
  many,
  none,
  optional,
  orderBy,
  over,
  rowNumber,
  select,
  stringAgg,
  subquery,
  sum,
  where,
} from 'relvar'

import {
  album,
  artist,
  customer,
  genre,
  invoice,
  invoiceLine,
  mediaType,
  playlist,
  playlistTrack,
  track,
} from '../tables.js'
import { nested, type Question, question } from './question.js'

const silent = pipe(
  from(artist),
  leftJoin(album, eq(album.artistId, artist.id)),
  where(isNull(album.id)),
  select({ id: artist.id, name: artist.name }),
  orderBy(artist.id),
)

const sold = pipe(
  from(track),
  innerJoin(invoiceLine, eq(invoiceLine.trackId, track.id)),
  innerJoin(genre, eq(genre.id, track.genreId)),
  groupBy(genre.id, genre.name, track.id, track.name),
  select({
    genre: genre.name,
    track: track.name,
    sold: sum(invoiceLine.quantity),
    place: pipe(rowNumber(), over({ partitionBy: [genre.id], orderBy: [desc(sum(invoiceLine.quantity)), track.id] })),
  }),
  subquery('sold'),
)
const bestOfGenre = pipe(from(sold), where(lte(sold.place, 3)), orderBy(sold.genre, sold.place))

const countries = (named: string) =>
  pipe(
    from(customer),
    innerJoin(invoice, eq(invoice.customerId, customer.id)),
    innerJoin(invoiceLine, eq(invoiceLine.invoiceId, invoice.id)),
    innerJoin(track, eq(track.id, invoiceLine.trackId)),
    innerJoin(genre, eq(genre.id, track.genreId)),
    where(eq(genre.name, named)),
    select({ country: customer.country }),
  )
const tastes = pipe(
  countries('Jazz'),
  intersect(countries('Metal')),
  except(countries('Classical')),
  orderBy((row) => [row.country]),
)

const lengthOf = caseWhen(lt(track.milliseconds, 120_000), 'short')
  .when(lt(track.milliseconds, 600_000), 'usual')
  .otherwise('long')
const lengths = pipe(
  from(track),
  innerJoin(mediaType, eq(mediaType.id, track.mediaTypeId)),
  groupBy(mediaType.name, lengthOf),
  select({ medium: mediaType.name, length: lengthOf, tracks: count(), bytes: sum(track.bytes) }),
  orderBy(mediaType.name, lengthOf),
)

const broad = pipe(
  from(playlist),
  innerJoin(playlistTrack, eq(playlistTrack.playlistId, playlist.id)),
  innerJoin(track, eq(track.id, playlistTrack.trackId)),
  groupBy(playlist.id, playlist.name),
  having(gt(countDistinct(track.genreId), 2)),
  select({
    id: playlist.id,
    name: playlist.name,
    genres: countDistinct(track.genreId),
    tracks: count(),
    price: sum(track.unitPrice),
  }),
  orderBy(playlist.id),
)

const soldLines = pipe(from(invoiceLine), where(eq(invoiceLine.trackId, track.id)))
const unsold = pipe(
  from(track),
  innerJoin(album, eq(album.id, track.albumId)),
  where(and(none(soldLines), pipe(track.name, like('%love%')))),
  select({ track: track.name, album: album.title }),
  orderBy(track.id),
)

const titles = pipe(
  from(artist),
  innerJoin(album, eq(album.artistId, artist.id)),
  groupBy(artist.id, artist.name),
  having(gt(count(), 4)),
  select({ artist: artist.name, albums: count(), titles: pipe(album.title, stringAgg(', ', [album.title])) }),
  orderBy(artist.id),
)

const busiest = pipe(
  from(track),
  innerJoin(album, eq(album.id, track.albumId)),
  groupBy(album.id, album.title),
  select({ id: album.id, title: album.title, tracks: count() }),
  orderBy(desc(count())),
  limitWithTies(12),
  subquery('longest'),
)
const inOrder = pipe(from(busiest), orderBy(desc(busiest.tracks), busiest.id))

const albumsOf = pipe(from(album), where(eq(album.artistId, artist.id)), orderBy(album.id))
const longestOf = pipe(
  from(track),
  where(eq(track.albumId, album.id)),
  orderBy(desc(track.milliseconds), track.id),
  limit(1),
  select({ name: track.name, genreId: track.genreId }),
)
const genreOf = pipe(from(genre), where(eq(genre.id, track.genreId)), select({ name: genre.name }))
const tracksOf = pipe(longestOf, include({ genre: optional(genreOf) }))
const catalogue = pipe(
  from(artist),
  where(pipe(artist.name, like('M%'))),
  orderBy(artist.id),
  select({ name: artist.name }),
  include({
    albums: many(pipe(albumsOf, select({ title: album.title }), include({ longest: optional(tracksOf) }))),
  }),
)

interface CatalogueRow {
  readonly name: string | null
  readonly albums: ReadonlyArray<{
    readonly title: string
    readonly longest: { readonly name: string; readonly genre: { readonly name: string | null } | null } | null
  }>
}

export const music: ReadonlyArray<Question> = [
  question(
    'artists without an album',
    'whole text',
    silent,
    () => `
    select a."ArtistId", a."Name" from "Artist" a
    left join "Album" b on b."ArtistId" = a."ArtistId"
    where b."AlbumId" is null order by a."ArtistId"`,
  ),
  question(
    'the three tracks of each genre that sold best',
    'text text whole whole',
    bestOfGenre,
    ({ byCode }) => `
    select genre, track, sold, place
    from (select g."Name" as genre, t."Name" as track, sum(l."Quantity") as sold,
                 row_number() over (partition by g."GenreId" order by sum(l."Quantity") desc, t."TrackId") as place
          from "Track" t
          join "InvoiceLine" l on l."TrackId" = t."TrackId"
          join "Genre" g on g."GenreId" = t."GenreId"
          group by g."GenreId", g."Name", t."TrackId", t."Name") sold
    where place <= 3
    order by ${byCode('genre')}, place`,
  ),
  question('countries that buy Jazz and Metal, but nothing Classical', 'text', tastes, ({ byCode }) => {
    const countriesOf = (named: string): string => `
        select c."CustomerId" from "Customer" c
        join "Invoice" i on i."CustomerId" = c."CustomerId"
        join "InvoiceLine" l on l."InvoiceId" = i."InvoiceId"
        join "Track" t on t."TrackId" = l."TrackId"
        join "Genre" g on g."GenreId" = t."GenreId"
        where g."Name" = '${named}' and c."Country" = all_customers."Country"`
    return `
        select "Country" from "Customer" all_customers
        where exists (${countriesOf('Jazz')}) and exists (${countriesOf('Metal')})
          and not exists (${countriesOf('Classical')})
        group by "Country"
        order by ${byCode('"Country"')}`
  }),
  question(
    'how many short and long tracks there are of each medium',
    'text text whole whole',
    lengths,
    ({ byCode }) => `
    select medium, length, count(*), sum("Bytes")
    from (select m."Name" as medium, t."Bytes",
                 case when t."Milliseconds" < 120000 then 'short' when t."Milliseconds" < 600000 then 'usual'
                      else 'long' end as length
          from "Track" t join "MediaType" m on m."MediaTypeId" = t."MediaTypeId") tracks
    group by medium, length
    order by ${byCode('medium')}, ${byCode('length')}`,
  ),
  question(
    'playlists of more than two genres, and what they cost',
    'whole text whole whole 2',
    broad,
    () => `
    select p."PlaylistId", p."Name", count(distinct t."GenreId"), count(*), sum(t."UnitPrice")
    from "Playlist" p
    join "PlaylistTrack" pt on pt."PlaylistId" = p."PlaylistId"
    join "Track" t on t."TrackId" = pt."TrackId"
    group by p."PlaylistId", p."Name"
    having count(distinct t."GenreId") > 2
    order by p."PlaylistId"`,
  ),
  question(
    'tracks about love that nobody bought',
    'text text',
    unsold,
    ({ likeExactly }) => `
    select t."Name", a."Title"
    from "Track" t join "Album" a on a."AlbumId" = t."AlbumId"
    where ${likeExactly('t."Name"', 'love')}
      and not exists (select * from "InvoiceLine" l where l."TrackId" = t."TrackId")
    order by t."TrackId"`,
  ),
  question(
    'the titles of artists with more than four albums',
    'text whole text',
    titles,
    ({ list }) => `
    select a."Name", count(*), ${list('b."Title"')}
    from "Artist" a join "Album" b on b."ArtistId" = a."ArtistId"
    group by a."ArtistId", a."Name"
    having count(*) > 4
    order by a."ArtistId"`,
  ),
  question(
    'the twelve albums with most tracks, and those that are level with the last',
    'whole text whole',
    inOrder,
    () => `
    select "AlbumId", "Title", tracks
    from (select b."AlbumId", b."Title", count(*) as tracks, rank() over (order by count(*) desc) as place
          from "Track" t join "Album" b on b."AlbumId" = t."AlbumId"
          group by b."AlbumId", b."Title") albums
    where place <= 12
    order by tracks desc, "AlbumId"`,
  ),
  nested(
    question(
      'artists with their albums, and the longest track of each with its genre',
      'text text text text',
      catalogue,
      () => `
      select a."Name", b."Title", t."Name", g."Name"
      from "Artist" a
      join "Album" b on b."ArtistId" = a."ArtistId"
      join "Track" t on t."TrackId" = (
        select s."TrackId" from "Track" s where s."AlbumId" = b."AlbumId"
        order by s."Milliseconds" desc, s."TrackId" limit 1)
      left join "Genre" g on g."GenreId" = t."GenreId"
      where a."Name" like 'M%'
      order by a."ArtistId", b."AlbumId"`,
    ),
    ({ name, albums }: CatalogueRow) =>
      albums.map(({ title, longest }) => ({
        name,
        title,
        track: longest?.name ?? null,
        genre: longest?.genre?.name ?? null,
      })),
  ),
]
