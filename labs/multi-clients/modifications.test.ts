import { once } from 'node:events'
import { connect } from 'node:net'
import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('multi-clients', {
  'Oublier de retirer': {
    edits: { 'serveur.ts': [['    this.clients.splice(', '    // this.clients.splice(']] },
    async play(hands) {
      for (const client of ['client-1', 'client-2', 'client-3']) {
        await hands.sees('serveur', new RegExp(`Clients : ${client.at(-1)}`))
      }
      hands.press('client-2', '\x04')
      await hands.sees('serveur', /Client déconnecté/)
    },
  },
  'Sans gestionnaire d’erreur, avec Node': {
    edits: { 'serveur.node.ts': [["  client.on('error', (erreur)", "  // client.on('error', (erreur)"]] },
    variants: { serveur: 'node' },
    async play(hands) {
      const socket = connect(hands.port('serveur'), '127.0.0.1')
      await once(socket, 'connect')
      await hands.sees('serveur', /(?:Nouveau client[\s\S]*){4}/)
      socket.resetAndDestroy()
      if (hands.made) await hands.ends('serveur')
      else await hands.sees('serveur', /Client déconnecté/)
    },
  },
  'Un slot trop long': {
    given: { calcul: true },
    async play(hands) {
      await hands.sees('serveur', /Clients : 3/)
      hands.type('client-1', 'calcule 3000000')
      await hands.sees('serveur', /"calcule 3000000"/)
      hands.type('client-2', 'et moi')
      await hands.sees('client-2', /Message reçu : et moi/)
    },
  },
})
