import type { CategoricalColumn } from "../table.js";

/** Gives the categories of successive chunks stable codes, in order of first appearance over all chunks. */
export class GrowingCategories {
  private readonly codeOf = new Map<string, number>();
  private categories: readonly string[] = [];

  /** The same column with the common codes. Its `categories` are all that have appeared so far. */
  recode({ name, codes, categories }: Omit<CategoricalColumn, "kind">): CategoricalColumn {
    const common = new Int32Array(categories.length).fill(-1);
    const recoded = new Int32Array(codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row];
      if (code < 0) {
        recoded[row] = -1;
        continue;
      }
      if (common[code] < 0) common[code] = this.commonCode(categories[code]);
      recoded[row] = common[code];
    }
    // Chunks share one array until a category is new.
    if (this.categories.length < this.codeOf.size) this.categories = [...this.codeOf.keys()];
    return { kind: "categorical", name, codes: recoded, categories: this.categories };
  }

  private commonCode(category: string): number {
    const known = this.codeOf.get(category);
    if (known !== undefined) return known;
    this.codeOf.set(category, this.codeOf.size);
    return this.codeOf.size - 1;
  }
}
