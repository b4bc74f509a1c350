// Exercice 8.4.2-3 : rejoindre et quitter des groupes, au clavier.
import { createSocket } from 'node:dgram'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345, interface: '127.0.0.1' })
const socket = createSocket({ type: 'udp4', reuseAddr: true })

// À vous : nommer le groupe visé ; un socket attaché à un groupe ne reçoit que ce groupe.
socket.on('message', (datagramme) => console.log(`RECU ? ${datagramme.length}`))
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, () => {
  console.log('Abonné prêt, port :', socket.address().port)
  lireLignes(obeir, () => socket.close())
})

function obeir(ligne: string): void {
  const [commande, groupe = ''] = ligne.split(' ')
  // À vous : QUITTER (QUITTE g), FIN, l'adresse refusée (ERREUR), la double adhésion.
  if (commande === 'REJOINDRE') {
    socket.addMembership(groupe, options.interface)
    console.log('REJOINT', groupe)
  }
}
