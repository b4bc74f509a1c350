/**
 * Les énumérations de `QAbstractSocket`.
 * Une valeur est un objet unique : elle se compare avec `===`, s'affiche par son nom (`'état ' + socket.state()`) et
 * vaut le nombre de Qt là où il faut un nombre (`+QAbstractSocket.SocketState.BoundState` vaut 4).
 */
export class Enumere<Nom extends string = string> {
  /** Le nom sans sa portée : `ConnectedState`. */
  readonly nom: Nom
  /** Le nombre que Qt donne à cette valeur. */
  readonly valeur: number

  constructor(nom: Nom, valeur: number) {
    this.nom = nom
    this.valeur = valeur
    Object.freeze(this)
  }

  toString(): Nom {
    return this.nom
  }

  [Symbol.toPrimitive](voulu: string): Nom | number {
    return voulu === 'number' ? this.valeur : this.nom
  }

  toJSON(): Nom {
    return this.nom
  }
}

function enumeration<const Valeurs extends Record<string, number>>(
  valeurs: Valeurs,
): { readonly [Nom in keyof Valeurs & string]: Enumere<Nom> } {
  const entrees = Object.entries(valeurs).map(([nom, valeur]) => [nom, new Enumere(nom, valeur)])
  return Object.freeze(Object.fromEntries(entrees))
}

/** Les états d'un socket : https://doc.qt.io/qt-6/qabstractsocket.html#SocketState-enum */
export const SocketState = enumeration({
  UnconnectedState: 0,
  HostLookupState: 1,
  ConnectingState: 2,
  ConnectedState: 3,
  BoundState: 4,
  ListeningState: 5,
  ClosingState: 6,
})
export type SocketState = (typeof SocketState)[keyof typeof SocketState]

/** Les erreurs d'un socket : https://doc.qt.io/qt-6/qabstractsocket.html#SocketError-enum */
export const SocketError = enumeration({
  ConnectionRefusedError: 0,
  RemoteHostClosedError: 1,
  HostNotFoundError: 2,
  SocketAccessError: 3,
  SocketResourceError: 4,
  SocketTimeoutError: 5,
  DatagramTooLargeError: 6,
  NetworkError: 7,
  AddressInUseError: 8,
  SocketAddressNotAvailableError: 9,
  UnsupportedSocketOperationError: 10,
  UnfinishedSocketOperationError: 11,
  OperationError: 19,
  TemporaryError: 22,
  UnknownSocketError: -1,
})
export type SocketError = (typeof SocketError)[keyof typeof SocketError]

/** La famille d'une adresse : https://doc.qt.io/qt-6/qabstractsocket.html#NetworkLayerProtocol-enum */
export const NetworkLayerProtocol = enumeration({
  IPv4Protocol: 0,
  IPv6Protocol: 1,
  AnyIPProtocol: 2,
  UnknownNetworkLayerProtocol: -1,
})
export type NetworkLayerProtocol = (typeof NetworkLayerProtocol)[keyof typeof NetworkLayerProtocol]

/** Les options d'un socket : https://doc.qt.io/qt-6/qabstractsocket.html#SocketOption-enum */
export const SocketOption = enumeration({
  LowDelayOption: 0,
  KeepAliveOption: 1,
  MulticastTtlOption: 2,
  MulticastLoopbackOption: 3,
  TypeOfServiceOption: 4,
  SendBufferSizeSocketOption: 5,
  ReceiveBufferSizeSocketOption: 6,
  PathMtuSocketOption: 7,
})
export type SocketOption = (typeof SocketOption)[keyof typeof SocketOption]

/**
 * Les options de `bind()`, à combiner avec `|` (d'où des nombres) :
 * https://doc.qt.io/qt-6/qabstractsocket.html#BindFlag-enum
 */
export const BindFlag = {
  DefaultForPlatform: 0,
  ShareAddress: 1,
  DontShareAddress: 2,
  ReuseAddressHint: 4,
} as const
