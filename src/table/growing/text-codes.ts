/** Distinct texts in the order of their first appearance, each with its place as its code. */
export class TextCodes {
  readonly texts: string[] = [];
  private readonly known = new Map<string, number>();

  /** The code of a text, which is new where it did not appear before. */
  codeOf(text: string): number {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const code = this.texts.push(text) - 1;
    this.known.set(text, code);
    return code;
  }
}
