// Exercice 8.3-1 : remettre les appels dans l'ordre. Seules les deux listes sont à changer.
type Appel = 'socket' | 'bind' | 'listen' | 'accept' | 'connect' | 'recv' | 'send' | 'close'

// À vous : ordonner ces appels, et retirer ceux qui n'ont rien à faire là.
const serveur: Appel[] = ['listen', 'connect', 'accept', 'socket', 'send', 'bind', 'close', 'recv']
const client: Appel[] = ['send', 'accept', 'close', 'connect', 'recv', 'socket', 'bind']

/** Ce qu'un appel exige avant lui. */
const EXIGE: Readonly<Record<Appel, readonly Appel[]>> = {
  socket: [],
  bind: ['socket'],
  listen: ['bind'],
  accept: ['listen'],
  connect: ['socket'],
  recv: ['accept'],
  send: ['accept'],
  close: ['socket'],
}

function jouer(nom: string, appels: readonly Appel[], interdit: Appel): string {
  const faits: Appel[] = []
  for (const appel of appels) {
    // Le client converse après connect, là où le serveur converse après accept.
    const exige = EXIGE[appel].map((avant) => (nom === 'Client' && avant === 'accept' ? 'connect' : avant))
    const manque = exige.find((avant) => !faits.includes(avant))
    if (appel === interdit) return `${appel}() n'a rien à faire de ce côté`
    if (manque) return `${appel}() échoue, il faut d'abord ${manque}()`
    if (faits.includes('close')) return `${appel}() échoue, le socket est fermé`
    faits.push(appel)
  }
  const fini = ['recv', 'send', 'close'].every((appel) => (faits as string[]).includes(appel))
  return fini ? `${faits.join(', ')}. Tout s'enchaîne.` : "l'échange est incomplet"
}

console.log('Serveur :', jouer('Serveur', serveur, 'connect'))
console.log('Client :', jouer('Client', client, 'accept'))
