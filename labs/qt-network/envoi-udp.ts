import { estDiffusion, noterDiffusion } from './diffusions.ts'
import { NetworkLayerProtocol } from './enumeration.ts'
import { DATAGRAMME_TROP_GRAND, ENVOI_IMPOSSIBLE, type Erreur } from './erreurs.ts'
import type { MoteurUdp } from './moteur-udp.ts'
import { QHostAddress } from './qhostaddress.ts'

const { AnyIPProtocol, IPv4Protocol } = NetworkLayerProtocol

/** Données au plus dans un datagramme, en octets : 65 535 moins les en-têtes (RFC 768, RFC 791, RFC 8200). */
const MAX_IPV4 = 65_507
const MAX_IPV6 = 65_527

/** Début d'une adresse IPv4 écrite en IPv6 (RFC 4291, 2.5.5.2). */
const IPV4_EN_IPV6 = '::ffff:'

/**
 * Les envois d'un socket UDP attaché. Ce que Qt refuse pendant l'appel, et que Node ne dirait que plus tard ou par
 * une exception, est vérifié d'avance.
 * https://doc.qt.io/qt-6/qudpsocket.html#writeDatagram
 */
export class EnvoiUdp {
  readonly #moteur: MoteurUdp
  readonly #routeCoupee: () => void
  #dernierHote: QHostAddress | null = null
  #destination: string | null = null
  #diffusion = false
  /** L'issue d'un envoi de ce tour est déjà attendue : une route coupée ne s'annonce qu'une fois par tour. */
  #surveille = false

  /** @param routeCoupee Appelée après un envoi que le système n'a pas su acheminer. */
  constructor(moteur: MoteurUdp, routeCoupee: () => void) {
    this.#moteur = moteur
    this.#routeCoupee = routeCoupee
  }

  /** @returns `null`, ou la raison du refus. */
  envoyer(octets: Uint8Array, hote: QHostAddress, port: number): Erreur | null {
    // On écrit souvent plusieurs fois de suite au même hôte : sa forme pour Node n'est calculée qu'une fois.
    if (hote !== this.#dernierHote) {
      this.#dernierHote = hote
      this.#destination = formeNode(hote, this.#moteur)
      this.#diffusion = estDiffusion(hote)
      this.#surveille = false
    }
    const destination = this.#destination
    if (destination === null) return ENVOI_IMPOSSIBLE
    if (octets.length > MAX_IPV4 && octets.length > tailleMax(destination)) return DATAGRAMME_TROP_GRAND
    if (port <= 0 || port > 0xffff) return ENVOI_IMPOSSIBLE
    this.#moteur.natif?.send(octets, port, destination, this.#surveille ? undefined : this.#apresEnvoi)
    this.#surveille = true
    if (this.#diffusion) {
      noterDiffusion({ portSource: this.#moteur.port, portDestination: port, octets, destination: hote })
    }
    return null
  }

  readonly #apresEnvoi = (erreur: Error | null): void => {
    this.#surveille = false
    if (erreur !== null) this.#routeCoupee()
  }
}

/** L'adresse à donner à Node, ou `null` si ce socket ne peut pas l'atteindre. */
function formeNode(hote: QHostAddress, { famille, doublePile }: MoteurUdp): string | null {
  const protocole = hote.protocol()
  // Une adresse nulle, comme dans Qt, désigne la machine elle-même : un piège, `isNull()` le révèle.
  if (hote.isNull()) return famille === 6 ? '::' : '0.0.0.0'
  if (famille === 4) return protocole === IPv4Protocol ? hote.toString() : null
  if (protocole === AnyIPProtocol || hote.equals(QHostAddress.AnyIPv4)) return '::'
  const adresse = protocole === IPv4Protocol ? IPV4_EN_IPV6 + hote.toString() : hote.toString()
  return adresse.startsWith(IPV4_EN_IPV6) && !doublePile ? null : adresse
}

/** Taille maximale des données d'un datagramme vers cette adresse, en octets. */
function tailleMax(destination: string): number {
  return destination.includes(':') && !destination.startsWith(IPV4_EN_IPV6) ? MAX_IPV6 : MAX_IPV4
}
