// More than stands around a message in its memory: gRPC's own five bytes.
const aroundMessage = 16

/**
 * Gives the memory of a message back at once. Nobody may use the message any more.
 *
 * Left to the collector, the pieces of a large array make it come more often than the work itself takes. Where Node cannot
 * (before 22), and where the memory is shared with others, as that of short messages is, nothing happens.
 */
export function giveBack(message: Uint8Array): void {
  const { buffer } = message
  const isAlone = buffer.byteLength <= message.byteLength + aroundMessage
  if (isAlone && buffer instanceof ArrayBuffer && 'transfer' in buffer) buffer.transfer(0)
}
