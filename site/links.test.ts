import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const SITE = import.meta.dirname

/** An attribute that names an address from the root, in a page or a component: such an address ignores the prefix. */
const ABSOLUTE = /\b(?:href|src|action|srcset)=(?:"|'|\{\s*[`'"])\/(?!\/)/

test('no page and no component writes an address that ignores the prefix', () => {
  const sources = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.astro'),
  )
  assert.ok(sources.length > 30, 'the components were not found')
  const absolute = sources.flatMap((path) =>
    readFileSync(join(SITE, path), 'utf8')
      .split('\n')
      .flatMap((line, at) => (ABSOLUTE.test(line) ? [`${path}:${at + 1}`] : [])),
  )
  assert.deepEqual(absolute, [])
})
