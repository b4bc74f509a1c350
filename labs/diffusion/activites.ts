import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    {
      after: { role: 'emetteur', type: 'à tous' },
      role: 'recepteur-1',
      output: /Reçu n° 1 de .* : "à tous"/,
    },
    { role: 'recepteur-2', output: /Reçu n° 1 de .* : "à tous"/ },
  ],
  predict: [
    {
      question:
        'Deux récepteurs sont attachés à `0.0.0.0`, un troisième à `127.0.0.1`. Un datagramme part vers `127.255.255.255`. Qui le reçoit ?',
      options: [
        {
          text: 'Les trois',
          because: 'Celui qui est attaché à `127.0.0.1` n’accepte que ce qui vise exactement cette adresse.',
        },
        {
          text: 'Les deux premiers',
          right: true,
          because: 'Ils acceptent toutes les adresses de la machine, celle de diffusion comprise.',
        },
        {
          text: 'Le troisième seulement',
          because: 'C’est l’inverse : son adresse est la plus étroite.',
        },
      ],
    },
    {
      question: 'Avec Node, la diffusion est envoyée sans `setBroadcast(true)`. Que se passe-t-il ?',
      options: [
        {
          text: 'L’envoi échoue avec `EACCES`',
          right: true,
          because: 'Le système exige l’option `SO_BROADCAST` ; il ne demande pas d’être administrateur.',
        },
        {
          text: 'Le datagramme arrive à un seul récepteur',
          because: 'Rien ne part : le contrôle a lieu avant l’envoi.',
        },
        {
          text: 'Rien de particulier',
          because: 'Qt pose l’option de lui-même ; Node attend qu’on la demande.',
        },
      ],
    },
  ],
  order: {
    question:
      'Vous tapez `à tous` chez l’émetteur, qui vise `127.255.255.255`. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'recepteur-1', event: { kind: 'bind' } },
      { role: 'recepteur-3', event: { kind: 'bind' } },
      { role: 'emetteur', event: { kind: 'send' }, text: 'à tous' },
      { role: 'recepteur-1', event: { kind: 'receive' }, text: 'à tous' },
      { role: 'recepteur-3', event: { kind: 'receive' }, never: true },
    ],
    because:
      'Un seul envoi, reçu par ceux qui sont attachés à toutes les adresses. Le récepteur 3, attaché à `127.0.0.1`, n’est pas visé.',
  },
  observe: [
    'Une diffusion : un seul envoi, une ligne chez chacun des deux récepteurs attachés à toutes les adresses, et deux flèches sur « Le fil ».',
    'Le numéro de réception du récepteur 3 : il n’a pas compté la diffusion.',
    'En unicast, un seul récepteur reçoit, même si plusieurs partagent le port.',
    'L’émetteur affiche la même taille dans tous les cas : il ne sait pas combien l’ont entendu.',
  ],
  modify: [
    {
      title: 'Sans la permission',
      statement: 'Dans l’émetteur Node, retirez l’appel à `setBroadcast`, puis envoyez un message.',
      file: 'labs/diffusion/emetteur.node.ts',
      command: 'npm run lab -- diffusion/emetteur --variante node --port 12345',
      expected: '`EACCES`, grâce à la fonction de rappel. Sans elle, l’échec passerait inaperçu.',
      seen: [
        { role: 'emetteur', variant: 'node', copy: true, event: { kind: 'send-failed', error: 'EACCES' } },
      ],
    },
    {
      title: 'Sans partage du port',
      statement: 'Retirez les drapeaux `ShareAddress | ReuseAddressHint`, puis lancez deux récepteurs.',
      file: 'labs/diffusion/recepteur.ts',
      command: 'npm run lab -- diffusion/recepteur-1 --port 12345',
      expected: 'Le second récepteur échoue : « Le port 12345 est déjà pris ».',
      seen: [{ role: 'recepteur', copy: true, output: /Le port \d+ est déjà pris/, exit: 1 }],
    },
    {
      title: 'Un autre port',
      statement: 'Envoyez la diffusion vers un port voisin.',
      file: 'labs/diffusion/emetteur.ts',
      command: 'npm run lab -- diffusion/emetteur --port 12346',
      expected: 'Personne ne reçoit : diffuser vise toutes les machines, pas tous les ports.',
      seen: [
        { role: 'recepteur-1', never: /Reçu/ },
        { role: 'emetteur', output: /Envoyé à [\d.]+255:/ },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.4.2-1',
      title: 'Classer une adresse',
      level: 1,
      statement:
        'Le programme lit des lignes `adresse masque`, ou `adresse` seule, et répond à chacune par une ligne. Complétez `portee(adresse, masque)`, qui rend `unicast`, `boucle`, `diffusion-limitee`, `diffusion-dirigee`, `mc-local`, `mc-controle`, `mc-ssm`, `mc-doc`, `mc-admin`, `mc-autre` ou `invalide`. Le masque est un nombre de 0 à 32 ; sans lui, aucune diffusion dirigée ne peut être reconnue.',
      criteria: [
        '`224.0.0.0` et `224.0.0.255` sont `mc-local` ; `224.0.1.0` est `mc-controle` ; `232.0.0.1` est `mc-ssm`.',
        '`233.252.0.5` est `mc-doc` ; `233.251.255.255` et `233.252.1.0` sont `mc-autre`.',
        '`239.0.0.0` et `239.255.255.255` sont `mc-admin` ; `238.255.255.255` est `mc-autre`.',
        '`10.1.0.255` avec le masque 24 est `diffusion-dirigee` ; avec le masque 16, `unicast`.',
        '`255.255.255.255` est `diffusion-limitee` ; `223.255.255.255` et `240.0.0.1` ne sont pas du multicast ; `300.1.1.1` est `invalide`.',
      ],
      hints: [
        'Une adresse est un nombre de 32 bits : les plages deviennent des intervalles.',
        'Calculez `a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d`, puis comparez, du cas le plus étroit au plus large.',
        'Diffusion dirigée : avec `hote = 2 ** (32 - masque)`, le reste `nombre % hote` vaut `hote - 1`, pour un masque de 30 au plus.',
      ],
      file: 'labs/diffusion/exercices/portee.ts',
      command: 'npm run lab -- diffusion/exercices/portee',
    },
    {
      id: 'EX-8.4.2-2',
      title: 'Annonceur',
      level: 2,
      statement:
        'Toutes les 500 ms, diffusez `ANNONCE nom` vers l’adresse `--diffusion` et le port `--port`, jusqu’à l’arrêt du programme.',
      criteria: [
        'Un récepteur attaché à `0.0.0.0` reçoit au moins 3 annonces en 2 secondes, espacées de 400 à 650 ms.',
        'Un récepteur attaché à `127.0.0.1` n’en reçoit aucune.',
        'Un nom accentué arrive en UTF-8.',
        'À `SIGTERM`, le programme se termine en moins d’une demi-seconde.',
      ],
      hints: [
        'L’erreur affichée au départ nomme l’option qui manque.',
        '`setBroadcast(true)` se demande sur un socket déjà attaché ; `setInterval` répète.',
        '`socket.bind(0, () => { socket.setBroadcast(true); annoncer(); minuteur = setInterval(annoncer, 500) })`, et à `SIGTERM` : `clearInterval(minuteur)` puis `socket.close()`.',
      ],
      file: 'labs/diffusion/exercices/annonceur.ts',
      command: 'npm run lab -- diffusion/exercices/annonceur --port 12345 --nom Zoé',
    },
  ],
})
