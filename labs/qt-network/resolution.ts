import { ADDRCONFIG, lookup } from 'node:dns'
import { QHostAddress } from './qhostaddress.ts'

/** Durée pendant laquelle Qt retient les adresses d'un nom, en ms (`QHostInfo`). */
const VALIDITE = 60_000

const connus = new Map<string, { adresses: string[]; jusqua: number }>()

/** Oublie les noms résolus, comme au début d'un programme. */
export function oublierNoms(): void {
  connus.clear()
}

/**
 * Les adresses d'un hôte : tout de suite pour une adresse écrite ou un nom déjà résolu depuis moins d'une minute,
 * plus tard sinon. Une liste vide : hôte introuvable.
 * https://doc.qt.io/qt-6/qhostinfo.html
 */
export function resoudre(hote: string, suite: (adresses: string[]) => void): void {
  const adresse = new QHostAddress(hote)
  if (!adresse.isNull()) {
    suite([adresse.toString()])
    return
  }
  const connu = connus.get(hote)
  if (connu !== undefined && connu.jusqua > performance.now()) {
    suite(connu.adresses)
    return
  }
  if (hote === '') {
    process.nextTick(suite, [])
    return
  }
  lookup(hote, { all: true, hints: ADDRCONFIG }, (erreur, reponses) => {
    const adresses = erreur === null ? reponses.map((reponse) => reponse.address) : []
    if (adresses.length > 0) connus.set(hote, { adresses, jusqua: performance.now() + VALIDITE })
    suite(adresses)
  })
}
