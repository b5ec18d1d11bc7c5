/** A stream of pseudo-random numbers that its seed determines completely. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform whole number in [0, bound). */
  integer(bound: number): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * Makes a generator (sfc32, Chris Doty-Humphrey's small fast counting generator).
 * The same seed and keys give the same stream everywhere; other keys give an independent stream, so each part of
 * a computation takes its own: `createRandom(seed, "rows", fold)`.
 */
export function createRandom(seed: number, ...keys: (number | string)[]): Random {
  let hash = mix(seed >>> 0) ^ mix(Math.floor(seed / 2 ** 32) >>> 0);
  for (const key of keys) {
    for (const char of `${key}\u0000`) hash = mix(hash ^ (char.codePointAt(0) as number));
  }
  let a = mix(hash + 0x9e3779b9);
  let b = mix(hash + 0x3c6ef372);
  let c = mix(hash + 0xdaa66d2b);
  let counter = 1;

  function bits(): number {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) bits();

  return {
    next: () => bits() / 2 ** 32,
    integer: (bound) => Math.floor((bits() / 2 ** 32) * bound),
    // Box and Muller 1958; 1 − u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - bits() / 2 ** 32)) * Math.cos((2 * Math.PI * bits()) / 2 ** 32),
  };
}

/** Shuffles in place (Fisher and Yates). Own code: shuffleInPlace of simple-statistics draws once more, which moves later draws. */
export function shuffle(values: Int32Array | Uint32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}

/** Final mix of MurmurHash3 (Austin Appleby). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
