/** The sentences of the pages: all in `texts/`, each composed once. Figures say their own words, inside their drawing. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'

const HERE = import.meta.dirname

/** The components, each with its template: what stands after its code, without comments, scripts, styles and strings built from values. */
const templates = globSync('**/*.astro', { cwd: HERE, exclude: ['figures/**'] }).map((file) => ({
  file,
  template: templateOf(readFileSync(join(HERE, file), 'utf8')),
}))

function templateOf(source: string): string {
  return source
    .replace(/^---[\s\S]*?\n---\n/, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/`[^`]*`/g, '')
    .replace(/\breturn \(/g, '')
}

/** Words written in a template, as text or in an attribute that is read. */
function wordsIn(template: string): string[] {
  const texts = [...template.matchAll(/(?<=[^=]>|\})([^<>{}=&|]*)(?=[<{])/g)].map(([text]) => text)
  const attributes = [...template.matchAll(/\s(?:title|aria-label|alt|placeholder)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  )
  return [...texts, ...attributes].map((text) => text.trim()).filter((text) => /\p{L}{2}/u.test(text))
}

/** Texts composed by hand, though the page is composed as a whole; attributes are not. */
function composedTwice(template: string): string[] {
  return [...template.matchAll(/(?<!=\s*)\{[^{}]*compose\([^\n]*/g)].map(([found]) => found)
}

describe('a component of the pages', () => {
  for (const { file, template } of templates) {
    test(`${file} has no sentence of its own and composes no text`, () => {
      assert.deepEqual(wordsIn(template), [])
      assert.deepEqual(composedTwice(template), [])
    })
  }

  test('planted faults are seen', () => {
    const sentence = templateOf('---\nconst x = 1\n---\n<p>{x} sur une page</p><i title="Trop">ok</i>')
    assert.deepEqual(wordsIn(sentence), ['sur une page', 'ok', 'Trop'])
    assert.equal(composedTwice('<p title={compose(a)}>{compose(b)}</p>').length, 1)
  })
})
