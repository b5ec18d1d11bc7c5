import { isUtf8 } from "node:buffer";
import { CANDIDATES, type CandidateEncoding } from "./encoding-candidates.js";

/** Bytes of lines that are looked at. */
const SAMPLE_BYTES = 1 << 13;
const LF = 0x0a;
const CR = 0x0d;

/** Logarithms of how likely a character is, rough and for all encodings alike. */
const ASCII = Math.log(1 / 30);
const CONTROL = Math.log(1e-6);
const RARE = Math.log(1e-6);
/** Of a table of 128 characters, a letter that is not common, and a sign or a letter of another script. */
const LETTER = Math.log(0.2 / 60);
const SIGN = Math.log(0.02 / 60);
/** For a letter beside one that it is seldom beside. */
const ODD_NEIGHBOURS = Math.log(0.05);
const LETTERS = /[\p{L}\p{M}]/u;
/** Text that is less likely than this per byte beyond ASCII is text in none of the encodings. */
const LEAST = -6.5;

/**
 * The encoding in which bytes that are not UTF-8 make the most likely text: by how frequent each of its characters is in the
 * languages that are written in it. Undefined where they make text in none.
 * @param isStart whether a line begins with the first byte.
 */
export function likelyEncoding(bytes: Buffer, isStart: boolean): CandidateEncoding | undefined {
  const sample = otherLines(bytes, isStart);
  let best: CandidateEncoding | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of CANDIDATES) {
    const likelihood = likelihoodOf(sample, candidate);
    if (likelihood <= most) continue;
    most = likelihood;
    best = candidate;
  }
  return best;
}

/** The lines that are not UTF-8. */
function otherLines(bytes: Buffer, isStart: boolean): Buffer {
  const lines: Buffer[] = [];
  let length = 0;
  let start = 0;
  for (let p = 0; p < bytes.length && length < SAMPLE_BYTES; p++) {
    if (bytes[p] !== LF && bytes[p] !== CR) continue;
    const line = bytes.subarray(start, p + 1);
    // The first line may begin within a character.
    if ((start > 0 || isStart) && !isUtf8(line)) {
      lines.push(line);
      length += line.length;
    }
    start = p + 1;
  }
  return lines.length > 0 ? Buffer.concat(lines) : bytes.subarray(0, SAMPLE_BYTES);
}

/** The logarithm of how likely bytes are in an encoding; −Infinity where they are not valid, or hardly text. */
function likelihoodOf(bytes: Buffer, candidate: CandidateEncoding): number {
  const text = decoded(bytes, candidate.encoding);
  if (text === undefined) return Number.NEGATIVE_INFINITY;
  // Alphabets of different sizes are no reason to prefer one.
  const common = Math.log(0.7 / Math.max(candidate.common.length, 48));
  let likelihood = candidate.prior;
  let ofText = 0;
  let bytesBeyond = 0;
  let place = 0;
  let before = "";
  for (const character of text) {
    const width = widthAt(bytes, place, candidate);
    if (character <= "\x7f") {
      likelihood += isControl(character) ? CONTROL : ASCII;
      if (isControl(character)) ofText += CONTROL;
    } else {
      let share = candidate.common.includes(character)
        ? common
        : otherShare(character, bytes, place, candidate);
      if (areOdd(before, character, candidate)) share += ODD_NEIGHBOURS;
      likelihood += share;
      ofText += share;
      bytesBeyond += width;
    }
    place += width;
    before = character;
  }
  return bytesBeyond > 0 && ofText / bytesBeyond < LEAST ? Number.NEGATIVE_INFINITY : likelihood;
}

/** Of a character that is not common. */
function otherShare(
  character: string,
  bytes: Buffer,
  place: number,
  { script, usual }: CandidateEncoding,
): number {
  if (usual === undefined) return script?.test(character) ? LETTER : SIGN;
  const [first, second] = bytes.subarray(place, place + 2);
  const isUsual = first >= usual.from && first <= usual.to && second >= usual.second;
  return isUsual ? Math.log(0.28 / usual.count) : RARE;
}

/** Whether a letter of an alphabet is seldom behind another one. */
function areOdd(before: string, letter: string, { script }: CandidateEncoding): boolean {
  if (script === undefined || !LETTERS.test(before) || !LETTERS.test(letter)) return false;
  if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(letter)) return true;
  // Letters with accents stand beside plain ones, those of other scripts among themselves.
  return script.test("a") ? before > "\x7f" : !script.test(before) || !script.test(letter);
}

function isControl(character: string): boolean {
  return character < " " && !/[\t\n\r]/u.test(character);
}

/** The length of the character that begins at a byte. */
function widthAt(bytes: Buffer, place: number, { encoding, usual }: CandidateEncoding): number {
  const first = bytes[place];
  if (usual === undefined || first < 0x80) return 1;
  const second = bytes[place + 1];
  if (encoding === "gb18030" && second >= 0x30 && second <= 0x39) return 4;
  if (encoding === "shift_jis" && first >= 0xa1 && first <= 0xdf) return 1;
  return encoding === "euc-jp" && first === 0x8f ? 3 : 2;
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    // As a stream: in one piece Node 20 takes windows-1252 for ISO 8859-1.
    return decoder.decode(bytes, { stream: true }) + decoder.decode();
  } catch {
    return undefined;
  }
}
