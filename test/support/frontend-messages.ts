// What a client of PostgreSQL sends: a relay that carries everything to the server, and keeps the client's messages.
import { connect, createServer, type Socket } from 'node:net'

/** A message of the client: its type, and its texts. A login has the type `startup`, and names and values by turns. */
export interface Message {
  readonly type: string
  readonly texts: ReadonlyArray<string>
}

export interface Relay {
  readonly url: string
  readonly messages: Array<Message>
  readonly close: () => Promise<void>
}

const textsOf = (body: Buffer): ReadonlyArray<string> => body.toString('latin1').split('\0')

/** Takes whole messages off the front of what came. */
const taken = (bytes: Buffer, first: boolean): { readonly message: Message; readonly rest: Buffer } | null => {
  const at = first ? 0 : 1
  if (bytes.length < at + 4) return null
  const end = at + bytes.readInt32BE(at)
  if (bytes.length < end) return null
  const body = bytes.subarray(at + 4, end)
  // (after the length a login says which protocol it speaks; a request to cancel says another number there)
  const message: Message = first
    ? { type: body.readInt32BE(0) === 196_608 ? 'startup' : 'cancel', texts: textsOf(body.subarray(4)) }
    : { type: String.fromCharCode(bytes[0] ?? 0), texts: textsOf(body) }
  return { message, rest: bytes.subarray(end) }
}

/** Listens in front of the server of this URL. */
export const startRelay = async (url: string): Promise<Relay> => {
  const target = new URL(url)
  const messages: Array<Message> = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    let kept = Buffer.alloc(0)
    let first = true
    client.on('data', (chunk: Buffer) => {
      kept = Buffer.concat([kept, chunk])
      for (let next = taken(kept, first); next !== null; next = taken(kept, first)) {
        messages.push(next.message)
        kept = Buffer.from(next.rest)
        first = false
      }
    })
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.pipe(to)
    }
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(port)
  return {
    url: through.href,
    messages,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}
