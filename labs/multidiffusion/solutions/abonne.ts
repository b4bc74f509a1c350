// Exercice 8.4.2-3 : rejoindre et quitter des groupes, au clavier.
import { createSocket, type Socket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345, interface: '127.0.0.1' })
/** Un socket par groupe, attaché à son adresse : lui ne reçoit que ce groupe (sous Linux et macOS). */
const groupes = new Map<string, Socket>()

function rejoindre(groupe: string): void {
  if (groupes.has(groupe)) {
    console.log('REJOINT', groupe)
    return
  }
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  socket.on('message', (datagramme) => console.log('RECU', groupe, datagramme.length))
  socket.on('error', (erreur: NodeJS.ErrnoException) => {
    console.log('ERREUR', phrase(erreur.code, options.port))
    groupes.delete(groupe)
    socket.close()
  })
  groupes.set(groupe, socket)
  socket.bind(options.port, groupe, () => {
    try {
      socket.addMembership(groupe, options.interface)
      console.log('REJOINT', groupe)
    } catch (erreur) {
      socket.emit('error', erreur as Error)
    }
  })
}

function quitter(groupe: string): void {
  groupes.get(groupe)?.close()
  groupes.delete(groupe)
  console.log('QUITTE', groupe)
}

function obeir(ligne: string): void {
  const [commande, groupe = ''] = ligne.split(' ')
  if (commande === 'REJOINDRE' && !estGroupe(groupe)) console.log('ERREUR', groupe, "n'est pas un groupe")
  else if (commande === 'REJOINDRE') rejoindre(groupe)
  else if (commande === 'QUITTER') quitter(groupe)
  else if (commande === 'FIN') finir()
}

function estGroupe(adresse: string): boolean {
  const premier = Number(adresse.split('.')[0])
  return isIPv4(adresse) && premier >= 224 && premier <= 239
}

function finir(): void {
  process.exit(0)
}

lireLignes(obeir, finir)
