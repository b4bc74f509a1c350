/**
 * French typography composed at render: the author types plain spaces and straight apostrophes.
 * After the Lexique de l'Imprimerie nationale. Pure and idempotent; to be given text only, never code.
 */
const NBSP = '\u00a0'
const THIN = '\u202f'
const UNITS =
  'octets?|Kio|Mio|Gio|ko|Mo|Go|bits?|ms|s|secondes?|minutes?|min|heures?|h|%|€|Mbit/s|caractères?|clients?|ports?|lignes?'
const BEFORE_UNIT = new RegExp(`(\\d)[ \u00a0](?=(?:${UNITS})(?![\\p{L}]))`, 'gu')

/** The text with its spaces, quotes and ellipses as they are printed. */
export function compose(text: string): string {
  return text
    .replace(/\.\.\./g, '…')
    .replace(/(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}«]|$)/gu, '’')
    .replace(/«[ \u00a0\u202f]*/g, `«${NBSP}`)
    .replace(/[ \u00a0\u202f]*»/g, `${NBSP}»`)
    .replace(/[ \u00a0\u202f]+([;!?])/g, `${THIN}$1`)
    .replace(/[ \u00a0\u202f]+:(?=\s|$)/g, `${NBSP}:`)
    .replace(BEFORE_UNIT, `$1${NBSP}`)
    .replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g, THIN)
}
