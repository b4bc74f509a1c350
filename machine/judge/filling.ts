/** Connections that a black hole makes to itself, to fill its queue. */
export const FILLING = 4
