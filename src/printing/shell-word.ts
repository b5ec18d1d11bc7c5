/** A text as a shell reads it back as one word. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}_.,:=@%+/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
