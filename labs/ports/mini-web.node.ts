// Mini-web : répond à une demande HTTP par une page d'une ligne, puis raccroche.
import { createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({ port: 8080, adresse: '127.0.0.1' })

/** Une demande plus longue n'est pas attendue jusqu'au bout. */
const DEMANDE_MAX = 8192

// #region reponse
function repondre(client: Socket): void {
  let demande = ''
  client.on('data', (octets) => {
    demande += octets.toString('latin1')
    // En HTTP, une ligne vide termine la demande.
    if (!demande.includes('\r\n\r\n') && demande.length < DEMANDE_MAX) return
    console.log(`Demande de ${client.remoteAddress}:${client.remotePort} : ${premiereLigne(demande)}`)
    const page = 'Bonjour du mini-web\n'
    client.end(`HTTP/1.1 200 OK\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`)
    client.removeAllListeners('data').resume()
  })
  client.on('error', (erreur) => console.log('Client perdu :', phrase(erreur)))
}
// #endregion

function premiereLigne(demande: string): string {
  return entreGuillemets(demande.split('\r\n')[0]!.slice(0, 100))
}

// #region ecoute
const serveur = createServer(repondre)
serveur.on('listening', () => {
  const adresse = serveur.address()
  if (adresse !== null && typeof adresse === 'object') console.log('Mini-web prêt, port :', adresse.port)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, options.adresse)
// #endregion
