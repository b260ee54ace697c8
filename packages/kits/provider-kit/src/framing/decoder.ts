import type { Frame, Framing } from '@tianjillm/core'
import { createAwsEventStreamDecoder } from './aws-event-stream.ts'
import { createNdjsonDecoder } from './ndjson.ts'
import { createSseDecoder } from './sse.ts'

/** Options of {@link createFrameDecoder}. */
export interface FrameDecoderOptions {
  /** Largest frame accepted, in bytes; above it `push` throws `upstream_malformed`. Default 16 MiB. */
  readonly maxFrameBytes?: number
}

/** Cuts one stream's bytes into frames. One per stream; after a throw it must not be used again. */
export interface FrameDecoder {
  /**
   * Takes the next bytes, cut anywhere. They are not kept after the call: what a frame still
   * lacks is copied.
   * @throws `upstream_malformed` for a frame that is too large or breaks the format.
   */
  push(chunk: Uint8Array, emit: (frame: Frame) => void): void
  /**
   * The body ended. Emits a last frame that is whole but for its final line ends, as providers
   * often send it.
   * @throws `upstream_interrupted` for a text frame cut in the middle of its JSON,
   * `upstream_malformed` for a cut AWS message.
   */
  end(emit: (frame: Frame) => void): void
}

export const DEFAULT_MAX_FRAME_BYTES = 16 * 1024 * 1024

/** A decoder for one stream of the given framing. */
export function createFrameDecoder(framing: Framing, { maxFrameBytes = DEFAULT_MAX_FRAME_BYTES }: FrameDecoderOptions = {}): FrameDecoder {
  switch (framing) {
    case 'sse': return createSseDecoder(maxFrameBytes)
    case 'ndjson': return createNdjsonDecoder(maxFrameBytes)
    case 'aws-event-stream': return createAwsEventStreamDecoder(maxFrameBytes)
  }
}
