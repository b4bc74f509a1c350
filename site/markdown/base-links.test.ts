import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'hast'
import { baseLinks } from './base-links.ts'

const linked = (href: string, base: string) => {
  const link = { type: 'element', tagName: 'a', properties: { href }, children: [] }
  baseLinks({ base })({ type: 'root', children: [link] } as unknown as Root)
  return link.properties.href
}

test('a link from the root takes the prefix of the site', () => {
  assert.equal(linked('/glossaire/', '/user/x/proxy/4321/'), '/user/x/proxy/4321/glossaire/')
  assert.equal(linked('/', '/cours'), '/cours/')
  assert.equal(linked('/glossaire/', '/'), '/glossaire/')
})

test('any other link stays as it is', () => {
  for (const href of ['#quiz', '//hote/', 'https://doc.qt.io/', 'voisine/'])
    assert.equal(linked(href, '/cours'), href)
})
