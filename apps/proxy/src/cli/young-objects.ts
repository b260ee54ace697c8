import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8 from making new objects old. Where enough arrays of a place in the code have stayed, it makes all further ones
 * of that place among the old objects ("pretenuring"). Node's event emitters have such a place: the array of two listeners
 * of an event. Long-lived ones of the start make up its mind, or do not, as it happens; and from then on the listeners of
 * each answer keep that answer, with its request, until a full garbage collection. Measured: five kilobytes of each call
 * carried along, a quarter fewer calls a second, in one process of four.
 */
export function keepObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
