// A network that fails when a test says so: a TCP proxy on loopback in front of a server.
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** `up`: from the client to the server; `down`: from the server to the client. */
export type Direction = 'up' | 'down'

/** `reset`: RST to both sides. `end`: FIN to both. `hole`: both stay connected and nothing is carried any more. */
export type Cut = 'reset' | 'end' | 'hole'

/** One cut: it strikes one connection, once. */
export interface Strike {
  readonly direction: Direction
  /** How many bytes of the direction still get through, counted over all connections from the moment of `strike`. */
  readonly after: number
  readonly how: Cut
  /** Counts from the first chunk, of either direction, that has this text in it; that chunk is counted where it is of this direction. */
  readonly from?: string
}

export interface Proxy {
  readonly port: number
  /** The same address with this proxy in the server's place. */
  readonly url: (url: string) => string
  /** Cuts once, where `after` says; it replaces what was asked for before. Null: no cut. */
  readonly strike: (strike: Strike | null) => void
  /** Whether the last strike has been made. */
  readonly struck: () => boolean
  /** How many bytes were carried since the last `strike`, or the beginning. */
  readonly carried: (direction: Direction) => number
  /** Cuts every connection that is open now. */
  readonly cutAll: (how: Cut) => void
  /** Every chunk waits so long, in milliseconds. 0 for no wait. */
  readonly delay: (ms: number) => void
  /** So many bytes a second in each direction of a connection. Infinity for no limit. */
  readonly throttle: (bytesPerSecond: number) => void
  /**
   * What becomes of new connections. `pass`; `refuse`: nobody listens; `drop`: reset when it is accepted; `hole`: accepted, and never
   * answered.
   */
  readonly accept: (how: 'pass' | 'refuse' | 'drop' | 'hole') => Promise<void>
  /** All as at the beginning: new connections pass at once. Those in a hole stay there. */
  readonly heal: () => Promise<void>
  /** How many clients are connected. */
  readonly open: () => number
  /** How many clients have ever come. */
  readonly accepted: () => number
  /** From which ports it speaks to the server, now. */
  readonly ports: () => ReadonlyArray<number>
  /** Cuts what is open and stops listening. */
  readonly close: () => Promise<void>
}

interface Pair {
  /** Of the way to the server; undefined where it is not connected. */
  readonly port: () => number | undefined
  readonly cut: (how: Cut) => void
  readonly cancel: () => void
}

/** RST. After an end() was begun Node.js 20 neither resets a socket nor closes it, and never ends: it is closed then. */
const reset = (socket: Socket): void => void (socket.writableEnded ? socket.destroy() : socket.resetAndDestroy())

const other: Readonly<Record<Direction, Direction>> = { up: 'down', down: 'up' }

