// Exercice 8.3-1 : les appels, dans l'ordre.
type Appel = 'socket' | 'bind' | 'listen' | 'accept' | 'connect' | 'recv' | 'send' | 'close'

const serveur: Appel[] = ['socket', 'bind', 'listen', 'accept', 'recv', 'send', 'close']
const client: Appel[] = ['socket', 'connect', 'send', 'recv', 'close']

console.log('SERVEUR', serveur.join(' '))
console.log('CLIENT', client.join(' '))

// Sans import, c'est cette ligne qui fait de ce fichier un module.
export {}
