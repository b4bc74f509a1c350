import { createSocket, type Socket } from 'node:dgram'
import { BindFlag, NetworkLayerProtocol } from './enumeration.ts'
import { type Erreur, INCONNUE } from './erreurs.ts'
import { OptionsUdp } from './options-udp.ts'
import { QHostAddress } from './qhostaddress.ts'

const { AnyIPProtocol, IPv4Protocol, IPv6Protocol } = NetworkLayerProtocol

/** Où un socket s'attache, comme Node l'écrit. */
interface Cible {
  readonly adresse: string
  readonly ipv6Seulement: boolean
}

/**
 * Le socket du système derrière un `QUdpSocket` : il naît au premier `bind()`, garde sa famille et sa première erreur
 * même si ce `bind()` est refusé, et disparaît à la fermeture.
 */
export class MoteurUdp {
  /** Le socket de Node, une fois attaché. */
  natif: Socket | null = null
  famille: 4 | 6
  /** Le port attaché, 0 avant. */
  port = 0
  /** Attaché aux deux familles : un pair IPv4 y a une adresse en `::ffff:`. */
  doublePile = false
  readonly options = new OptionsUdp()
  #partage = false
  #premiereErreur: Erreur | null = null

  /** @param adresse La première adresse demandée : elle fixe la famille. */
  constructor(adresse: QHostAddress) {
    const protocole = adresse.protocol()
    this.famille = protocole === IPv6Protocol || protocole === AnyIPProtocol ? 6 : 4
  }

  /** L'erreur que Qt annonce : la première de ce moteur, quelle que soit la dernière. */
  get erreur(): Erreur {
    return this.#premiereErreur ?? INCONNUE
  }

  /** Retient une erreur, si c'est la première. @returns Celle à annoncer. */
  noter(erreur: Erreur): Erreur {
    this.#premiereErreur ??= erreur
    return this.#premiereErreur
  }

  /**
   * S'attache avant de rendre la main, comme `bind(2)`. `Any` se contente d'IPv4 sur une machine sans IPv6.
   * @param mode `BindFlag` combinés par `|`.
   * @returns `null`, ou le code d'erreur du système (`EADDRINUSE`).
   */
  associer(adresse: QHostAddress, port: number, mode: number): string | null {
    if (mode !== BindFlag.DefaultForPlatform) {
      this.#partage = (mode & (BindFlag.ShareAddress | BindFlag.ReuseAddressHint)) !== 0
    }
    const echec = this.#attacher(adresse, port)
    if (echec !== 'EAFNOSUPPORT' || adresse.protocol() !== AnyIPProtocol) return echec
    this.famille = 4
    return this.#attacher(adresse, port)
  }

  #attacher(adresse: QHostAddress, port: number): string | null {
    const cible = this.famille === 6 ? cibleIPv6(adresse) : cibleIPv4(adresse)
    if (cible === null) return 'EINVAL'
    const { famille } = this
    const natif = createSocket({
      type: famille === 6 ? 'udp6' : 'udp4',
      reuseAddr: this.#partage,
      ipv6Only: cible.ipv6Seulement,
      // La résolution de noms de `dgram` est remplacée par une réponse immédiate : une adresse n'en a pas besoin.
      lookup: (hote, _options, suite) => suite(null, hote, famille),
    })
    let echec: string | null = null
    natif.on('error', (erreur: NodeJS.ErrnoException) => {
      echec = erreur.code ?? ''
    })
    natif.bind({ address: cible.adresse, port, exclusive: true })
    if (echec !== null) {
      natif.close()
      return echec
    }
    // Qt permet toujours la diffusion ; Node la refuse tant qu'elle n'est pas demandée.
    natif.setBroadcast(true)
    this.natif = natif
    this.port = natif.address().port
    this.doublePile = famille === 6 && !cible.ipv6Seulement
    this.options.brancher(natif)
    return null
  }

  fermer(): void {
    this.natif?.close()
    this.natif = null
  }
}

/** Un socket IPv6 ne s'attache aux deux familles que pour `Any` ; une adresse IPv4 y est refusée par le système. */
function cibleIPv6(adresse: QHostAddress): Cible {
  if (adresse.isNull() || adresse.protocol() === AnyIPProtocol) return { adresse: '::', ipv6Seulement: false }
  if (adresse.protocol() === IPv6Protocol) return { adresse: adresse.toString(), ipv6Seulement: true }
  const toutes = adresse.equals(QHostAddress.AnyIPv4)
  return { adresse: toutes ? '::' : `::ffff:${adresse}`, ipv6Seulement: true }
}

/** Un socket IPv4 ne comprend d'IPv6 que la forme `::ffff:a.b.c.d`. */
function cibleIPv4(adresse: QHostAddress): Cible | null {
  if (adresse.isNull() || adresse.protocol() === AnyIPProtocol)
    return { adresse: '0.0.0.0', ipv6Seulement: false }
  if (adresse.protocol() === IPv4Protocol) return { adresse: adresse.toString(), ipv6Seulement: false }
  const ipv4 = adresse.toIPv4Address()
  return ipv4 === 0 ? null : { adresse: new QHostAddress(ipv4).toString(), ipv6Seulement: false }
}

/** Vrai si l'action a réussi : Node lève une exception là où Qt rend `false`. */
export function reussit(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
