import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'emetteur', output: /50 datagrammes envoyés/, exit: 0 },
    { role: 'relais-udp', output: /perdu/ },
    { role: 'recepteur-udp', output: /Bilan UDP, sur 50 attendus : manquants [1-9]/ },
    { role: 'recepteur-tcp', output: /Récepteur TCP prêt, port : \d+/ },
  ],
  predict: [
    {
      question:
        'Les nombres de 1 à 50 traversent un relais qui perd 20 % des envois. Que lit le récepteur UDP ?',
      options: [
        {
          text: 'Les 50, avec du retard',
          because: 'UDP ne réémet rien : ce qui est perdu le reste.',
        },
        {
          text: 'Une quarantaine, avec des trous',
          right: true,
          because: 'Chaque datagramme tente sa chance seul ; certains arrivent même deux fois, ou trop tard.',
        },
        {
          text: 'Rien : une seule perte bloque tout',
          because: 'Les datagrammes sont indépendants les uns des autres.',
        },
      ],
    },
    {
      question: 'Les mêmes nombres en TCP, un `write` par nombre. Combien de lectures ?',
      options: [
        {
          text: 'Cinquante, une par écriture',
          because: 'Un flux ne garde aucune trace du découpage des écritures.',
        },
        {
          text: 'Une quarantaine',
          because: 'Aucun nombre ne manque en TCP.',
        },
        {
          text: 'Impossible à dire, mais les 50 nombres y sont, dans l’ordre',
          right: true,
          because: 'L’ordre et le contenu sont garantis, le découpage jamais.',
        },
      ],
    },
  ],
  order: {
    question:
      'L’émetteur envoie d’abord par UDP, à travers le relais qui perd. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'recepteur-udp', event: { kind: 'bind' } },
      { role: 'emetteur', event: { kind: 'send' } },
      { role: 'relais-udp', event: { kind: 'receive' } },
      { role: 'relais-udp', event: { kind: 'send' } },
      { role: 'recepteur-udp', event: { kind: 'receive' } },
      { role: 'recepteur-tcp', event: { kind: 'accept' }, never: true },
    ],
    because:
      'Chaque datagramme tente sa chance seul, par le relais. Le récepteur TCP écoute, et personne ne l’appelle tant que le transport est UDP.',
  },
  observe: [
    'L’émetteur UDP affirme que ses 50 envois ont été acceptés : il ne sait rien de la suite.',
    'Le bilan UDP compte séparément les manquants, les doublons et les retardataires ; « Le fil » dit lesquels le relais n’a pas retransmis.',
    'En TCP, une lecture contient plusieurs nombres, ou coupe un nombre en deux.',
    'Avec la même graine, le relais perd toujours les mêmes datagrammes.',
    'Sans relais, un récepteur figé avec un petit tampon perd aussi.',
  ],
  modify: [
    {
      title: 'Une autre graine, un autre sort',
      statement:
        'Relancez le relais UDP avec une autre graine et 50 % de pertes, puis l’émetteur, vers le port que le relais affiche.',
      file: 'labs/transports/relais.node.ts',
      command: 'npm run lab -- transports/relais-udp --vers 12345 --perte 50 --graine 7',
      expected:
        'D’autres nombres manquent ; avec la même graine, exactement les mêmes qu’à l’essai précédent.',
      seen: [
        { role: 'relais-udp', given: { graine: 7, perte: 50 } },
        { role: 'recepteur-udp', output: /manquants [1-9]/ },
      ],
    },
    {
      title: 'Des écritures plus longues',
      statement: 'Lancez l’émetteur TCP avec `--taille 1000`, et regardez la taille des lectures.',
      file: 'labs/transports/emetteur.node.ts',
      prints: /50 écritures faites/,
      command: 'npm run lab -- transports/emetteur --transport tcp --port 12345 --taille 1000',
      expected:
        'Bien moins de 50 lectures, de tailles inégales, qui changent d’un essai à l’autre : le découpage n’appartient pas au programme.',
      seen: [
        {
          role: 'recepteur-tcp',
          output: /taille \d{4,} :[\s\S]*Bilan TCP : 50 nombres en \d+ lectures/,
        },
      ],
    },
    {
      title: 'Perdre sans relais',
      statement:
        'Lancez le récepteur UDP, figé 500 ms au premier nombre et doté d’un tampon de 8192 octets ; envoyez-lui 200 nombres sans relais (`--nombre 200`).',
      file: 'labs/transports/recepteur-udp.node.ts',
      command: 'npm run lab -- transports/recepteur-udp --port 12345 --nombre 200 --tampon 8192 --gel 500',
      expected: 'La plupart des 200 nombres manquent : le tampon débordait pendant le gel.',
      seen: [
        {
          role: 'recepteur-udp',
          output: /Gel de \d+ ms[\s\S]*Bilan UDP, sur 200 attendus : manquants 1?\d\d,/,
        },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.2-1',
      title: 'Compteur de pertes',
      level: 1,
      statement:
        'Chaque datagramme commence par un numéro sur 4 octets, gros-boutiste. Au texte `BILAN`, répondez à son émetteur `recus=… perdus=… doublons=… desordre=…`.',
      criteria: [
        'Les numéros 0 à 9 au complet : `recus=10 perdus=0 doublons=0 desordre=0`.',
        '0, 1, 3, 4 : une perte. 0, 1, 1, 2 : un doublon, et `recus=4`. 0, 2, 1 : un désordre et aucune perte.',
        'Si le premier numéro reçu est 7, rien n’est compté comme perdu avant lui.',
        'Un datagramme vide ou de 3 octets est ignoré, sans plantage.',
        'La réponse part du port du programme.',
      ],
      hints: [
        'Un `Set` des numéros vus suffit à presque tout.',
        'Perdus : du plus petit au plus grand numéro vu, ceux qui manquent. Désordre : un numéro nouveau, plus petit que le plus grand déjà vu.',
        '`const numero = datagramme.readUInt32BE(0)` si la longueur vaut au moins 4 ; `perdus = max - min + 1 - vus.size`.',
      ],
      file: 'labs/transports/exercices/bilan.ts',
      command: 'npm run lab -- transports/exercices/bilan --port 12345',
    },
    {
      id: 'EX-8.2-2',
      title: 'Accusé applicatif',
      level: 2,
      statement:
        'Le client envoie `id:texte` et attend `ACK id`. Sans accusé, il réémet toutes les 200 ms, 3 envois au plus. Succès : code 0 ; échec : code 1.',
      criteria: [
        'Un serveur muet pour les deux premiers envois : exactement 3 copies du même message, puis le code 0.',
        'Un serveur toujours muet : 3 copies, puis le code 1, entre 0,5 et 0,9 seconde.',
        'L’accusé d’un autre identifiant est ignoré.',
        'Un accusé reçu deux fois ne compte qu’une fois.',
      ],
      hints: [
        'Comptez les envois, et non les délais écoulés.',
        'Un `setTimeout` relancé à chaque envoi ; annulez-le dès que le bon accusé arrive.',
        'Dans `message` : si le texte vaut `"ACK " + options.id`, `clearTimeout(minuteur)`, `socket.close()`, code 0. Dans le minuteur : si 3 envois sont faits, `process.exit(1)`, sinon renvoyer.',
      ],
      file: 'labs/transports/exercices/accuse.ts',
      command: 'npm run lab -- transports/exercices/accuse --port 12345 --id 7',
    },
    {
      id: 'EX-8.2-3',
      title: 'Comparateur',
      level: 3,
      statement:
        'Un serveur met en majuscules ce qu’il reçoit, en TCP et en UDP, sur le même port, avec une seule fonction métier.',
      criteria: [
        '`été` revient en `ÉTÉ` sur les deux transports.',
        'Un datagramme de 65 507 octets revient entier.',
        'En TCP, 1 Mio envoyé par morceaux de 1, 7 et 4096 octets revient exact, sans accent cassé.',
        'La fin de flux du client entraîne celle du serveur, après la dernière réponse.',
      ],
      hints: [
        'Que vaut `octets.toString("utf8")` quand un `é` arrive en deux lectures ?',
        '`StringDecoder`, de `node:string_decoder`, garde le morceau de caractère jusqu’à la suite.',
        'Un décodeur par client : `client.write(enMajuscules(decodeur.write(octets)))`, puis `decodeur.end()` à la fin. En UDP, un datagramme est complet : `toString` suffit.',
      ],
      file: 'labs/transports/exercices/majuscules.ts',
      command: 'npm run lab -- transports/exercices/majuscules --port 12345',
    },
  ],
})
