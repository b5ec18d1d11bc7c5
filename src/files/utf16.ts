/** Bytes at the beginning of a text by which UTF-16 is recognised. */
export const UTF16_SAMPLE_BYTES = 1024;

/** Share of the characters that are of ASCII in every table: delimiters, line ends and digits are. */
const LEAST_ASCII = 0.1;

/**
 * `"utf-16le"` or `"utf-16be"` where bytes begin with its byte order mark, or hold NUL at every second place as ASCII does in
 * UTF-16 and in no other encoding; else undefined. Chinese has none, so that not every second byte must be one; Ā (U+0100)
 * has one at the other place, so that few may be there.
 */
export function utf16Of(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const length = Math.min(bytes.length, UTF16_SAMPLE_BYTES) & ~1;
  let little = 0;
  let big = 0;
  for (let p = 0; p < length; p += 2) {
    if (bytes[p + 1] === 0 && isAscii(bytes[p])) little++;
    if (bytes[p] === 0 && isAscii(bytes[p + 1])) big++;
  }
  const least = Math.max(1, (length / 2) * LEAST_ASCII);
  if (little >= least && little > 4 * big) return "utf-16le";
  if (big >= least && big > 4 * little) return "utf-16be";
  return undefined;
}

/**
 * Whether a byte is a character of text, printable, a tab or a line end; without N and 0, which read the other way round are
 * the frequent 一 (U+4E00) and the wide blank (U+3000).
 */
function isAscii(byte: number): boolean {
  if (byte === 0x4e || byte === 0x30) return false;
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
