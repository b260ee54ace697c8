import type { Dialect, GatewayError, Operation, Operations } from '@tianjillm/core'

/** A caller's dialect for one kind of call: how its requests are read and its answers written. */
export interface Codec<O extends Operation> {
  readonly dialect: Dialect
  /** Checks the body's types. @throws `invalid_request` naming the field */
  parse(body: Record<string, unknown>): Operations[O]['input']
  /** Whether the caller wants a stream. */
  streams(input: Operations[O]['input']): boolean
  /** Whether the caller asked to see usage on a stream. */
  showsUsage(input: Operations[O]['input']): boolean
  encode(output: Operations[O]['output']): string
  /** One chunk as it goes on the wire, framing included. `showUsage` false leaves usage out; '' when nothing remains. */
  encodeChunk(chunk: Operations[O]['chunk'], showUsage: boolean): string
  /** Reads back what {@link encode} wrote, for answers that were kept. Absent: kept answers only leave as they came. @throws for anything else */
  decode?(text: string): Operations[O]['output']
  /** Reads back one event of {@link encodeChunk}, by its data; undefined for the end mark. Absent: streams are not kept. @throws for anything else */
  decodeChunk?(data: string): Operations[O]['chunk'] | undefined
  /** What ends a complete stream, framing included. */
  readonly done: string
  /** Whether a stream in this dialect that ended came to its end. `text` holds its first and its last events. */
  isComplete(text: string): boolean
  errorBody(error: GatewayError): string
  /** An error after the first byte, framing included. */
  errorEvent(error: GatewayError): string
}
