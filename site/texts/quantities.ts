/** Numbers, durations and sizes in words. */

/** Made once: making one takes far longer than writing a number. */
const NUMBER = new Intl.NumberFormat('fr-FR')
const TENTHS = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 })

/** « 12 345 ». */
export function inFigures(value: number): string {
  return NUMBER.format(value)
}

/** « 8 s », « 12 min », « 1 h 05 », from milliseconds. */
export function durationInWords(duration: number): string {
  const seconds = Math.floor(duration / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** « 812 octets », « 14,6 Mo ». */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} octet${bytes > 1 ? 's' : ''}`
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'ko'] : [bytes / 1e6, 'Mo']
  return `${TENTHS.format(value)} ${unit}`
}

/** The mark printed in the terminal where output was dropped. */
export function gapMark(bytes: number): string {
  return `[… ${bytesInWords(bytes)} omis …]`
}
