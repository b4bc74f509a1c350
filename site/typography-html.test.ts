import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Element } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { visit } from 'unist-util-visit'
import { composeHtml } from './typography-html.ts'

test('the text between tags is composed', () => {
  assert.equal(
    composeHtml('<p>L&#39;hôte répond <em>« oui »</em> !</p>'),
    '<p>L’hôte répond <em>«\u00a0oui\u00a0»</em>\u202f!</p>',
  )
})

test('code, scripts and attributes stay as typed', () => {
  const html = `<pre><span>a ? b : "l'eau"</span></pre><script>x ? 'a' : 'b'</script><i title="Qui ?">ok</i><code>a !</code>`
  assert.equal(composeHtml(html), html)
})

test('a sign of the markup within an attribute or a comment ends nothing', () => {
  const html = `<button data-code="serveur->listen(port : l'hôte ...) => x ? 1 : 2">ok</button><!-- > a ? -->`
  assert.equal(composeHtml(html), html)
})

test('an entity keeps its own semicolon', () => {
  assert.equal(composeHtml('<p>a &lt; b &amp; c</p>'), '<p>a &lt; b &amp; c</p>')
  assert.equal(composeHtml('<p>a &lt; b &amp; c ?</p>'), '<p>a &lt; b &amp; c\u202f?</p>')
})

/** Every attribute of every element, in order. */
function attributesOf(html: string): Element['properties'][] {
  const all: Element['properties'][] = []
  visit(fromHtml(html), 'element', ({ properties }) => {
    all.push(properties)
  })
  return all
}

test('whatever attributes say, they are kept to the byte, and composing twice changes nothing more', () => {
  const words = fc.constantFrom(
    '->',
    '=>',
    '<',
    '>',
    "l'eau",
    ' : ',
    '...',
    ' ?',
    '« a »',
    '&amp;',
    "'",
    '12 ms',
    '\n',
  )
  const value = fc.array(words).map((all) => all.join('').replaceAll('<', '&lt;'))
  const element = fc
    .tuple(value, value)
    .map(([code, text]) => `<b data-code="${code}">${text}</b><i title='${code.replaceAll("'", '')}'></i>`)
  fc.assert(
    fc.property(fc.array(element), (elements) => {
      const html = `<!doctype html><html><body>${elements.join('')}</body></html>`
      const once = composeHtml(html)
      assert.deepEqual(attributesOf(once), attributesOf(html))
      assert.equal(composeHtml(once), once)
    }),
  )
})
