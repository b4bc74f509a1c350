import type { QHostAddress } from './qhostaddress.ts'
import { QNetworkInterface } from './qnetworkinterface.ts'

/** Une diffusion partie de ce programme. */
interface Diffusion {
  readonly portSource: number
  readonly portDestination: number
  readonly octets: Uint8Array
  readonly destination: QHostAddress
}

/** Diffusions retenues : assez pour celles qui sont encore en route. */
const RETENUES = 32

/**
 * Node ne dit pas à quelle adresse un datagramme reçu était destiné. Quand il vient de ce programme même, on le sait :
 * c'est assez pour que la réponse à une diffusion échoue ou réussisse comme dans Qt.
 */
const dernieres: Diffusion[] = []

/** Vrai pour l'adresse de diffusion d'une interface de la machine, ou 255.255.255.255. */
export function estDiffusion(adresse: QHostAddress): boolean {
  if (adresse.isBroadcast()) return true
  const entrees = QNetworkInterface.allInterfaces().flatMap((i) => i.addressEntries())
  return entrees.some((entree) => entree.broadcast().equals(adresse) && !adresse.isNull())
}

export function noterDiffusion(diffusion: Diffusion): void {
  dernieres.unshift(diffusion)
  dernieres.length = Math.min(dernieres.length, RETENUES)
}

/** À qui ce programme avait diffusé ce qui arrive de `portSource` ; `null` si ce n'est pas une de ses diffusions. */
export function destinationConnue(
  portSource: number,
  portDestination: number,
  octets: Buffer,
): QHostAddress | null {
  const trouvee = dernieres.find(
    (diffusion) =>
      diffusion.portSource === portSource &&
      diffusion.portDestination === portDestination &&
      octets.equals(diffusion.octets.subarray(0, octets.length)),
  )
  return trouvee?.destination ?? null
}
