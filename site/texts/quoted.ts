/** A name in French quotes. */
export function quoted(name = ''): string {
  return `« ${name} »`
}
