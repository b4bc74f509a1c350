/**
 * Relais en espace utilisateur : se place entre deux programmes et maltraite ce qui passe, dans les deux sens.
 * En UDP il perd, double, retarde et inverse des datagrammes. En TCP il termine deux connexions : il ne peut donc que
 * retarder et recouper les octets ; une perte sous TCP est réparée par le noyau, jamais vue d'un programme.
 */
import { createSocket, type RemoteInfo, type Socket as SocketUdp } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, isIPv6, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Chances, decouper, hasard, type Sort, sorts } from './malice.ts'
import { phrase } from './phrases.ts'

/** Le relais relit ses réglages à chaque envoi : on peut les changer en marche, sauf le port et la graine. */
export interface Reglages extends Chances {
  /** Port d'écoute du relais, 0 pour un port choisi par le système. */
  port: number
  /** Destinataire réel. */
  hote: string
  vers: number
  /** Retard de chaque datagramme ou de chaque lecture TCP, en ms. */
  retard: number
  /** TCP : taille maximale des morceaux, en octets ; 0 ne recoupe rien. */
  decoupe: number
  graine: number
}

/** Ce que le relais fait savoir à son programme. */
export interface Temoin {
  pret: (port: number) => void
  dire: (ligne: string) => void
  /** Le relais n'a pas pu s'attacher à son port. */
  echec: (erreur: Error) => void
}

/** Un datagramme retenu part seul si aucun autre ne le suit après ce délai, en ms. */
const ATTENTE_MAX = 300
/** Émetteurs suivis en même temps ; au-delà, le plus ancien est oublié. */
const EMETTEURS_MAX = 64
/** Pause entre deux morceaux, en ms : sans elle, le noyau les recollerait. */
const PAUSE_MORCEAU = 5

/**
 * Relaie des datagrammes. Chaque émetteur a son propre socket vers le destinataire : les réponses lui reviennent.
 * Rend la fonction qui arrête le relais.
 */
export function relayerUdp(reglages: Reglages, temoin: Temoin): () => void {
  const entree = createSocket('udp4')
  const voies = new Map<string, { aller: (d: Buffer) => void; sortie: SocketUdp }>()

  const ouvrir = (cle: string, emetteur: RemoteInfo) => {
    const sortie = createSocket(isIPv6(reglages.hote) ? 'udp6' : 'udp4')
    // Un datagramme retardé peut survivre à la voie de son émetteur.
    const aller = (d: Buffer) => {
      if (voies.get(cle)?.sortie === sortie) sortie.send(d, reglages.vers, reglages.hote, dire)
    }
    const retour = (d: Buffer) => entree.send(d, emetteur.port, emetteur.address, dire)
    const reponses = maltraiter('←', reglages, reglages.graine + 1, retour, temoin)
    sortie.on('message', reponses)
    sortie.on('error', dire)
    return { aller: maltraiter('→', reglages, reglages.graine, aller, temoin), sortie }
  }
  const dire = (erreur: Error | null) => {
    if (erreur) temoin.dire(`[relais] envoi impossible : ${phrase(erreur)}`)
  }

  entree.on('message', (datagramme, emetteur) => {
    const cle = `${emetteur.address}:${emetteur.port}`
    let voie = voies.get(cle)
    if (!voie) {
      const [ancienne] = voies
      if (voies.size === EMETTEURS_MAX && ancienne) {
        ancienne[1].sortie.close()
        voies.delete(ancienne[0])
      }
      voie = ouvrir(cle, emetteur)
      voies.set(cle, voie)
    }
    voie.aller(datagramme)
  })
  entree.on('error', temoin.echec)
  entree.bind(reglages.port, '127.0.0.1', () => temoin.pret(entree.address().port))
  return () => {
    entree.close()
    for (const { sortie } of voies.values()) sortie.close()
    voies.clear()
  }
}

