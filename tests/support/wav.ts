/** Seconds of silence, 8,000 bytes each, behind a part no player asks for. `declared`: what its head says of the length. */
export function wav(seconds = 1, declared = seconds * 8_000): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(12 + 8 + 3 + 1 + 24 + 8 + seconds * 8_000, 0x80);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVE', 8, 'latin1');
  bytes.write('JUNK', 12, 'latin1');
  bytes.writeUInt32LE(3, 16);
  bytes.write('fmt ', 24, 'latin1');
  bytes.writeUInt32LE(16, 28);
  // One channel of 8,000 one-byte samples a second.
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(1, 34);
  bytes.writeUInt32LE(8_000, 36);
  bytes.writeUInt32LE(8_000, 40);
  bytes.writeUInt16LE(1, 44);
  bytes.writeUInt16LE(8, 46);
  bytes.write('data', 48, 'latin1');
  bytes.writeUInt32LE(declared, 52);
  return bytes;
}
