/** Places to begin with; a power of two. */
const PLACES = 256

/**
 * Things under way, by id: many come, and soon go. A `Map` makes itself a new table again and again then. The one before
 * lies among V8's old objects, dead, with what was in it, and that is carried through each garbage collection until a full
 * one: it cost as much as the counting itself. Here is one table, and what is taken out of it is out.
 */
export class InFlight<Thing> {
  #ids: (string | undefined)[] = free(PLACES)
  #things: (Thing | undefined)[] = free(PLACES)
  #size = 0

  get size(): number {
    return this.#size
  }

  has(id: string): boolean {
    return this.#ids[this.#placeOf(id)] !== undefined
  }

  /** Adds a thing under an id that is not there. */
  add(id: string, thing: Thing): void {
    if (this.#size * 2 >= this.#ids.length) this.#grow()
    const place = this.#placeOf(id)
    this.#ids[place] = id
    this.#things[place] = thing
    this.#size += 1
  }

  /** Takes a thing out. */
  take(id: string): Thing | undefined {
    let gap = this.#placeOf(id)
    const thing = this.#things[gap]
    if (this.#ids[gap] === undefined) return undefined
    const last = this.#ids.length - 1
    // What was pushed on by others moves up, so that a free place still ends each search.
    for (let place = (gap + 1) & last; this.#ids[place] !== undefined; place = (place + 1) & last) {
      const home = hash(this.#ids[place]!) & last
      if (((place - home) & last) < ((place - gap) & last)) continue
      this.#ids[gap] = this.#ids[place]
      this.#things[gap] = this.#things[place]
      gap = place
    }
    this.#ids[gap] = undefined
    this.#things[gap] = undefined
    this.#size -= 1
    return thing
  }

  /** All things with their ids, in no order. Nothing may come or go meanwhile. */
  *entries(): Generator<readonly [id: string, thing: Thing]> {
    for (let place = 0; place < this.#ids.length; place += 1) {
      const id = this.#ids[place]
      if (id !== undefined) yield [id, this.#things[place]!]
    }
  }

  /** Where an id stands, or would. */
  #placeOf(id: string): number {
    const last = this.#ids.length - 1
    let place = hash(id) & last
    while (this.#ids[place] !== undefined && this.#ids[place] !== id) place = (place + 1) & last
    return place
  }

  #grow(): void {
    const all = [...this.entries()]
    const places = this.#ids.length * 2
    this.#ids = free(places)
    this.#things = free(places)
    this.#size = 0
    for (const [id, thing] of all) this.add(id, thing)
  }
}

function free(places: number): undefined[] {
  return Array.from({ length: places }, () => undefined)
}

/** FNV-1a. */
function hash(id: string): number {
  let sum = 0x811c9dc5
  for (let i = 0; i < id.length; i += 1) sum = Math.imul(sum ^ id.charCodeAt(i), 0x01000193)
  return sum ^ (sum >>> 15)
}
