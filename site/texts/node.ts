/**
 * What Node's own functions do, for who points at one in the editor: those that the programs of the labs use. By the
 * file of `@types/node` that declares them, then by name, that of their class before. Written after nodejs.org/api.
 */

/** A page of Node's documentation, and its names in a sentence each. */
interface Page {
  page: string
  names: Readonly<Record<string, string>>
}

export const NODE_DOCS: Readonly<Record<string, Page>> = {
  net: {
    page: 'nodejs.org/api/net.html',
    names: {
      createServer: 'Crée un serveur TCP. La fonction donnée est appelée à chaque nouvelle connexion.',
      connect: 'Ouvre une connexion TCP et rend son socket aussitôt ; « connect » dira qu’elle est établie.',
      isIP: 'Rend 4 ou 6 si ce texte est une adresse IP de cette version, 0 sinon.',
      isIPv4: 'Dit si ce texte est une adresse IPv4.',
      isIPv6: 'Dit si ce texte est une adresse IPv6.',
      'Socket.on':
        'Appelle la fonction à chaque « data », « end », « error » ou « close ». Sans écoute de « error », une erreur arrête le programme.',
      'Socket.once': 'Comme `on`, pour la première fois seulement.',
      'Socket.write':
        'Confie des octets au système pour le pair. Rend `false` quand trop d’octets attendent : « drain » dira quand reprendre.',
      'Socket.end': 'Envoie ce qui attend, puis ferme notre sens de la connexion : le pair lira « end ».',
      'Socket.resetAndDestroy': 'Ferme la connexion par un RST : le pair lira une erreur ECONNRESET.',
      'Socket.pause': 'Ne lit plus : le pair est freiné quand les tampons sont pleins.',
      'Socket.resume': 'Reprend la lecture ; sans écoute de « data », ce qui arrive est perdu.',
      'Socket.setEncoding': '« data » donne désormais du texte, sans couper un caractère en deux.',
      'Socket.setNoDelay': 'Envoie les petits morceaux aussitôt, sans les regrouper (algorithme de Nagle).',
      'Socket.setTimeout':
        '« timeout » a lieu après ces millisecondes de silence ; la connexion, elle, reste ouverte.',
      'Socket.unref': 'Ce socket n’empêche plus le programme de se terminer.',
      'Socket.address': 'Notre adresse et notre port sur cette connexion.',
      'Socket.remoteAddress': 'L’adresse du pair ; `undefined` une fois la connexion fermée.',
      'Socket.remotePort': 'Le port du pair ; `undefined` une fois la connexion fermée.',
      'Socket.localAddress': 'Notre adresse sur cette connexion.',
      'Socket.localPort': 'Notre port sur cette connexion.',
      'Socket.readyState':
        'Où en est la connexion : « opening », « open », « readOnly », « writeOnly » ou « closed ».',
      'Server.listen':
        'Écoute sur ce port ; 0 laisse le système choisir. « listening » dit que c’est fait, « error » que le port est pris.',
      'Server.close':
        'N’accepte plus de connexions. Celles qui sont ouvertes continuent ; « close » suit la dernière.',
      'Server.address': 'L’adresse et le port écoutés ; `null` avant « listening » et après « close ».',
      'Server.listening': 'Dit si le serveur écoute.',
      'Server.maxConnections': 'Au-delà de ce nombre, une connexion est fermée aussitôt acceptée.',
    },
  },
  dgram: {
    page: 'nodejs.org/api/dgram.html',
    names: {
      createSocket: 'Crée un socket UDP, en IPv4 (« udp4 ») ou en IPv6 (« udp6 »).',
      'Socket.bind':
        'Attache le socket à un port ; 0 laisse le système choisir. « listening » dit que c’est fait.',
      'Socket.send':
        'Envoie un datagramme. Rien ne dit s’il arrive ; la fonction donnée est appelée quand le système l’a pris.',
      'Socket.close': 'Ferme le socket : « message » n’a plus lieu.',
      'Socket.address': 'L’adresse et le port du socket ; une erreur s’il n’est pas attaché.',
      'Socket.setBroadcast': 'Permet d’envoyer à une adresse de diffusion ; après « listening ».',
      'Socket.addMembership': 'Rejoint un groupe multicast, sur une interface si elle est nommée.',
      'Socket.dropMembership': 'Quitte un groupe multicast.',
      'Socket.setMulticastTTL': 'Nombre de routeurs qu’un datagramme multicast peut traverser ; 1 au départ.',
      'Socket.setMulticastInterface': 'L’interface par laquelle partent les datagrammes multicast.',
      'Socket.setMulticastLoopback': 'Dit si cette machine reçoit aussi ses propres datagrammes multicast.',
      'Socket.connect':
        'Ne garde qu’un pair : `send` ne dit plus où, et le reste est ignoré. Rien n’est envoyé.',
    },
  },
  events: {
    page: 'nodejs.org/api/events.html',
    names: {
      'InternalEventEmitter.on': 'Appelle la fonction à chaque fois que l’événement a lieu.',
      'InternalEventEmitter.once':
        'Appelle la fonction la première fois que l’événement a lieu, puis l’oublie.',
      'EventEmitter.once':
        'Une promesse, tenue la première fois que l’événement a lieu, rompue par « error ».',
    },
  },
  stream: {
    page: 'nodejs.org/api/stream.html',
    names: {
      'Readable.destroy': 'Ferme aussitôt, sans attendre ce qui reste à lire ou à écrire ; « close » suit.',
      'Writable.writableEnded': 'Dit si `end` a été appelé ; ce qui attend peut n’être pas encore parti.',
    },
  },
  readline: {
    page: 'nodejs.org/api/readline.html',
    names: {
      createInterface: 'Lit un flux ligne par ligne : « line » a lieu à chacune, « close » à la fin.',
      'Interface.close': 'Cesse de lire : « close » a lieu.',
      'Interface.question': 'Pose une question et donne la ligne de réponse à la fonction.',
    },
  },
  'buffer.buffer': {
    page: 'nodejs.org/api/buffer.html',
    names: {
      'BufferConstructor.from':
        'Des octets : ceux d’un texte, en UTF-8 si rien n’est dit, ou d’une liste de nombres.',
      'BufferConstructor.alloc': 'Tant d’octets, tous nuls.',
      'BufferConstructor.concat': 'Met bout à bout des suites d’octets, dans une copie.',
      'Buffer.subarray': 'Une partie des octets, sans copie : la même mémoire, vue autrement.',
    },
  },
  buffer: {
    page: 'nodejs.org/api/buffer.html',
    names: {
      'BufferConstructor.byteLength': 'Combien d’octets prend ce texte, en UTF-8 si rien n’est dit.',
      'Buffer.toString': 'Le texte que disent ces octets, en UTF-8 si rien n’est dit.',
      'Buffer.readUInt32BE':
        'Le nombre écrit sur quatre octets à cette place, le plus lourd d’abord (ordre du réseau).',
      'Buffer.writeUInt32BE':
        'Écrit un nombre sur quatre octets à cette place, le plus lourd d’abord (ordre du réseau).',
      'Buffer.indexOf': 'La place de cette valeur parmi les octets, ou -1.',
    },
  },
  process: {
    page: 'nodejs.org/api/process.html',
    names: {
      'Process.exit': 'Termine le programme aussitôt : ce qui n’est pas encore écrit peut se perdre.',
      'Process.exitCode':
        'Le code de fin, quand le programme se termine de lui-même ; 0 dit que tout va bien.',
      'Process.argv': 'La commande : le chemin de Node, celui du programme, puis ses arguments.',
      'Process.on':
        'Appelle la fonction à chaque signal reçu, « SIGINT » pour Ctrl+C, ou à la fin, « exit ».',
      'Process.stdin': 'Ce que l’on tape : un flux que l’on lit.',
      'Process.stdout': 'Ce qui s’affiche : un flux où l’on écrit.',
    },
  },
  'web-globals/timers': {
    page: 'nodejs.org/api/timers.html',
    names: {
      setTimeout: 'Appelle la fonction une fois, au plus tôt dans tant de millisecondes.',
      setInterval: 'Appelle la fonction toutes les tant de millisecondes, jusqu’à `clearInterval`.',
      setImmediate: 'Appelle la fonction au tour suivant de la boucle d’événements.',
      clearTimeout: 'Renonce à ce que `setTimeout` allait appeler.',
      clearInterval: 'Renonce à ce que `setInterval` répète.',
    },
  },
}
