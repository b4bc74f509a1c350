// Exercice 8.3-1 : remettre les appels dans l'ordre. Seules les deux listes sont à changer.
type Appel = 'socket' | 'bind' | 'listen' | 'accept' | 'connect' | 'recv' | 'send' | 'close'

// À vous : ordonner ces appels, et retirer ceux qui n'ont rien à faire là.
const serveur: Appel[] = ['listen', 'connect', 'accept', 'socket', 'send', 'bind', 'close', 'recv']
const client: Appel[] = ['send', 'accept', 'close', 'connect', 'recv', 'socket', 'bind']

console.log('SERVEUR', serveur.join(' '))
console.log('CLIENT', client.join(' '))

// Sans import, c'est cette ligne qui fait de ce fichier un module.
export {}
