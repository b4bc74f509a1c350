// Récepteur : REJOINDRE et QUITTER, tapés au clavier, l'abonnent à un groupe et le désabonnent.
import { createSocket } from 'node:dgram'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'
import { nomInterface } from './interfaces.ts'

const options = lireOptions({ port: 12345, groupe: '239.255.43.21', interface: '127.0.0.1' })
const socket = createSocket({ type: 'udp4', reuseAddr: true })
let rang = 0

// #region lecture
socket.on('message', (datagramme, emetteur) => {
  rang += 1
  const de = `${emetteur.address}:${emetteur.port}`
  console.log(`Reçu n° ${rang} de ${de} :`, entreGuillemets(datagramme.toString()))
})
// #endregion

// #region groupe
function obeir(ligne: string): void {
  if (ligne === 'REJOINDRE') {
    if (tenter(() => socket.addMembership(options.groupe, options.interface)))
      console.log(`Groupe ${options.groupe} rejoint`)
    else
      console.log(
        `Groupe ${options.groupe} non rejoint : déjà membre, adresse hors de 224.0.0.0/4 ou interface inadaptée`,
      )
  } else if (ligne === 'QUITTER') {
    if (tenter(() => socket.dropMembership(options.groupe, options.interface)))
      console.log(`Groupe ${options.groupe} quitté`)
    else console.log(`Groupe ${options.groupe} non quitté : le rejoindre d'abord`)
  } else console.log('Commande inconnue : taper REJOINDRE ou QUITTER')
}

/** Node lève une exception là où Qt rend false. */
function tenter(appel: () => void): boolean {
  try {
    appel()
    return true
  } catch {
    return false
  }
}
// #endregion

if (nomInterface(options.interface) === undefined) {
  console.error(`Aucune interface ne porte l'adresse ${options.interface} : essayer --interface 127.0.0.1`)
  process.exit(1)
}
// #region attache
socket.on('listening', () => {
  console.log('Récepteur prêt (REJOINDRE, QUITTER), port :', socket.address().port)
  lireLignes(obeir, () => socket.close())
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, '0.0.0.0')
// #endregion
