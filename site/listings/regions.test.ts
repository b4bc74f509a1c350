import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cppListingOf, listingOf, markProblems, regionOf } from './regions.ts'

const FILE = `class Serveur {
  // #region lecture
  lire() {
    // #region detail
    const recu = this.socket.readAll()
    // #endregion
  }
  // #endregion
}
`

test('a region loses its margin and the marks inside it', () => {
  assert.equal(regionOf(FILE, 'lecture'), 'lire() {\n  const recu = this.socket.readAll()\n}')
})

test('a region within a region stands on its own', () => {
  assert.equal(regionOf(FILE, 'detail'), 'const recu = this.socket.readAll()')
})

test('a name that no mark bears gives nothing', () => {
  assert.equal(regionOf(FILE, 'lect'), null)
})

test('marks that do not go by pairs, and names given twice, are told with their lines', () => {
  assert.deepEqual(markProblems(FILE), [])
  const lines = (text: string) => markProblems(text).map(({ line }) => line)
  assert.deepEqual(lines(FILE.replace('    // #endregion\n', '')), [2])
  assert.deepEqual(lines(`${FILE}// #endregion\n`), [10])
  assert.deepEqual(lines(FILE.replace('detail', 'lecture')), [4])
  assert.deepEqual(lines(FILE.replace('// #region detail', '// #region')), [4])
  assert.deepEqual(lines(FILE.replace('// #region detail', '//#region detail')), [4])
})

test('a listing comes from the very file that runs', () => {
  const { file, lang, code } = listingOf('udp', 'recepteur.ts')
  assert.equal(file, 'recepteur.ts')
  assert.equal(lang, 'ts')
  assert.match(code, /QUdpSocket/)
  assert.doesNotMatch(code, /#region/)
})

test('a missing file, region or C++ program stops the build and says where', () => {
  assert.throws(() => listingOf('udp', 'absent.ts'), /labs\/udp\/absent\.ts n'existe pas/)
  assert.throws(
    () => listingOf('udp', 'recepteur.ts', 'absente'),
    /labs\/udp\/recepteur\.ts n'a pas de région « absente » : entourez le passage de \/\/ #region absente/,
  )
  assert.throws(() => cppListingOf('udp', 'absent', 'lecture'), /labs\/udp\/qt\/absent\/ n'a pas de région/)
})
