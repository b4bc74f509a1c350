// Le même récepteur UDP avec node:dgram.
import { createSocket, type RemoteInfo } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

// #region classe
const udpSocket = createSocket('udp4')
// #endregion

// #region attache
function attacher(port: number): void {
  // ATTACHER
  udpSocket.on('error', (erreur: NodeJS.ErrnoException) => {
    console.log(phrase(erreur.code, port))
    process.exitCode = 1
  })
  udpSocket.on('message', lireDatagram)
  udpSocket.on('listening', () => console.log('Récepteur attaché au port :', udpSocket.address().port))
  udpSocket.bind({ port, exclusive: true })
}
// #endregion

// #region lecture
function lireDatagram(donnees: Buffer, emetteur: RemoteInfo): void {
  // ÉCHANGER
  console.log('Données :', entreGuillemets(donnees.toString('utf8')))
  console.log('Adresse source :', entreGuillemets(emetteur.address), 'Port source :', emetteur.port)
  // #region reponse
  const accuse = Buffer.concat([Buffer.from('Reçu : '), donnees])
  if (emetteur.port === 0) return // personne ne peut recevoir au port 0, et Node lèverait une exception
  udpSocket.send(accuse, emetteur.port, emetteur.address, (erreur) => {
    if (erreur) console.log('Réponse impossible :', phrase(erreur))
  })
  // #endregion
}
// #endregion

// #region principal
const options = lireOptions({ port: 12345 })
attacher(options.port)
// #endregion
