import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf, KNOWN_SOURCES, nodeLicence, nodeSources } from './extract.ts'

test('the JavaScript of Node is the one that the machine was written against', () => {
  assert.equal(
    hashOf(nodeSources()),
    KNOWN_SOURCES,
    `Node was updated to ${process.version}: play tests/machine, then write the new hash in extract.ts`,
  )
})

test('its licence goes with it', () => {
  assert.match(
    nodeLicence(),
    /Copyright Node\.js contributors|https:\/\/raw\.githubusercontent\.com\/nodejs\//,
  )
})
