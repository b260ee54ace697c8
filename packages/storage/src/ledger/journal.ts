import { closeSync, fdatasync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '@tianjillm/core'
import { makeProcessFolder, type ProcessFolder, takeOver } from '../process-folder.ts'
import { readFrames } from './frame.ts'
import { readRows, type WrittenRows } from './written-rows.ts'

/** A file of the journal, until everything in it is inserted. */
export interface Segment {
  readonly file: string
  fd: number | undefined
  bytes: number
  /** Frames whose entries are in memory, too, and not inserted. */
  waiting: number
  /** Whether it holds entries that are on disk alone. */
  onDiskOnly: boolean
}

export interface JournalOptions {
  /** The folder of all processes' journals; this one makes a folder of its own in it. */
  readonly folder: string
  /**
   * `os`: an entry outlives the process, not a power cut. `fsync`: written through to the disk as fast as it
   * goes; a power cut costs the last milliseconds.
   */
  readonly sync: 'os' | 'fsync'
  /** Bytes on disk beyond which entries are refused. */
  readonly maxBytes: number
  readonly log: Log
}

/** A new file is begun beyond this. */
const SEGMENT_BYTES = 4 * 1024 * 1024

/**
 * Entries that are accepted and not yet inserted, in append-only files. One `write` for the entries of a turn of
 * the event loop, before the last byte of their answers: what the kernel has, a kill of the process does not take.
 */
export class Journal {
  readonly #options: JournalOptions
  readonly #folder: string
  readonly #own: ProcessFolder
  #segments: Segment[] = []
  /** Files of processes that ended, to be inserted and removed. */
  #left: string[]
  #number = 0
  #total = 0
  #failing = false
  #syncing = false

  /** Makes a journal, and takes over those of processes that are gone. */
  constructor(options: JournalOptions) {
    this.#options = options
    this.#own = makeProcessFolder(options.folder)
    this.#folder = this.#own.path
    // Their names sort before the own.
    this.#left = takeOver(options.folder, this.#folder, (file, from, count) => (file.endsWith('.log') ? `left-${count}-${from.slice(0, 8)}.log` : undefined))
  }

  /** Writes entries down, all or none. Undefined when it could not: the disk is full, or the journal. */
  append({ frame }: WrittenRows): Segment | undefined {
    try {
      if (this.#total > this.#options.maxBytes) throw new Error(`The journal has reached ${this.#options.maxBytes} bytes.`)
      const segment = this.#current()
      const { length } = frame
      // At a place, not at the end: half a frame of a failed write is written over.
      for (let done = 0; done < length;) done += writeSync(segment.fd!, frame, done, length - done, segment.bytes + done)
      segment.bytes += length
      this.#total += length
      this.#failing = false
      if (this.#options.sync === 'fsync') this.#sync()
      return segment
    } catch (error) {
      if (!this.#failing) this.#options.log.error({ err: error, folder: this.#folder }, 'the spend journal cannot be written: entries are in memory only')
      this.#failing = true
      return undefined
    }
  }

  /** The entries of a frame of the segment were inserted. */
  inserted(segment: Segment): void {
    segment.waiting -= 1
    if (segment.waiting > 0 || segment.onDiskOnly) return
    if (segment !== this.#segments.at(-1)) this.#remove(segment)
    else if (segment.fd !== undefined) {
      ftruncateSync(segment.fd, 0)
      this.#total -= segment.bytes
      segment.bytes = 0
    }
  }

  /** Whether half of what it may take is taken. */
  get halfFull(): boolean {
    return this.#total > this.#options.maxBytes / 2
  }

  /** Whether files hold entries that are nowhere else. */
  get hasFiles(): boolean {
    return this.#left.length > 0 || this.#segments.some(({ onDiskOnly }) => onDiskOnly)
  }

  /** The next file with entries that are nowhere else, `left` by a process that is gone or of this one; `done` removes it. Undefined when there is none. */
  nextFile(): { readonly rows: readonly WrittenRows[]; readonly left: boolean; done(): void } | undefined {
    const file = this.#left[0]
    if (file !== undefined) {
      return {
        rows: this.#read(file),
        left: true,
        done: () => {
          this.#left.shift()
          rmSync(file, { force: true })
        },
      }
    }
    const segment = this.#segments.find(({ onDiskOnly, waiting }) => onDiskOnly && waiting === 0)
    if (!segment) return undefined
    // Entries that arrive from now on go to another file.
    if (segment.fd !== undefined) closeSync(segment.fd)
    segment.fd = undefined
    return { rows: this.#read(segment.file), left: false, done: () => this.#remove(segment) }
  }

  /** Gives the files up; what is in them is found by the next process that starts. */
  close(): void {
    for (const { fd } of this.#segments) if (fd !== undefined) closeSync(fd)
    const empty = this.#left.length === 0 && this.#segments.every(({ bytes }) => bytes === 0)
    this.#own.release()
    if (empty) rmSync(this.#folder, { recursive: true, force: true })
  }

  #current(): Segment {
    const last = this.#segments.at(-1)
    if (last?.fd !== undefined && last.bytes < SEGMENT_BYTES) return last
    if (last?.fd !== undefined) {
      closeSync(last.fd)
      last.fd = undefined
      if (last.waiting === 0 && !last.onDiskOnly) this.#remove(last)
    }
    this.#number += 1
    const file = join(this.#folder, `${String(this.#number).padStart(8, '0')}.log`)
    const segment: Segment = { file, fd: openSync(file, 'w', 0o600), bytes: 0, waiting: 0, onDiskOnly: false }
    this.#segments.push(segment)
    return segment
  }

  #remove(segment: Segment): void {
    this.#segments = this.#segments.filter((other) => other !== segment)
    if (segment.fd !== undefined) closeSync(segment.fd)
    segment.fd = undefined
    this.#total -= segment.bytes
    rmSync(segment.file, { force: true })
  }

  #read(file: string): readonly WrittenRows[] {
    let bytes: Buffer
    try {
      bytes = readFileSync(file)
    } catch (error) {
      this.#options.log.error({ err: error, file }, 'a spend journal cannot be read')
      return []
    }
    const { frames, ignored } = readFrames(bytes)
    if (ignored > 0) this.#options.log.warn({ file, bytes: ignored, frames: frames.length }, 'the spend journal ends in a torn entry, which was ignored')
    return frames.map(readRows)
  }

  /** One write-through at a time; what is written meanwhile goes with the next. */
  #sync(): void {
    const segment = this.#segments.at(-1)
    if (this.#syncing || segment?.fd === undefined) return
    this.#syncing = true
    const upTo = segment.bytes
    fdatasync(segment.fd, (error) => {
      this.#syncing = false
      if (error && error.code !== 'EBADF') this.#options.log.error({ err: error }, 'the spend journal cannot be written through to the disk')
      else if (segment.bytes > upTo) this.#sync()
    })
  }
}
