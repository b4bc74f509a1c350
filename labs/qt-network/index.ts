/**
 * Le module réseau de Qt, en TypeScript : mêmes classes, mêmes méthodes, mêmes signaux, dans le même ordre.
 * https://doc.qt.io/qt-6/qtnetwork-module.html
 *
 * Ce qui change d'écriture :
 * - `connect(socket, &QTcpSocket::readyRead, this, &Client::lire)` → `socket.readyRead.connect(this, this.lire)` ;
 * - `QAbstractSocket::ConnectedState` → `QAbstractSocket.SocketState.ConnectedState` ;
 * - un `QByteArray` est un `Buffer`, une `QString` est une chaîne, `nullptr` est `null`.
 *
 * Tailles en octets, durées en millisecondes, ports de 0 à 65535. Rien ne lève d'exception pour une raison de réseau.
 *
 * Ce qui diffère de Qt, volontairement :
 * - pas de `waitFor…()` : attendre bloquerait tout le programme, qui n'a qu'un fil d'exécution ;
 * - pas de `setReadBufferSize()`, pas d'UDP connecté ;
 * - un datagramme reçu ne dit ni son nombre de sauts, ni son interface, ni sa destination (sauf une diffusion de ce
 *   programme même) : Node ne les donne pas ;
 * - Node ne règle ni ne lit toutes les options d'un socket : `socketOption()` rend alors `null` ;
 * - un argument d'un mauvais type, que C++ ne compilerait pas, lève `ArgumentInvalide`, qui le dit en français ;
 * - `errorOccurred` est émis une fois, et non deux, quand une connexion refusée avait des données en attente ;
 * - `acceptError` n'est jamais émis : Node ne dit pas qu'il manque de descripteurs ;
 * - une erreur de route arrive par `errorOccurred`, après l'appel ;
 * - après `abort()` avant `connected`, le serveur peut n'avoir rien vu.
 */
export { ArgumentInvalide } from './arguments.ts'
export { Enumere, NetworkLayerProtocol, SocketError, SocketOption, SocketState } from './enumeration.ts'
export { QAbstractSocket } from './qabstractsocket.ts'
export { type Peripherique, QDataStream } from './qdatastream.ts'
export { QStr, qDebug, qInstallMessageHandler, qs } from './qdebug.ts'
export { QHostAddress } from './qhostaddress.ts'
export { QNetworkDatagram } from './qnetworkdatagram.ts'
export { QNetworkAddressEntry, QNetworkInterface } from './qnetworkinterface.ts'
export { QObject } from './qobject.ts'
export { QTcpServer } from './qtcpserver.ts'
export { type DescripteurDeSocket, QTcpSocket } from './qtcpsocket.ts'
export { QTimer } from './qtimer.ts'
export { QUdpSocket } from './qudpsocket.ts'
export type { DatagrammeLu } from './reception-udp.ts'
export { type Connexion, Signal, sender } from './signal.ts'
export { fromLatin1, fromUtf8, toLatin1, toUtf8 } from './texte.ts'
