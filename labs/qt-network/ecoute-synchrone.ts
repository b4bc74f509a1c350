import net, { type Server } from 'node:net'
import { getSystemErrorName } from 'node:util'

/**
 * La seule fonction non documentée de Node utilisée ici.
 *
 * Raison : `QTcpServer::listen()` répond tout de suite, et `server.listen(port, adresse)` répond plus tard, car
 * Node résout d'abord l'adresse comme un nom. `_createServerHandle` fait seulement `socket()` puis `bind()`, et rend
 * l'objet du système ou un code d'erreur négatif. `ecoute-synchrone.test.ts` échoue si Node la retire.
 */
type CreerPoignee = (
  adresse: string,
  port: number,
  famille: 4 | 6,
  descripteur: null,
  drapeaux: number,
) => object | number

const { _createServerHandle: creerPoignee } = net as unknown as { _createServerHandle?: CreerPoignee }

const IPV6_SEULEMENT = 1

/** Une adresse sur laquelle écouter. */
export interface AdresseEcoute {
  /** `127.0.0.1`, `::`… */
  readonly adresse: string
  readonly famille: 4 | 6
  readonly ipv6Seulement: boolean
}

/**
 * Met un serveur à l'écoute avant de rendre la main.
 * @param file Nombre de connexions que le noyau garde avant qu'elles soient acceptées.
 * @returns `null`, ou le code d'erreur du système (`EADDRINUSE`).
 */
export function ecouterMaintenant(
  serveur: Server,
  { adresse, famille, ipv6Seulement }: AdresseEcoute,
  port: number,
  file: number,
): string | null {
  if (creerPoignee === undefined) return 'ENOTSUP'
  const poignee = creerPoignee(adresse, port, famille, null, ipv6Seulement ? IPV6_SEULEMENT : 0)
  if (typeof poignee === 'number') return getSystemErrorName(poignee)
  serveur.listen(poignee, file)
  // Linux ne dit qu'un port est pris qu'au moment d'écouter.
  return serveur.listening ? null : 'EADDRINUSE'
}
