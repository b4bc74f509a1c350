/** La console des deux rôles : une ligne tapée, un appel ; le suivant attend que le précédent soit revenu. */
import { lireLignes } from '#commun/lignes'

/** Ce que chaque erreur du système veut dire ici, et l'appel à faire, en moins de 60 colonnes. */
const EXPLICATIONS: Readonly<Record<string, string>> = {
  EBADF: "aucun socket ici : appeler socket() d'abord",
  EINVAL: 'mauvais ordre : bind() une fois, listen() avant accept()',
  EADDRINUSE: 'port déjà pris, relancer la console avec un autre --port',
  EACCES: 'port réservé, relancer avec un port à partir de 1024',
  ENOTCONN: 'pas de connexion : accept() au serveur, connect() au client',
  EPIPE: "plus d'envoi : pas de connexion, ou émission finie",
  EISCONN: 'ce socket est déjà connecté : close() pour en finir',
  ECONNREFUSED: "personne n'écoute : listen() en face, socket(), connect()",
  ECONNRESET: 'le pair a coupé net : close() pour en finir',
}

/** Un appel refusé, avec le nom que lui donne le système. */
export class Refus extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** Un appel reçoit le reste de la ligne et rend ce qui s'affiche après son nom. */
export type Appel = (reste: string) => string | Promise<string>

/** Exécute les appels tapés, un à la fois, jusqu'à Ctrl+D. */
export function jouer(appels: Readonly<Record<string, Appel>>): void {
  let precedent = Promise.resolve()
  lireLignes(
    (ligne) => {
      precedent = precedent.then(() => executer(appels, ligne.trim()))
    },
    () => process.exit(0),
  )
}

async function executer(appels: Readonly<Record<string, Appel>>, ligne: string): Promise<void> {
  const [, nom = '', reste = ''] = /^(\S*)\s*(.*)$/.exec(ligne) ?? []
  if (nom === '') return
  const appel = Object.hasOwn(appels, nom) ? appels[nom] : undefined
  if (!appel) {
    console.log(`Appel inconnu : « ${nom} ». Taper ${Object.keys(appels).join(', ')}`)
    return
  }
  try {
    console.log(`${nom}()${await appel(reste)}`)
  } catch (erreur) {
    const code = erreur instanceof Error && 'code' in erreur ? String(erreur.code) : String(erreur)
    console.log(`${nom}() : ${code}\n  ${EXPLICATIONS[code] ?? 'erreur inattendue'}`)
  }
}
