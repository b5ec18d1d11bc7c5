import { describe, expect, it } from "vitest";
import { finished, mixed, textHash } from "../../../src/vectors/fingerprints/murmur-hash.js";

/** The hash of 32-bit words. */
const hashOf = (words: readonly number[], seed: number) => finished(words.reduce(mixed, seed), words.length);

describe("MurmurHash3", () => {
  // By mmh3 5 of Python: mmh3.hash(struct.pack("<…I", *words), seed, signed=False).
  it.each([
    [[], 0, 0],
    [[], 1, 1364076727],
    [[0], 0, 593689054],
    [[1, 2, 3], 0, 3923217110],
    [[0xffffffff, 0x80000000], 42, 1253712937],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], 0x9747b28c, 1444884617],
  ])("of the words %j with seed %d is that of the reference", (words, seed, expected) => {
    expect(hashOf(words, seed)).toBe(expected);
  });

  it.each([
    ["7", 1890292480],
    ["C-1001", 1376506283],
    ["用户", 1150357639],
  ])("of the text %j takes a word per character", (text, expected) => {
    expect(textHash(text, 7)).toBe(expected);
  });
});
