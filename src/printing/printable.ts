/**
 * Text from data without control characters, which could drive the terminal, and without those that turn the direction of
 * writing, by which what stands around it would be read in another order.
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "�");
}
