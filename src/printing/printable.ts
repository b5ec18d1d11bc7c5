/** Text from data without control characters, which could drive the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "�");
}
