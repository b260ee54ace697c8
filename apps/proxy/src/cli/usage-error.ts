/** A command line that cannot be understood; the exit code is 2. */
export class UsageError extends Error {
  /** What is printed below the message. */
  readonly help: string

  constructor(message: string, help = '') {
    super(message)
    this.help = help
  }
}
