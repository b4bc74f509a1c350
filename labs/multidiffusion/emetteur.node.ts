// Émetteur : envoie chaque ligne tapée au groupe. Il n'a pas besoin d'en être membre.
import { createSocket } from 'node:dgram'
import { BlockList, isIPv4 } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { nomInterface } from './interfaces.ts'

const options = lireOptions({ port: 12345, groupe: '239.255.43.21', interface: '127.0.0.1' })
const socket = createSocket('udp4')
const groupes = new BlockList()
groupes.addSubnet('224.0.0.0', 4)

if (!isIPv4(options.groupe) || !groupes.check(options.groupe)) {
  console.error(
    `« ${options.groupe} » n'est pas un groupe : choisir une adresse de 224.0.0.0 à 239.255.255.255`,
  )
  process.exit(2)
}
if (nomInterface(options.interface) === undefined) {
  console.error(`Aucune interface ne porte l'adresse ${options.interface} : essayer --interface 127.0.0.1`)
  process.exit(1)
}

// #region envoi
socket.bind(0, () => {
  // L'interface de sortie se choisit sur un socket déjà attaché.
  socket.setMulticastInterface(options.interface)
  // Avec 1, le datagramme ne quitte pas le réseau local : aucun routeur ne le transmet.
  socket.setMulticastTTL(1)
  console.log('Émetteur prêt : un message par ligne, Ctrl+D pour finir')
  lireLignes(envoyer, () => socket.close())
})

function envoyer(texte: string): void {
  socket.send(texte, options.port, options.groupe, (erreur, taille) => {
    if (!erreur) return console.log(`Envoyé au groupe ${options.groupe}:${options.port}, taille ${taille}`)
    console.error(phrase(erreur))
  })
}
// #endregion
