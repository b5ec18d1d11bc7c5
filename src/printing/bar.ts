/** Eighths of a character cell, from none to seven. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A bar of block characters, to an eighth of a character; at least one eighth where the share is above 0.
 * @param share of the width, in [0, 1]; anything below 0 has no bar.
 * @param width in characters.
 * @example bar(0.3, 10) // "███"
 */
export function bar(share: number, width: number): string {
  if (!(share > 0)) return "";
  const eighths = Math.max(1, Math.round(Math.min(share, 1) * width * 8));
  return "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
