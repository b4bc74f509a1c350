import { exigerDonnees, exigerNombre, exigerTexte, refuser } from './arguments.ts'

/** Ce qu'un `QDataStream` demande à ce qu'il lit et écrit : un `QTcpSocket`, par exemple. */
export interface Peripherique {
  read(max: number): Buffer
  write(donnees: Uint8Array): number
  startTransaction(): void
  commitTransaction(): void
  rollbackTransaction(): void
  isTransactionStarted(): boolean
}

type Status = 'Ok' | 'ReadPastEnd' | 'ReadCorruptData' | 'WriteFailed'

/** La longueur qui note, dans Qt, une chaîne ou un tableau nul. */
const NUL = 0xffff_ffff

/**
 * Des valeurs écrites en binaire, le plus fort octet d'abord, comme `QDataStream` : `out << quint32(4)` s'écrit
 * `out.writeUInt32(4)`, `in >> texte` s'écrit `texte = in.readString()`. Lire au-delà de ce qui est arrivé rend une
 * valeur nulle, et `status()` le dit ; une transaction permet de réessayer quand la suite sera là.
 * https://doc.qt.io/qt-6/qdatastream.html
 */
export class QDataStream {
  readonly #peripherique: Peripherique
  #status: Status = 'Ok'
  #transactions = 0

  constructor(peripherique: Peripherique) {
    if (typeof peripherique?.read !== 'function') {
      refuser('new QDataStream(socket)', 'le périphérique', 'un QTcpSocket', peripherique)
    }
    this.#peripherique = peripherique
  }

  /** `Ok`, ou la première erreur : `ReadPastEnd`, `ReadCorruptData`, `WriteFailed`. */
  status(): Status {
    return this.#status
  }

  resetStatus(): void {
    this.#status = 'Ok'
  }

  /** Ne retient que la première erreur. */
  setStatus(status: Status): void {
    if (this.#status === 'Ok') this.#status = status
  }

  // ---- transactions

  startTransaction(): void {
    this.#transactions += 1
    if (this.#transactions > 1) return
    this.#peripherique.startTransaction()
    this.resetStatus()
  }

  /** Vrai si tout ce qui a été lu était arrivé ; sinon, ce qui a été lu redevient à lire. */
  commitTransaction(): boolean {
    if (this.#transactions === 0) return false
    this.#transactions -= 1
    if (this.#transactions === 0) this.#finir()
    return this.#status === 'Ok'
  }

  /** Rend à lire ce qui a été lu, comme si la suite manquait. */
  rollbackTransaction(): void {
    if (this.#transactions === 0) return
    this.setStatus('ReadPastEnd')
    this.#transactions -= 1
    if (this.#transactions === 0) this.#finir()
  }

  /** Abandonne ce qui a été lu : les données n'ont pas de sens. */
  abortTransaction(): void {
    if (this.#transactions === 0) return
    this.#status = 'ReadCorruptData'
    this.#transactions -= 1
    if (this.#transactions === 0) this.#finir()
  }

  #finir(): void {
    if (this.#status === 'ReadPastEnd') this.#peripherique.rollbackTransaction()
    else this.#peripherique.commitTransaction()
  }

  // ---- lecture

  /** Les `taille` octets suivants, ou `null` s'ils ne sont pas tous là. */
  #lire(taille: number): Buffer | null {
    // Dans une transaction qui a échoué, plus rien n'est lu.
    if (this.#status !== 'Ok' && this.#peripherique.isTransactionStarted()) return null
    const octets = taille === 0 ? Buffer.alloc(0) : this.#peripherique.read(taille)
    if (octets.length === taille) return octets
    this.setStatus('ReadPastEnd')
    return null
  }

  readUInt8(): number {
    return this.#lire(1)?.readUInt8() ?? 0
  }

  readInt8(): number {
    return this.#lire(1)?.readInt8() ?? 0
  }

  readUInt16(): number {
    return this.#lire(2)?.readUInt16BE() ?? 0
  }

  readInt16(): number {
    return this.#lire(2)?.readInt16BE() ?? 0
  }

  readUInt32(): number {
    return this.#lire(4)?.readUInt32BE() ?? 0
  }

  readInt32(): number {
    return this.#lire(4)?.readInt32BE() ?? 0
  }

  readInt64(): bigint {
    return this.#lire(8)?.readBigInt64BE() ?? 0n
  }

  readDouble(): number {
    return this.#lire(8)?.readDoubleBE() ?? 0
  }

  readBool(): boolean {
    return this.readUInt8() !== 0
  }

  /** Un `QByteArray` : sa longueur sur 4 octets, puis ses octets. */
  readBytes(): Buffer {
    const taille = this.readUInt32()
    return taille === NUL ? Buffer.alloc(0) : (this.#lire(taille) ?? Buffer.alloc(0))
  }

  /** Une `QString` : sa longueur en octets sur 4 octets, puis ses caractères en UTF-16. */
  readString(): string {
    const octets = this.readBytes()
    if (octets.length % 2 === 0) return Buffer.from(octets).swap16().toString('utf16le')
    this.setStatus('ReadCorruptData')
    return ''
  }

  // ---- écriture

  #ecrire(octets: Uint8Array): this {
    if (octets.length > 0 && this.#peripherique.write(octets) !== octets.length) this.setStatus('WriteFailed')
    return this
  }

  /** Écrit un nombre, réduit à sa taille comme en C++. */
  #nombre(valeur: number, methode: string, taille: number): this {
    exigerNombre(valeur, `QDataStream.${methode}(valeur)`, 'la valeur')
    const octets = Buffer.alloc(4)
    octets.writeInt32BE(valeur | 0)
    return this.#ecrire(octets.subarray(4 - taille))
  }

  writeUInt8(valeur: number): this {
    return this.#nombre(valeur, 'writeUInt8', 1)
  }

  writeInt8(valeur: number): this {
    return this.#nombre(valeur, 'writeInt8', 1)
  }

  writeUInt16(valeur: number): this {
    return this.#nombre(valeur, 'writeUInt16', 2)
  }

  writeInt16(valeur: number): this {
    return this.#nombre(valeur, 'writeInt16', 2)
  }

  writeUInt32(valeur: number): this {
    return this.#nombre(valeur, 'writeUInt32', 4)
  }

  writeInt32(valeur: number): this {
    return this.#nombre(valeur, 'writeInt32', 4)
  }

  writeInt64(valeur: bigint): this {
    if (typeof valeur !== 'bigint')
      refuser('QDataStream.writeInt64(valeur)', 'la valeur', 'un entier BigInt', valeur)
    const octets = Buffer.alloc(8)
    octets.writeBigInt64BE(BigInt.asIntN(64, valeur))
    return this.#ecrire(octets)
  }

  writeDouble(valeur: number): this {
    exigerNombre(valeur, 'QDataStream.writeDouble(valeur)', 'la valeur')
    const octets = Buffer.alloc(8)
    octets.writeDoubleBE(valeur)
    return this.#ecrire(octets)
  }

  writeBool(valeur: boolean): this {
    return this.writeUInt8(valeur ? 1 : 0)
  }

  writeBytes(donnees: Uint8Array): this {
    const octets = exigerDonnees(donnees, 'QDataStream.writeBytes(donnees)')
    return this.writeUInt32(octets.length).#ecrire(octets)
  }

  writeString(texte: string): this {
    exigerTexte(texte, 'QDataStream.writeString(texte)', 'le texte')
    return this.writeBytes(Buffer.from(texte, 'utf16le').swap16())
  }
}