/** Rend la fonction par laquelle passent les datagrammes d'un sens ; `envoyer` reçoit ceux qui survivent. */
function maltraiter(
  sens: string,
  reglages: Reglages,
  graine: number,
  envoyer: (datagramme: Buffer) => void,
  temoin: Temoin,
): (datagramme: Buffer) => void {
  const tirer = sorts(graine, reglages)
  let rang = 0
  let retenu: { datagramme: Buffer; minuteur: NodeJS.Timeout } | undefined

  const partir = (datagramme: Buffer) => {
    const { retard } = reglages
    if (retard === 0) envoyer(datagramme)
    else setTimeout(envoyer, retard, datagramme)
  }
  const liberer = () => {
    if (!retenu) return
    clearTimeout(retenu.minuteur)
    partir(retenu.datagramme)
    retenu = undefined
  }
  return (datagramme) => {
    rang += 1
    const tire = tirer()
    const sort: Sort = tire === 'retenu' && retenu ? 'transmis' : tire
    const attente = sort !== 'perdu' && reglages.retard > 0 ? `, retardé de ${reglages.retard} ms` : ''
    temoin.dire(`[relais] ${sens} n° ${rang}, taille ${datagramme.length} : ${sort}${attente}`)
    if (sort === 'perdu') return
    if (sort === 'retenu') {
      retenu = { datagramme, minuteur: setTimeout(liberer, ATTENTE_MAX) }
      return
    }
    partir(datagramme)
    if (sort === 'doublé') partir(datagramme)
    liberer()
  }
}

/**
 * Relaie des connexions TCP. La fin d'un sens et la remise à zéro sont transmises.
 * Rend la fonction qui cesse d'accueillir des clients.
 */
export function relayerTcp(reglages: Reglages, temoin: Temoin): () => void {
  let rang = 0
  const serveur = createServer({ allowHalfOpen: true }, (client) => {
    rang += 1
    const numero = rang
    temoin.dire(`[relais] connexion n° ${numero} relayée vers ${reglages.hote}:${reglages.vers}`)
    const cible = connect({ host: reglages.hote, port: reglages.vers, allowHalfOpen: true })
    let rompue = false
    const rompre = (erreur: Error) => {
      if (rompue) return
      rompue = true
      temoin.dire(`[relais] connexion n° ${numero} rompue : ${phrase(erreur)}`)
      client.resetAndDestroy()
      cible.resetAndDestroy()
    }
    client.on('error', rompre)
    cible.on('error', rompre)
    const sens = [
      acheminer('→', client, cible, hasard(reglages.graine + numero), reglages, temoin),
      acheminer('←', cible, client, hasard(reglages.graine + numero + 1), reglages, temoin),
    ]
    // Une rupture est déjà dite par l'événement « error » du socket qui l'a subie.
    Promise.all(sens).catch(() => undefined)
  })
  serveur.on('error', temoin.echec)
  serveur.listen(reglages.port, '127.0.0.1', () => {
    const adresse = serveur.address()
    if (adresse !== null && typeof adresse === 'object') temoin.pret(adresse.port)
  })
  return () => serveur.close()
}

async function acheminer(
  sens: string,
  source: Socket,
  cible: Socket,
  tirage: () => number,
  reglages: Reglages,
  temoin: Temoin,
): Promise<void> {
  cible.setNoDelay(true)
  // Par défaut, la fin de la lecture détruirait le socket, et l'autre sens avec lui.
  for await (const lus of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const { decoupe, retard } = reglages
    if (retard > 0) await pause(retard)
    const morceaux = decouper(lus, decoupe, tirage)
    const detail = decoupe > 0 ? `, morceaux : ${morceaux.length}` : ''
    const attente = retard > 0 ? `, retardé de ${retard} ms` : ''
    temoin.dire(`[relais] ${sens} lu, taille ${lus.length}${detail}${attente}`)
    for (const morceau of morceaux) {
      if (!cible.write(morceau)) await once(cible, 'drain')
      if (decoupe > 0) await pause(PAUSE_MORCEAU)
    }
  }
  cible.end()
}