/** Listens on a port of loopback, and carries to the server of this URL. */
export const makeProxy = async (serverUrl: string): Promise<Proxy> => {
  const target = new URL(serverUrl)
  const pairs = new Set<Pair>()
  let how: 'pass' | 'refuse' | 'drop' | 'hole' = 'pass'
  let delayMs = 0
  let rate = Number.POSITIVE_INFINITY
  let wanted: Strike | null = null
  let counting = false
  let made = false
  let accepted = 0
  let carried: Record<Direction, number> = { up: 0, down: 0 }

  /** How many bytes of a chunk get through before the strike; null where there is none in it. */
  const until = (direction: Direction, chunk: Buffer): number | null => {
    if (wanted === null || made) return null
    if (!counting && wanted.from !== undefined && chunk.includes(wanted.from)) {
      counting = true
      carried = { up: 0, down: 0 }
    }
    if (wanted.direction !== direction) return null
    const left = wanted.after - carried[direction]
    return counting && chunk.length > left ? left : null
  }

  const pair = (client: Socket): void => {
    const server = connect(Number(target.port), target.hostname)
    const sockets: Readonly<Record<Direction, Socket>> = { up: client, down: server }
    let state: 'open' | 'hole' | 'cut' = 'open'
    let gone = 0

    const cut = (by: Cut): void => {
      if (state === 'cut') return
      state = by === 'hole' ? 'hole' : 'cut'
      for (const socket of [client, server]) {
        if (by === 'reset') reset(socket)
        else if (by === 'end') socket.end()
      }
    }
    const mine: Pair = {
      port: () => server.localPort,
      cut,
      cancel: () => {
        state = 'cut'
        client.destroy()
        server.destroy()
      },
    }
    pairs.add(mine)

    const write = async (direction: Direction, bytes: Buffer): Promise<void> => {
      carried[direction] += bytes.length
      const to = sockets[other[direction]]
      if (rate === Number.POSITIVE_INFINITY) {
        to.write(bytes)
        return
      }
      const some = Math.max(1, Math.floor(rate / 10))
      for (let at = 0; at < bytes.length && state === 'open'; at += some) {
        await sleep((1_000 * some) / rate)
        to.write(bytes.subarray(at, at + some))
      }
    }

    const carry = async (direction: Direction, chunk: Buffer): Promise<void> => {
      if (delayMs > 0) await sleep(delayMs)
      if (state !== 'open') return
      const left = until(direction, chunk)
      if (left === null) return write(direction, chunk)
      made = true
      const by = wanted?.how ?? 'reset'
      await write(direction, chunk.subarray(0, left))
      // what was let through must arrive: a reset overtakes it
      if (left > 0 && by === 'reset') await sleep(5)
      cut(by)
    }

    for (const direction of ['up', 'down'] as const) {
      const from = sockets[direction]
      const to = sockets[other[direction]]
      let line = Promise.resolve()
      from.setNoDelay(true)
      from.on('data', (chunk: Buffer) => {
        from.pause()
        line = line.then(() => carry(direction, chunk)).then(() => void from.resume())
      })
      // one side's end is the other's, after what was said before it; out of a hole nothing comes
      from.on('end', () => void line.then(() => (state === 'open' ? to.end() : undefined)))
      from.on('error', () => {
        if (state === 'open') reset(to)
      })
      from.on('close', () => {
        gone += 1
        if (state === 'hole') to.destroy()
        if (gone === 2) pairs.delete(mine)
      })
    }
  }

  const inHole = (client: Socket): void => {
    const mine: Pair = {
      port: () => undefined,
      cut: (by) => (by === 'reset' ? reset(client) : client.end()),
      cancel: () => client.destroy(),
    }
    pairs.add(mine)
    client.on('error', () => undefined)
    client.on('data', () => undefined)
    client.on('close', () => pairs.delete(mine))
  }

  const server = createServer((client) => {
    accepted += 1
    if (how === 'drop') {
      client.on('error', () => undefined)
      client.resetAndDestroy()
    } else if (how === 'hole') inHole(client)
    else pair(client)
  })
  const listen = (at: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, '127.0.0.1', () => {
        server.off('error', reject)
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  const port = await listen(0)

  const accept: Proxy['accept'] = async (next) => {
    const before = how
    how = next
    // what is open stays open
    if (next === 'refuse' && before !== 'refuse') server.close()
    if (next !== 'refuse' && before === 'refuse') await listen(port)
  }

  return {
    port,
    url: (url) => {
      const through = new URL(url)
      through.hostname = '127.0.0.1'
      through.port = String(port)
      return through.href
    },
    strike: (strike) => {
      wanted = strike
      made = false
      counting = strike?.from === undefined
      carried = { up: 0, down: 0 }
    },
    struck: () => made,
    carried: (direction) => carried[direction],
    cutAll: (by) => {
      for (const one of pairs) one.cut(by)
    },
    delay: (ms) => {
      delayMs = ms
    },
    throttle: (bytesPerSecond) => {
      rate = bytesPerSecond
    },
    accept,
    heal: async () => {
      wanted = null
      delayMs = 0
      rate = Number.POSITIVE_INFINITY
      await accept('pass')
    },
    open: () => pairs.size,
    ports: () => [...pairs].map(({ port: own }) => own()).filter((own) => own !== undefined),
    accepted: () => accepted,
    close: async () => {
      for (const one of pairs) one.cancel()
      if (how !== 'refuse') await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
