import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import { endOfValue, reply, wordsOf } from './resp.ts'

/** A Redis without vector search, with one put before it: answers `FT.CREATE` and `FT.SEARCH` as Redis documents them, and hands on the rest. */
export interface SearchServer extends AsyncDisposable {
  readonly url: string
  /** The `FT` commands that came, as text. */
  readonly asked: string[][]
  dropIndexes(): void
}

export async function searchServer(url: string): Promise<SearchServer> {
  const indexes = new Map<string, { prefix: string; length: number }>()
  const asked: string[][] = []
  const redis = new Redis(url)
  const server = createServer((client) => serve(client, url, async (words) => {
    const [command, index = '', ...args] = words.map(String)
    asked.push([command!, index, ...args.map((arg) => (arg.includes('\u0000') ? '<bytes>' : arg))])
    if (command === 'FT.CREATE') {
      if (indexes.has(index)) return new Error('Index already exists')
      indexes.set(index, { prefix: args[args.indexOf('PREFIX') + 2]!, length: Number(args[args.indexOf('DIM') + 1]) })
      return 'OK'
    }
    if (command !== 'FT.SEARCH') return new Error(`ERR unknown command '${command}'`)
    const known = indexes.get(index)
    return known ? search(redis, known, words) : new Error(`${index}: no such index`)
  }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    dropIndexes: () => indexes.clear(),
    async [Symbol.asyncDispose]() {
      redis.disconnect()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Cosine distances of all hashes of a partition, the nearest one's fields: what KNN 1 over a FLAT index answers. */
async function search(redis: Redis, { prefix, length }: { prefix: string; length: number }, words: readonly Buffer[]): Promise<unknown> {
  const query = /^\(@partition:\{(\w+)\}\)=>\[KNN 1 @vector \$vector AS distance\]$/.exec(String(words[2]))
  if (!query) return new Error('Syntax error at offset 0')
  const wanted = floats(words[words.findIndex((word, i) => i > 3 && String(word) === 'vector') + 1]!)
  let best: { distance: number; name: string; fields: Record<string, Buffer> } | undefined
  for (const name of await redis.keys(`${prefix.replaceAll(/[*?[\]\\]/g, '\\$&')}*`)) {
    const fields = await redis.hgetallBuffer(name)
    if (String(fields['partition']) !== query[1] || fields['vector']!.length !== length * 4) continue
    const distance = 1 - cosine(wanted, floats(fields['vector']!))
    if (!best || distance < best.distance) best = { distance, name, fields }
  }
  return best ? [1, best.name, ['distance', String(best.distance), 'key', best.fields['key'], 'value', best.fields['value']]] : [0]
}

const floats = (bytes: Buffer): Float32Array => new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
const product = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
const cosine = (a: Float32Array, b: Float32Array): number => product(a, b) / Math.sqrt(product(a, a) * product(b, b))

/** Answers commands one after the other: those of search here, others by the server behind. */
function serve(client: Socket, url: string, answer: (words: readonly Buffer[]) => Promise<unknown>): void {
  const behind = connect(Number(new URL(url).port || 6379), new URL(url).hostname)
  let [pending, answered] = [Buffer.alloc(0), Buffer.alloc(0)]
  let replied: ((value: Buffer) => void) | undefined
  let turn = Promise.resolve()
  behind.on('data', (chunk: Buffer) => {
    answered = Buffer.concat([answered, chunk])
    const end = endOfValue(answered, 0)
    if (end < 0 || !replied) return
    replied(answered.subarray(0, end))
    answered = answered.subarray(end)
  })
  client.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (let end = endOfValue(pending, 0); pending.length > 0 && end >= 0; end = pending.length > 0 ? endOfValue(pending, 0) : -1) {
      const command = pending.subarray(0, end)
      pending = pending.subarray(end)
      turn = turn.then(async () => {
        const words = wordsOf(command)
        if (/^FT\./i.test(String(words[0]))) client.write(reply(await answer(words)))
        else {
          behind.write(command)
          client.write(await new Promise<Buffer>((resolve) => void (replied = resolve)))
        }
      })
    }
  })
  const end = (): void => {
    client.destroy()
    behind.destroy()
  }
  for (const socket of [client, behind]) socket.on('error', end).on('close', end)
}
