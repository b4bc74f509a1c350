/** Une erreur du réseau dite en français, avec ce qu'il reste à faire. */

/** Les erreurs selon leur numéro dans `QAbstractSocket::SocketError` (doc Qt : QAbstractSocket). */
const PHRASES: Readonly<Record<number, string>> = {
  0: "Connexion refusée : lancer le serveur d'abord, puis vérifier le port (--port).",
  1: "L'hôte distant a fermé la connexion.",
  2: "Hôte non trouvé : vérifier le nom ou l'adresse donnés par --hote.",
  3: "Accès refusé : choisir un port à partir de 1024 ou, pour diffuser, poser l'option SO_BROADCAST.",
  4: 'Ressources épuisées : fermer des programmes ou des connexions.',
  5: "Délai expiré : aucune réponse, vérifier l'adresse et le réseau.",
  6: 'Datagramme trop grand : 65507 octets au plus, raccourcir le message.',
  7: "Réseau inaccessible : vérifier l'adresse, le port et le branchement.",
  9: "Adresse absente de cette machine : choisir l'une de ses adresses, ou 127.0.0.1.",
}

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
 * La phrase d'une erreur : un `SocketError` de Qt, son numéro, ou un nom errno de Node (`'EADDRINUSE'`).
 * `port` est celui qui était demandé.
 */
export function phrase(
  erreur: { readonly valeur: number } | number | string | undefined,
  port?: number,
): string {
  const numero = numeroDe(erreur) ?? -1
  if (numero === PORT_PRIS)
    return `Le port ${port ?? 'demandé'} est déjà pris : en choisir un autre (--port).`
  return PHRASES[numero] ?? 'Erreur inattendue : relancer le programme.'
}

function numeroDe(erreur: { readonly valeur: number } | number | string | undefined): number | undefined {
  if (typeof erreur === 'string') return NUMEROS[erreur]
  return typeof erreur === 'object' ? erreur.valeur : erreur
}
