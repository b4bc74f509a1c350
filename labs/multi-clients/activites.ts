import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'serveur', output: /Nouveau client, port : \d+ Clients : 3/ },
    { after: { role: 'client-1', type: 'bonjour' }, role: 'client-1', output: /"Message reçu : bonjour"/ },
  ],
  predict: [
    {
      question:
        'Trois clients sont connectés, le client 2 est tué brutalement. Combien le serveur en compte-t-il ?',
      options: [
        {
          text: 'Trois : il n’a rien remarqué',
          because: 'Le système du client tué ferme sa connexion : un segment arrive.',
        },
        {
          text: 'Deux',
          right: true,
          because: 'Départ normal ou brutal, `disconnected` est émis, et le client 2 sort de la liste.',
        },
        { text: 'Zéro : le serveur s’arrête', because: 'L’erreur d’un client ne concerne que son socket.' },
      ],
    },
    {
      question: 'Le slot d’un client occupe le serveur pendant une seconde. Que deviennent les autres ?',
      options: [
        {
          text: 'Ils attendent',
          right: true,
          because: 'Un seul fil exécute tous les slots : la boucle ne tourne plus pendant ce temps.',
        },
        {
          text: 'Ils sont servis en parallèle',
          because: 'Il faudrait un fil par client, ce que ce serveur n’a pas.',
        },
        { text: 'Ils sont déconnectés', because: 'Leurs octets attendent simplement dans le noyau.' },
      ],
    },
  ],
  order: {
    question:
      'Les trois clients sont connectés. Vous tapez `bonjour` chez le client 1. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'client-1', event: { kind: 'connect' }, with: 'serveur' },
      { role: 'serveur', event: { kind: 'accept' }, with: 'client-1' },
      { role: 'client-1', event: { kind: 'send' }, text: 'bonjour' },
      { role: 'serveur', event: { kind: 'receive' }, text: 'bonjour' },
      { role: 'client-1', event: { kind: 'receive' }, text: 'Message reçu' },
      { role: 'client-2', event: { kind: 'receive' }, never: true },
    ],
    because: '`sender()` désigne le socket qui a parlé : le serveur répond au client 1, et à lui seul.',
  },
  observe: [
    'Chaque client reçoit la réponse à son propre message, dans n’importe quel ordre d’envoi.',
    'Le nombre de clients augmente et diminue exactement.',
    'Un client tué par Ctrl+C sort de la liste comme un autre ; sur « Le fil », le lien avec sa fin est en pointillé, car déduit.',
    'Le serveur lancé avec un maximum de 1 : le second client reçoit `COMPLET`, puis la fin.',
  ],
  modify: [
    {
      title: 'Oublier de retirer',
      statement:
        'Mettez en commentaire la ligne qui retire le client de la liste à son départ, puis connectez et déconnectez trois clients.',
      file: 'labs/multi-clients/serveur.ts',
      command: 'npm run lab -- multi-clients/serveur --port 1234',
      expected: 'Le compteur ne redescend plus : la liste garde des clients qui n’existent plus.',
      seen: [
        {
          role: 'serveur',
          copy: true,
          output: /Clients : (\d+)\b(?:(?!Clients :)[\s\S])*Client déconnecté, port : \d+ Clients : \1\b/,
        },
      ],
    },
    {
      title: 'Sans gestionnaire d’erreur, avec Node',
      statement:
        'Dans la variante Node, retirez le gestionnaire `error` des sockets, relancez le serveur, puis coupez un client par une remise à zéro : `node -e "require(\'net\').connect(1234, function () { this.resetAndDestroy() })"`. Un simple Ctrl+C ne suffirait pas : le système enverrait une fin ordinaire.',
      file: 'labs/multi-clients/serveur.node.ts',
      command: 'npm run lab -- multi-clients/serveur --port 1234 --variante node',
      expected: 'Une remise à zéro (RST) d’un seul client arrête le serveur, et tous les autres avec lui.',
      seen: [{ role: 'serveur', variant: 'node', copy: true, output: /ECONNRESET/, exit: 1 }],
    },
    {
      title: 'Un slot trop long',
      statement:
        'Depuis un client, tapez `calcule 3000000`, et faites aussitôt parler l’autre. Relancez ensuite le serveur avec `--calcul` et recommencez.',
      file: 'labs/multi-clients/serveur.ts',
      command: 'npm run lab -- multi-clients/serveur --port 1234 --calcul',
      expected:
        'Sans `--calcul`, le second client n’a sa réponse qu’après le calcul du premier. Avec, le calcul se fait dans un autre fil et personne n’attend.',
      seen: [
        {
          role: 'serveur',
          output: /"calcule \d+"(?:(?!Calcul terminé)[\s\S])*Reçu du client, port : \d+ "(?!calcule)/,
        },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.6.6-1',
      title: 'Répondre au bon',
      level: 1,
      statement:
        'Répondez `RECU x\\n` à chaque ligne `x`, à celui qui l’a envoyée. À la ligne `?`, répondez `CLIENTS n\\n`.',
      criteria: [
        'A écrit : A seul reçoit une réponse.',
        'Trois clients connectés : `?` reçoit `CLIENTS 3`.',
        'Après un départ normal, `CLIENTS 2` ; après un départ brutal, `CLIENTS 1`, et le serveur vit.',
        'Deux lignes collées reçoivent deux réponses.',
      ],
      hints: [
        'Le programme de départ écrit à tout le monde : à qui devrait-il écrire ?',
        'Une lecture peut contenir plusieurs lignes : `canReadLine()` et une boucle.',
        '`while (client.canReadLine())`, puis `client.readLine()` sans sa fin de ligne ; et retirez le client de la liste dans `disconnected`.',
      ],
      file: 'labs/multi-clients/exercices/repondre.ts',
      command: 'npm run lab -- multi-clients/exercices/repondre --port 1234',
    },
    {
      id: 'EX-8.6.6-2',
      title: 'Salon',
      level: 2,
      statement:
        'La première ligne d’un client est son pseudo. Ensuite, chaque ligne est diffusée aux autres sous la forme `pseudo: texte`, sauf à son auteur. Un départ annonce `* pseudo est parti`.',
      criteria: [
        'Trois clients : chacun reçoit les messages des deux autres, jamais les siens.',
        'Avant d’avoir donné son pseudo, un client ne diffuse rien.',
        'Un pseudo déjà pris reçoit `ERREUR PSEUDO`, et peut en proposer un autre.',
        'Un message arrivé en deux morceaux est diffusé une seule fois.',
        'Un départ brutal est annoncé une seule fois.',
      ],
      hints: [
        'Un état par connexion : que faut-il retenir de chaque client ?',
        'Une `Map` du socket vers son pseudo, absente tant qu’il n’en a pas donné.',
        'Diffuser : `for (const [autre] of pseudos) if (autre !== client) autre.write(…)` ; annoncer le départ dans `disconnected`, si le pseudo existe.',
      ],
      file: 'labs/multi-clients/exercices/salon.ts',
      command: 'npm run lab -- multi-clients/exercices/salon --port 1234',
    },
    {
      id: 'EX-8.6.6-3',
      title: 'Jauge',
      level: 2,
      statement:
        'Au plus `--max` clients à la fois, 3 par défaut. Celui de trop reçoit `COMPLET\\n`, puis la connexion se ferme.',
      criteria: [
        'Le quatrième client reçoit exactement `COMPLET`, puis la fin.',
        'Le départ d’un des trois libère une place.',
        'Le départ du refusé ne change rien au compte.',
        'Vingt refus d’affilée ne gênent pas les trois clients servis.',
      ],
      hints: [
        '`setMaxPendingConnections` ne compte pas les clients servis : comptez vous-même.',
        'Ne mettez dans la liste que les clients acceptés : le compte est alors toujours juste.',
        'Si `clients.size >= options.max` : relier `disconnected` à `deleteLater`, écrire `COMPLET\\n`, `disconnectFromHost()`, et passer au suivant.',
      ],
      file: 'labs/multi-clients/exercices/jauge.ts',
      command: 'npm run lab -- multi-clients/exercices/jauge --port 1234 --max 3',
    },
    {
      id: 'EX-8.6.6-4',
      title: 'Client lent',
      level: 3,
      statement:
        'Tout ce qu’un client envoie est diffusé aux autres. Un client qui ne lit pas est exclu dès que 4 Mio attendent de partir vers lui, et le serveur affiche `EXCLU ip:port`.',
      criteria: [
        'Avec 50 Mo diffusés et un client qui ne lit pas, les autres reçoivent tout.',
        'La mémoire du serveur, mesurée du dehors, ne suit pas ce qui est diffusé.',
        'Le client lent est coupé, et la ligne `EXCLU ip:port` le nomme.',
      ],
      hints: [
        '`write` accepte toujours : où vont les octets quand le pair ne lit pas ?',
        '`bytesToWrite()` donne ce qui attend encore de partir.',
        'Dans la diffusion : si `autre.bytesToWrite() > 4 * 1_048_576`, afficher, puis `autre.abort()` ; jamais `disconnectFromHost()`, qui attendrait que tout parte.',
      ],
      file: 'labs/multi-clients/exercices/client-lent.ts',
      command: 'npm run lab -- multi-clients/exercices/client-lent --port 1234',
    },
  ],
})
