const TABLES = new Map<string, Map<string, number[]>>();

/** Text in an encoding that Node decodes but does not encode: by a table of all its characters of one and two bytes. */
export function encoded(encoding: string, text: string): Buffer {
  const table = TABLES.get(encoding) ?? tableOf(encoding);
  TABLES.set(encoding, table);
  return Buffer.from(
    [...text].flatMap((character) => {
      if (character < "\x80") return [character.charCodeAt(0)];
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

function tableOf(encoding: string): Map<string, number[]> {
  const table = new Map<string, number[]>();
  const put = (...bytes: number[]) => {
    // As a stream: in one piece Node 20 takes windows-1252 for ISO 8859-1.
    const character = new TextDecoder(encoding).decode(Uint8Array.from(bytes), { stream: true });
    if ([...character].length === 1 && character !== "\ufffd" && !table.has(character))
      table.set(character, bytes);
  };
  for (let first = 0x80; first <= 0xff; first++) {
    put(first);
    for (let second = 0x40; second <= 0xfe; second++) put(first, second);
  }
  return table;
}
