/** Somebody else works on the record now. */
export class Lost extends Error {}
