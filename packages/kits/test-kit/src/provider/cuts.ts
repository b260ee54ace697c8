import assert from 'node:assert/strict'
import type { AdapterOf, Frame, Operation } from '@tianjillm/core'
import { asArray, asRecord, createFrameDecoder } from '@tianjillm/provider-kit'
import { testCall } from './call.ts'

/** Above this, frames are compared at a sample of the positions only: the cost is positions times bytes. */
const EVERY_POSITION = 8 * 1024
/** How much at both ends is cut at every position of a larger stream. */
const ENDS = 2 * 1024
const SAMPLES = 500

/**
 * Positions at which a stream is cut: all of a small one; of a larger one all in its first and
 * last 2 KiB (where streams begin, finish and tell usage), all next to and inside characters of
 * several bytes (where text breaks), and an even sample of the rest.
 */
export function cutPositions(bytes: Uint8Array): number[] {
  const step = Math.max(1, Math.floor(bytes.length / SAMPLES))
  const positions: number[] = []
  for (let at = 1; at < bytes.length; at++) {
    const inside = (bytes[at]! & 0xc0) === 0x80
    if (bytes.length <= EVERY_POSITION || at < ENDS || at >= bytes.length - ENDS || inside || at % step === 0) positions.push(at)
  }
  // Binary streams are all "characters of several bytes"; an even part of them must do.
  const most = EVERY_POSITION + SAMPLES
  return positions.length <= most ? positions : positions.filter((_, i) => i % Math.ceil(positions.length / most) === 0)
}

/** The chunks of a recorded stream that arrives in these pieces, without any HTTP. */
export function translate<O extends Operation>(adapter: AdapterOf<O>, model: string, pieces: Iterable<Uint8Array>): unknown[] {
  const chunks: unknown[] = []
  const decoder = createFrameDecoder(adapter.framing ?? 'sse')
  const translator = adapter.stream!(testCall({ model, stream: true }))
  const emit = (chunk: unknown): void => void chunks.push(chunk)
  const onFrame = (frame: Frame): void => translator.push(frame, emit)
  for (const piece of pieces) decoder.push(piece, onFrame)
  decoder.end(onFrame)
  translator.end(emit)
  return chunks
}

/** The chunks of a stream that ends, at a frame's end, before anything says that the answer is finished. */
export function translateUnfinished<O extends Operation>(adapter: AdapterOf<O>, model: string, bytes: Uint8Array): void {
  const translator = adapter.stream!(testCall({ model, stream: true }))
  const frames = framesOf(adapter, [bytes])
  let finished = false
  const look = (chunk: unknown): void => {
    finished ||= asArray(asRecord(chunk)['choices']).some((choice) => typeof asRecord(choice)['finish_reason'] === 'string')
  }
  // Where chunks do not say it, the first third of the frames is taken to be the beginning.
  const probe = adapter.stream!(testCall({ model, stream: true }))
  const end = frames.findIndex((frame) => {
    probe.push(frame, look)
    return finished
  })
  for (const frame of frames.slice(0, end === -1 ? Math.floor(frames.length / 3) : Math.min(end, frames.length - 2))) translator.push(frame, () => {})
  translator.end(() => {})
}

/**
 * Fails unless a stream gives the same chunks however its bytes are cut. Translators see frames
 * only, so equal frames mean equal chunks: frames are compared at every position, and the whole
 * translation byte by byte and at a few cuts, which shows state that outlives a stream.
 */
export function assertCuts<O extends Operation>(adapter: AdapterOf<O>, model: string, bytes: Buffer): void {
  const expected = JSON.stringify(translate(adapter, model, [bytes]))
  const positions = cutPositions(bytes)
  const same = (pieces: Iterable<Uint8Array>, how: string): void =>
    assert.ok(JSON.stringify(translate(adapter, model, pieces)) === expected, `The stream gives other chunks when it arrives ${how}.`)
  same(oneByOne(bytes), 'byte by byte')
  const few = Math.max(1, Math.floor(positions.length / 16))
  const frames = framesOf(adapter, [bytes])
  for (const [i, at] of positions.entries()) {
    const pieces = [bytes.subarray(0, at), bytes.subarray(at)]
    if (i % few === 0) same(pieces, `cut at byte ${at}`)
    assert.ok(sameFrames(framesOf(adapter, pieces), frames), `The stream gives other frames when it is cut at byte ${at}.`)
  }
}

function framesOf(adapter: { readonly framing?: 'sse' | 'ndjson' | 'aws-event-stream' }, pieces: Iterable<Uint8Array>): Frame[] {
  const frames: Frame[] = []
  const decoder = createFrameDecoder(adapter.framing ?? 'sse')
  const emit = (frame: Frame): void => void frames.push(frame)
  for (const piece of pieces) decoder.push(piece, emit)
  decoder.end(emit)
  return frames
}

function sameFrames(one: readonly Frame[], other: readonly Frame[]): boolean {
  return one.length === other.length && one.every((frame, i) => frame.event === other[i]!.event && frame.data === other[i]!.data)
}

function* oneByOne(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1)
}
