const asked = new Map<string, Promise<void>>()

/**
 * Adds a stylesheet that the first paint does without; resolves once it applies. Rejects when it cannot be fetched:
 * the next call asks for it again.
 */
export function loadStyle(href: string): Promise<void> {
  const before = asked.get(href)
  if (before) return before
  const link = document.createElement('link')
  const loaded = new Promise<void>((resolve, reject) => {
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => {
      asked.delete(href)
      link.remove()
      reject(new Error(`${href} could not be fetched`))
    })
  })
  asked.set(href, loaded)
  link.rel = 'stylesheet'
  link.href = href
  document.head.append(link)
  return loaded
}
