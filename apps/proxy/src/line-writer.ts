import { write } from 'node:fs'

/** Where log lines go. */
export interface LineWriter {
  write(line: string): void
  /** Resolves when every line is written, or its reader is gone. */
  flush(): Promise<void>
}

/** Bytes that leave at once. */
const BLOCK = 64 * 1024
const FLUSH_MS = 1000
/** Of one character in UTF-8, for each of its UTF-16 units. */
const MOST_BYTES = 3

/**
 * Buffers lines for a file descriptor; one write under way at a time keeps them in order. Lines become bytes at once, in
 * a block that is used again and again: text that waits to be put together is dear to keep.
 */
export function createLineWriter(fd: number): LineWriter {
  let block: Buffer = Buffer.allocUnsafeSlow(BLOCK)
  let length = 0
  let spare: Buffer | undefined
  /** Waiting to be written, in order. */
  const full: Buffer[] = []
  let writing = false
  let whenWritten: (() => void)[] = []

  const close = (): void => {
    if (length === 0) return
    full.push(block.subarray(0, length))
    block = spare ?? Buffer.allocUnsafeSlow(BLOCK)
    spare = undefined
    length = 0
  }
  const send = (): void => {
    if (writing) return
    if (full.length === 0) close()
    const bytes = full.shift()
    if (!bytes) return
    writing = true
    push(bytes, 0)
  }
  const push = (bytes: Buffer, from: number): void => {
    write(fd, bytes, from, bytes.length - from, null, (error, count) => {
      const done = from + (count ?? 0)
      if (error?.code === 'EAGAIN') setTimeout(push, 10, bytes, done)
      // Another error says that the reader is gone: there is nobody to tell.
      else if (!error && done < bytes.length) push(bytes, done)
      else written(bytes)
    })
  }
  const written = (bytes: Buffer): void => {
    writing = false
    if (bytes.buffer.byteLength === BLOCK) spare = Buffer.from(bytes.buffer)
    settle()
  }
  const settle = (): void => {
    if (full.length > 0 || whenWritten.length > 0) send()
    if (writing) return
    for (const resolve of whenWritten) resolve()
    whenWritten = []
  }
  setInterval(send, FLUSH_MS).unref()

  return {
    write(line) {
      if (line.length * MOST_BYTES > BLOCK - length) {
        close()
        if (line.length * MOST_BYTES > BLOCK) full.push(Buffer.from(line))
        send()
        if (line.length * MOST_BYTES > BLOCK) return
      }
      length += block.write(line, length)
    },
    flush: () =>
      new Promise((resolve) => {
        whenWritten.push(resolve)
        if (!writing) settle()
      }),
  }
}
