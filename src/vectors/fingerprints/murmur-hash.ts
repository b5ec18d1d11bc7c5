/** A hash of 32 bits with one more word of 32 bits in it: the body of MurmurHash3 (Appleby 2011), x86, 32 bits. */
export function mixed(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const turned = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
}

/** The hash of so many words, as a whole number from 0 to 2³² − 1: the end of MurmurHash3. */
export function finished(hash: number, words: number): number {
  let result = hash ^ (4 * words);
  result = Math.imul(result ^ (result >>> 16), 0x85ebca6b);
  result = Math.imul(result ^ (result >>> 13), 0xc2b2ae35);
  return (result ^ (result >>> 16)) >>> 0;
}

/** The hash of a text: of its UTF-16 units, a word each. */
export function textHash(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = mixed(hash, text.charCodeAt(i));
  return finished(hash, text.length);
}
