/** What came is not an HTTP/1.1 answer. The reason is ours and repeats nothing of what came. */
export class Malformed extends Error {
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.name = 'Malformed'
    this.reason = reason
  }
}
