import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { initialsOf } from './lanes.ts'

describe('the initials of the lanes', () => {
  it('are as short as tells them apart', () => {
    assert.deepEqual(initialsOf(['Client 1', 'Serveur', 'Client 2']), ['C1', 'S', 'C2'])
    assert.deepEqual(initialsOf(['Émetteur', 'Relais', 'Récepteur']), ['É', 'Re', 'Ré'])
    assert.deepEqual(initialsOf(['Console du client', 'Console du serveur']), ['Cc', 'Cs'])
    assert.deepEqual(initialsOf(['Abonné 1 (ici)', 'Abonné 2 (ici)']), ['A1', 'A2'])
  })
})
