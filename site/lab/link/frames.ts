/** The binary frames of the link, as bytes. Numbers are little-endian; see `runner/protocol.ts`. */
import { ACK_HEADER, FLAG_REPLAY, Frame, INPUT_HEADER, OUTPUT_HEADER } from '../../../runner/protocol.ts'

export interface OutputFrame {
  /** Offset of the first byte in all that the program has printed. */
  offset: number
  replay: boolean
  bytes: Uint8Array
}

/** Null when it is not a frame of output. */
export function readOutput(data: ArrayBuffer): OutputFrame | null {
  const view = new DataView(data)
  if (view.byteLength < OUTPUT_HEADER || view.getUint8(0) !== Frame.OUTPUT) return null
  return {
    offset: view.getFloat64(2, true),
    replay: (view.getUint8(1) & FLAG_REPLAY) !== 0,
    bytes: new Uint8Array(data, OUTPUT_HEADER),
  }
}

export function inputFrame(seq: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(INPUT_HEADER + bytes.length)
  const view = new DataView(frame.buffer)
  view.setUint8(0, Frame.INPUT)
  view.setUint32(1, seq, true)
  frame.set(bytes, INPUT_HEADER)
  return frame
}

export function ackFrame(offset: number): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(ACK_HEADER))
  view.setUint8(0, Frame.ACK)
  view.setFloat64(1, offset, true)
  return view.buffer
}
