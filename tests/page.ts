/** What the tests ask of a built page, read from its HTML. */

export interface Page {
  ids: Set<string>
  links: string[]
  /** Scripts, styles, images and fonts. */
  resources: string[]
  labs: string[]
  /** Whether the visible text holds these words, whatever their spaces, quotes and dashes. */
  contains(words: string): boolean
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function decode(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1).replace(/^x/i, '0x')))
    return ENTITIES[name] ?? whole
  })
}

/** Text as compared: one kind of space and of apostrophe, no space before punctuation. */
function normal(text: string): string {
  return text
    .replace(/[’‘]/g, "'")
    .replace(/…/g, '...')
    .replace(/`/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/ (?=[:;!?»,.)])/g, '')
    .replace(/(?<=[«(]) /g, '')
    .toLowerCase()
}

function attributes(html: string, tag: string, name: string): string[] {
  const pattern = new RegExp(`<(?:${tag})\\b[^>]*?\\s${name}="([^"]*)"`, 'gi')
  return [...html.matchAll(pattern)].map((match) => decode(match[1]!))
}

/** Reads a page of the built site. */
export function readPage(html: string): Page {
  const body = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
  const text = normal(decode(body.replace(/<[^>]+>/g, '')))
  return {
    ids: new Set(attributes(html, '[a-z][\\w-]*', 'id')),
    links: attributes(html, 'a', 'href'),
    resources: [...attributes(html, 'link', 'href'), ...attributes(html, 'script|img|source|iframe', 'src')],
    labs: attributes(html, 'section', 'data-lab'),
    contains: (words) => text.includes(normal(words)),
  }
}
