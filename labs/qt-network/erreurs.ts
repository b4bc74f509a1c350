import { SocketError } from './enumeration.ts'

/** Une erreur de Qt : son code et son texte, ceux de Qt 6. */
export interface Erreur {
  readonly code: SocketError
  readonly texte: string
}

function erreur(code: SocketError, texte: string): Erreur {
  return { code, texte }
}

export const INCONNUE: Erreur = erreur(SocketError.UnknownSocketError, 'Unknown error')
export const NON_CONNECTE: Erreur = erreur(SocketError.UnknownSocketError, 'Socket is not connected')
export const FERME_PAR_LE_PAIR: Erreur = erreur(
  SocketError.RemoteHostClosedError,
  'The remote host closed the connection',
)
export const HOTE_INTROUVABLE: Erreur = erreur(SocketError.HostNotFoundError, 'Host not found')
export const DELAI_CONNEXION: Erreur = erreur(SocketError.SocketTimeoutError, 'Connection timed out')
export const DEJA_EN_COURS: Erreur = erreur(
  SocketError.OperationError,
  'Trying to connect while connection is in progress',
)
export const DATAGRAMME_TROP_GRAND: Erreur = erreur(
  SocketError.DatagramTooLargeError,
  'Datagram was too large to send',
)
export const ENVOI_IMPOSSIBLE: Erreur = erreur(SocketError.NetworkError, 'Unable to send a message')
export const DESCRIPTEUR_INVALIDE: Erreur = erreur(
  SocketError.UnfinishedSocketOperationError,
  'Invalid socket descriptor',
)
export const RIEN_A_LIRE: Erreur = erreur(SocketError.TemporaryError, 'No datagram available for reading')

const REFUSEE = erreur(SocketError.ConnectionRefusedError, 'Connection refused')
const ADRESSE_PRISE = erreur(SocketError.AddressInUseError, 'The bound address is already in use')

const NON_PRISE_EN_CHARGE = erreur(
  SocketError.UnsupportedSocketOperationError,
  'Unsupported socket operation',
)

const DE_CONNEXION: Readonly<Record<string, Erreur>> = {
  ECONNREFUSED: REFUSEE,
  EINVAL: REFUSEE,
  ETIMEDOUT: erreur(SocketError.NetworkError, 'Connection timed out'),
  ENETUNREACH: erreur(SocketError.NetworkError, 'Network unreachable'),
  EHOSTUNREACH: erreur(SocketError.NetworkError, 'Host unreachable'),
  EACCES: erreur(SocketError.SocketAccessError, 'Permission denied'),
  EPERM: erreur(SocketError.SocketAccessError, 'Permission denied'),
  EADDRINUSE: ADRESSE_PRISE,
}

const D_ASSOCIATION: Readonly<Record<string, Erreur>> = {
  EADDRINUSE: ADRESSE_PRISE,
  EADDRNOTAVAIL: erreur(SocketError.SocketAddressNotAvailableError, 'The address is not available'),
  EACCES: erreur(SocketError.SocketAccessError, 'The address is protected'),
  EPERM: erreur(SocketError.SocketAccessError, 'The address is protected'),
  EINVAL: NON_PRISE_EN_CHARGE,
  EAFNOSUPPORT: NON_PRISE_EN_CHARGE,
}

/** L'erreur de Qt pour un échec de connexion ; `code` est celui du système (`ECONNREFUSED`). */
export function erreurDeConnexion(code: string | undefined): Erreur {
  return DE_CONNEXION[code ?? ''] ?? INCONNUE
}

/** L'erreur de Qt pour un échec de `bind()` ou de `listen()`. */
export function erreurDAssociation(code: string | undefined): Erreur {
  return D_ASSOCIATION[code ?? ''] ?? INCONNUE
}
