/** What is said of a file that could not be opened or saved: of a runner only where there is one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FileError } from '../link/source.ts'
import { notOpened, notSaved } from './refusals.ts'

const SILENT = new FileError(null)

test('nobody answers: the runner is named where it keeps the files, and nowhere else', () => {
  assert.match(notOpened(SILENT, {}, true), /lanceur/)
  assert.match(notSaved(null, {}), /lanceur/)
  assert.doesNotMatch(notOpened(SILENT, { inPage: true }, true), /lanceur/)
  assert.doesNotMatch(notSaved(null, { inPage: true }), /lanceur/)
})

test('a refusal says its reason; a part of the page that is missing is no refusal', () => {
  const absent = new FileError({ reason: 'unknown-file' })
  assert.match(notOpened(absent, {}, true), /n’est pas de ceux/)
  assert.match(notSaved({ reason: 'disk-full' }, {}), /disque est plein/)
  assert.match(notOpened(new TypeError('fetch'), { inPage: true }, true), /partie de la page/)
  assert.match(notOpened(new TypeError('fetch'), {}, false), /lanceur/)
})
