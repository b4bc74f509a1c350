import assert from 'node:assert/strict'
import { test } from 'node:test'
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

test('an entity keeps its own semicolon', () => {
  assert.equal(composeHtml('<p>a &lt; b &amp; c</p>'), '<p>a &lt; b &amp; c</p>')
})
