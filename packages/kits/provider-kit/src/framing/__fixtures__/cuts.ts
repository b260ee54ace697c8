/** Drives decoders in tests: the same bytes, cut in every way. */
import type { Frame, Framing } from '@tianjillm/core'
import { createFrameDecoder, type FrameDecoderOptions } from '../decoder.ts'

/** All frames of `bytes` when it arrives cut at the given positions. */
export function framesOf(framing: Framing, bytes: Uint8Array, cuts: readonly number[] = [], options?: FrameDecoderOptions): Frame[] {
  const frames: Frame[] = []
  const decoder = createFrameDecoder(framing, options)
  const emit = (frame: Frame): void => void frames.push(frame)
  let from = 0
  for (const cut of [...cuts, bytes.length]) {
    // A copy that is overwritten afterwards: a decoder that kept the caller's bytes shows.
    const chunk = Uint8Array.from(bytes.subarray(from, cut))
    decoder.push(chunk, emit)
    chunk.fill(0x21)
    from = cut
  }
  decoder.end(emit)
  return frames
}

/** Checks `judge` on the frames for no cut, for each single cut, and byte by byte. */
export function eachCut(framing: Framing, bytes: Uint8Array, judge: (frames: Frame[], how: string) => void): void {
  judge(framesOf(framing, bytes), 'in one piece')
  for (let cut = 0; cut <= bytes.length; cut++) judge(framesOf(framing, bytes, [cut]), `cut at byte ${cut}`)
  judge(framesOf(framing, bytes, Array.from({ length: bytes.length }, (_, i) => i)), 'byte by byte')
}
