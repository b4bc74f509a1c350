/** The file at the root of a site of files that keeps it for when there is no network. */
export const OFFLINE_WORKER = 'hors-ligne.js'
