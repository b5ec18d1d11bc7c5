/** Text of ASCII and characters of two bytes in GB18030, which Node can decode but not encode. */
export function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder("gb18030");
  const bytes = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1) bytes.set(character, [high, low]);
    }
  return Uint8Array.from([...text].flatMap((each) => bytes.get(each) ?? [each.charCodeAt(0)]));
}
