/**
 * A part of plain data on its way to another thread, small enough to be read without a noticeable pause there: a value under a
 * key, elements of a list, or the begin or end of an object or a list that is sent in parts. The key is null for elements.
 */
export type Piece =
  | { readonly key: string | null; readonly json: string }
  | { readonly key: string | null; readonly text: string }
  | { readonly elements: string }
  | { readonly key: string | null; readonly begin: "object" | "list" }
  | { readonly end: true };

/** Characters of JSON that are read at a time: about a millisecond. */
const MOST_CHARACTERS = 65_536;

/** Plain data in parts; only a single text is sent whole, however long. */
export function* piecesOf(
  value: unknown,
  most = MOST_CHARACTERS,
  key: string | null = null,
): Generator<Piece> {
  if (typeof value === "string") {
    yield { key, text: value };
    return;
  }
  const json = JSON.stringify(value);
  if (json === undefined) return;
  if (json.length <= most || typeof value !== "object" || value === null) {
    yield { key, json };
    return;
  }
  yield { key, begin: Array.isArray(value) ? "list" : "object" };
  if (Array.isArray(value)) yield* elementsOf(value, most);
  else for (const [name, member] of Object.entries(value)) yield* piecesOf(member, most, name);
  yield { end: true };
}

/** Elements, as many at a time as are short enough. */
function* elementsOf(list: readonly unknown[], most: number): Generator<Piece> {
  let together: string[] = [];
  let length = 0;
  const gathered = (): Piece[] => {
    const elements = `[${together.join(",")}]`;
    const isNone = together.length === 0;
    together = [];
    length = 0;
    return isNone ? [] : [{ elements }];
  };
  for (const each of list) {
    const json = JSON.stringify(each) ?? "null";
    if (length + json.length > most) yield* gathered();
    if (json.length > most) yield* piecesOf(each, most);
    else {
      together.push(json);
      length += json.length + 1;
    }
  }
  yield* gathered();
}

/** Puts data together again from its pieces. */
export class Assembly {
  private readonly open: (Record<string, unknown> | unknown[])[] = [];
  /** The data, once all pieces have been added. */
  value: unknown;

  add(piece: Piece): void {
    if ("end" in piece) this.open.pop();
    else if ("elements" in piece) {
      const list = this.open.at(-1) as unknown[];
      for (const element of JSON.parse(piece.elements) as unknown[]) list.push(element);
    } else if ("begin" in piece) {
      const begun = piece.begin === "list" ? [] : {};
      this.put(piece.key, begun);
      this.open.push(begun);
    } else this.put(piece.key, "text" in piece ? piece.text : JSON.parse(piece.json));
  }

  private put(key: string | null, value: unknown): void {
    const parent = this.open.at(-1);
    if (parent === undefined) this.value = value;
    else if (Array.isArray(parent)) parent.push(value);
    // Also for a key like `__proto__`.
    else
      Object.defineProperty(parent, key as string, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
}
