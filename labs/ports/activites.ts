import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'client', output: /Connecté : .*→[\s\S]*HTTP\/1\.1 200 OK/, exit: 0 },
    { role: 'mini-web', output: /Demande de/ },
    { role: 'service-udp', output: /prêt, port : \d+/ },
  ],
  predict: [
    {
      question:
        'Le mini-web et la fausse base écoutent chacun sur un port. Le client vise un troisième port, où personne n’écoute. Que voit-il ?',
      options: [
        {
          text: 'Un refus immédiat',
          right: true,
          because: 'La machine est là : son noyau répond aussitôt que cette porte est fermée.',
        },
        {
          text: 'Un long silence',
          because: 'Le silence vient d’une machine absente ou d’un pare-feu, pas d’une porte fermée.',
        },
        {
          text: 'La réponse du service le plus proche',
          because: 'Le noyau ne redirige rien : un numéro désigne une porte et une seule.',
        },
      ],
    },
    {
      question: 'Le client envoie au port de la base une demande destinée au web. Que se passe-t-il ?',
      options: [
        {
          text: 'Le noyau transmet la demande au mini-web',
          because: 'Le noyau ne lit pas les messages : seul le numéro de port compte.',
        },
        {
          text: 'La base répond, et ne comprend pas',
          right: true,
          because: 'L’adresse et le port sont bons, le protocole applicatif ne l’est pas.',
        },
        {
          text: 'La connexion est refusée',
          because: 'La porte est ouverte : la connexion réussit, c’est la conversation qui échoue.',
        },
      ],
    },
  ],
  order: {
    question:
      'Le client demande une page au mini-web ; la fausse base écoute à côté. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'mini-web', event: { kind: 'listen' } },
      { role: 'client', event: { kind: 'connect' }, with: 'mini-web' },
      { role: 'client', event: { kind: 'send' }, text: 'GET' },
      { role: 'client', event: { kind: 'receive' }, text: 'HTTP/1.1 200 OK' },
      { role: 'client', event: { kind: 'fin' } },
      { role: 'fausse-base', event: { kind: 'accept' }, never: true },
    ],
    because: 'Le numéro de port mène au mini-web, et à lui seul : la fausse base ne voit passer personne.',
  },
  observe: [
    'La ligne « Connecté » du client montre les quatre nombres du quadruplet ; le premier port est prêté par le système.',
    'Relancé, le client affiche souvent un autre port local : c’est un port éphémère.',
    'La base parle la première, le mini-web attend la demande, « Le fil » le montre : c’est leur protocole, pas TCP, qui en décide.',
    'Dans un autre terminal, `ss -tln` affiche une ligne LISTEN par service.',
    'Le service UDP prend le même numéro que la base, sans la gêner.',
  ],
  modify: [
    {
      title: 'Deux programmes, une porte',
      statement: 'Laissez le mini-web ouvert sur 8080, et lancez-en un second sur le même port.',
      file: 'labs/ports/mini-web.node.ts',
      command: 'npm run lab -- ports/mini-web --port 8080',
      prints: /Le port \d+ est déjà pris/,
      expected: 'Le second échoue avec `EADDRINUSE` : en TCP, un port n’a qu’un programme à l’écoute.',
      seen: [{ role: 'second-web', output: /Le port \d+ est déjà pris/ }],
    },
    {
      title: 'Changer le contenu de la page',
      statement: 'Dans `repondre`, remplacez le texte de la page, relancez, puis relancez le client.',
      file: 'labs/ports/mini-web.node.ts',
      command: 'npm run lab -- ports/client --port 8080',
      expected:
        'Le client affiche le nouveau texte. Avec un accent, `Content-Length` devient faux : il compte des caractères, HTTP attend des octets.',
      seen: [
        { role: 'mini-web', copy: true },
        { role: 'client', output: /HTTP\/1\.1 200 OK/, never: /Bonjour du mini-web/ },
      ],
    },
    {
      title: 'Une attache trop étroite',
      statement:
        'Lancez le mini-web avec `--adresse 127.0.0.1`, puis visez `127.0.0.2`, une autre adresse de la même machine.',
      file: 'labs/ports/client.node.ts',
      command: 'npm run lab -- ports/client --hote 127.0.0.2 --port 8080',
      prints: /Connexion refusée/,
      expected:
        'Sous Linux, un refus immédiat : la porte n’est ouverte que sur une adresse. Avec `--adresse 0.0.0.0`, le client entre.',
      seen: [{ role: 'client', output: /127\.0\.0\.2:\d+\s+Connexion refusée/ }],
    },
  ],
  create: [
    {
      id: 'EX-8.1-1',
      title: 'Carte d’identité d’une connexion',
      level: 1,
      statement:
        'Le programme se connecte à `--hote` et `--port`, puis affiche deux lignes, `LOCAL ip:port` et `DISTANT ip:port`, et ferme. Si la porte est fermée, il affiche `ERREUR REFUS` et finit avec un code différent de 0.',
      criteria: [
        'Le port `LOCAL` affiché est exactement celui que le serveur voit.',
        'La ligne `DISTANT` donne l’adresse et le port visés.',
        'En IPv6, l’adresse est entre crochets : `[::1]:8080`.',
        'Port fermé : la ligne `ERREUR REFUS`, et un code de sortie différent de 0.',
      ],
      hints: [
        'Un socket connecté connaît ses deux extrémités : quatre propriétés les donnent.',
        '`localAddress`, `localPort`, `remoteAddress`, `remotePort` ; une adresse IPv6 contient des deux-points.',
        'Une fonction `extremite(ip, port)` rend `ip.includes(":") ? "[" + ip + "]:" + port : ip + ":" + port` ; le refus se reconnaît à `erreur.code === "ECONNREFUSED"`, suivi de `process.exit(1)`.',
      ],
      file: 'labs/ports/exercices/identite.ts',
      command: 'npm run lab -- ports/exercices/identite --port 8080',
    },
    {
      id: 'EX-8.1-2',
      title: 'Sonde de port',
      level: 2,
      statement:
        'Le programme écrit `OUVERT`, `FERME` ou `SILENCIEUX`, en moins de 2,5 secondes, puis se termine. Un port 0 ou supérieur à 65535 donne un message d’usage et le code 2.',
      criteria: [
        'Porte ouverte : `OUVERT`, et le serveur voit une fin de flux, pas une remise à zéro.',
        'Porte fermée : `FERME`, en moins d’une demi-seconde.',
        'Un port tenu seulement en UDP : `FERME`.',
        'Un serveur dont la file est pleine : `SILENCIEUX`, entre 1,5 et 2,5 secondes.',
        'Les ports `0` et `70000` : un message d’usage, et le code 2.',
      ],
      hints: [
        'Trois issues : un événement `connect`, une erreur, ou rien du tout.',
        'Un minuteur de 2 secondes tranche le troisième cas ; `socket.end()` ferme poliment, `destroy()` non.',
        'Dans `connect` : afficher, puis `socket.end()` sans `process.exit()`. Dans `error` : `FERME` pour `ECONNREFUSED`. Dans le minuteur : afficher `SILENCIEUX`, puis `socket.destroy()`.',
      ],
      file: 'labs/ports/exercices/sonde.ts',
      command: 'npm run lab -- ports/exercices/sonde --port 8080',
    },
    {
      id: 'EX-8.1-3',
      title: 'Deux services, un numéro',
      level: 3,
      statement:
        'Le programme ouvre le même `--port` en TCP et en UDP. Il répond `TCP` à chaque connexion, puis la ferme, et `UDP` à chaque datagramme.',
      criteria: [
        'Une connexion TCP reçoit `TCP`, puis une fin de flux.',
        'Un datagramme reçoit `UDP`, depuis ce même port.',
        'Cinq demandes simultanées de chaque sorte reçoivent toutes leur réponse.',
        'Une deuxième instance échoue avec un message qui nomme le port, et la première répond encore.',
      ],
      hints: [
        'Deux sockets indépendants, un par transport, avec le même numéro.',
        'Avec `--port 0`, ouvrez TCP d’abord, puis attachez UDP au port obtenu.',
        '`const udp = createSocket("udp4")`, `udp.bind(port, "127.0.0.1")`, et dans `message` : `udp.send("UDP", emetteur.port, emetteur.address, rappel)`.',
      ],
      file: 'labs/ports/exercices/deux-services.ts',
      command: 'npm run lab -- ports/exercices/deux-services --port 5000',
    },
  ],
})
