/** Fingerprints that are kept; of more than these, those of the smallest numbers, which are a random sample. */
export const MOST_FINGERPRINTS = 8192;

/** One more than the largest fingerprint. */
export const FINGERPRINTS = 2 ** 32;

/** Different fingerprints as they are stored. */
export interface FingerprintSet {
  /** Ascending 32-bit numbers, low byte first, as base64: all that are less than `below`. */
  readonly hashes: string;
  /** 2³² where all are kept. */
  readonly below: number;
  /** How many there are, kept or not. */
  readonly count: number;
}

/** Keeps up to {@link MOST_FINGERPRINTS} of the different ones. @param rising in ascending order, repeated ones too. */
export function fingerprintSet(rising: Uint32Array): FingerprintSet {
  const kept: number[] = [];
  let count = 0;
  let below = FINGERPRINTS;
  for (let i = 0; i < rising.length; i++) {
    if (i > 0 && rising[i] === rising[i - 1]) continue;
    if (count === MOST_FINGERPRINTS) below = rising[i];
    if (count < MOST_FINGERPRINTS) kept.push(rising[i]);
    count++;
  }
  const bytes = Buffer.alloc(4 * kept.length);
  for (const [i, hash] of kept.entries()) bytes.writeUInt32LE(hash, 4 * i);
  return { hashes: bytes.toString("base64"), below, count };
}

/** The kept ones of a set, ascending; undefined where the text does not hold whole numbers. */
export function keptFingerprints({ hashes }: Pick<FingerprintSet, "hashes">): Uint32Array | undefined {
  const bytes = Buffer.from(hashes, "base64");
  if (bytes.length % 4 !== 0) return undefined;
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i));
}

/** How many of some fingerprints could be looked up in a set, and how many of those it holds. */
export interface FoundFingerprints {
  /** Those in the range that the set keeps. */
  readonly checked: number;
  readonly found: number;
}

/** Looks up fingerprints, repeated ones each time. */
export function lookUp(fingerprints: Uint32Array, set: FingerprintSet): FoundFingerprints {
  const kept = keptFingerprints(set) ?? new Uint32Array();
  let checked = 0;
  let found = 0;
  for (let i = 0; i < fingerprints.length; i++) {
    const wanted = fingerprints[i];
    if (wanted >= set.below) continue;
    checked++;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (kept[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    if (kept[low] === wanted) found++;
  }
  return { checked, found };
}
