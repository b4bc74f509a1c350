/** Une erreur du réseau dite en français, avec ce qu'il reste à faire. */

/** Les erreurs selon leur numéro dans `QAbstractSocket::SocketError` (doc Qt : QAbstractSocket). */
const PHRASES: Readonly<Record<number, string>> = {
  0: 'Connexion refusée : lancer le serveur, vérifier --port.',
  1: "L'hôte distant a fermé la connexion.",
  2: 'Hôte non trouvé : vérifier le nom donné par --hote.',
  3: 'Accès refusé : port à partir de 1024, ou SO_BROADCAST.',
  4: "Ressources épuisées : fermer d'autres programmes.",
  5: "Délai expiré : aucune réponse, vérifier l'adresse.",
  6: 'Datagramme trop grand : 65507 octets au plus.',
  7: "Réseau inaccessible : vérifier l'adresse et le port.",
  9: 'Adresse absente de cette machine : essayer 127.0.0.1.',
}

type Erreur = { readonly valeur: number } | Error | number | string | undefined

/** `QAbstractSocket::AddressInUseError`. */
const PORT_PRIS = 8

/** Les mêmes erreurs selon leur nom dans Node (errno). */
const NUMEROS: Readonly<Record<string, number>> = {
  ECONNREFUSED: 0,
  ECONNRESET: 1,
  EPIPE: 1,
  ENOTFOUND: 2,
  EAI_AGAIN: 2,
  EACCES: 3,
  EPERM: 3,
  EMFILE: 4,
  ENFILE: 4,
  ETIMEDOUT: 5,
  EMSGSIZE: 6,
  ENETUNREACH: 7,
  EHOSTUNREACH: 7,
  EINVAL: 7,
  ERR_SOCKET_BAD_PORT: 7,
  EADDRINUSE: PORT_PRIS,
  EADDRNOTAVAIL: 9,
}

/**
 * La phrase d'une erreur : un `SocketError` de Qt, son numéro, une erreur de Node ou son nom errno (`'EADDRINUSE'`).
 * `port` est celui qui était demandé.
 */
export function phrase(erreur: Erreur, port?: number): string {
  const numero = numeroDe(erreur) ?? -1
  if (numero === PORT_PRIS)
    return `Le port ${port ?? 'demandé'} est déjà pris : en choisir un autre (--port).`
  return PHRASES[numero] ?? 'Erreur inattendue : relancer le programme.'
}

function numeroDe(erreur: Erreur): number | undefined {
  if (typeof erreur === 'string') return NUMEROS[erreur]
  if (typeof erreur !== 'object') return erreur
  if ('valeur' in erreur) return erreur.valeur
  return 'code' in erreur ? NUMEROS[String(erreur.code)] : undefined
}
