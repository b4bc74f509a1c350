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
/** Node lit lui-même la file du noyau : un appel par datagramme, même vide. */
function lireDatagram(donnees: Buffer, { address, port }: RemoteInfo): void {
  // ÉCHANGER
  const texte = entreGuillemets(donnees.toString('utf8'))
  console.log(`Reçu de "${address}" : ${port} Taille : ${donnees.length} ${texte}`)
}
// #endregion

// #region principal
const options = lireOptions({ port: 12345 })
attacher(options.port)
// #endregion
