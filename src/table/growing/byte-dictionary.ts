import { HoldfastError } from "../../errors.js";

/** More distinct text than this in one column does not fit. */
const BYTE_LIMIT = 2 ** 31 - 1;

/** Distinct byte strings in order of first appearance, found by their bytes so that a known one never becomes a string. */
export class ByteDictionary {
  private bytes = Buffer.allocUnsafe(256);
  private byteCount = 0;
  /** Entry `code` holds the bytes from `ends[code − 1]` to `ends[code]`. */
  private ends = new Int32Array(16);
  private hashes = new Int32Array(16);
  /** Open addressing: code + 1 of the entry, 0 where free. At most half full. */
  private slots = new Int32Array(64);
  size = 0;

  /** The code of `source[start, end)`, which becomes a new entry if it is not one yet. */
  codeOf(source: Buffer, start: number, end: number): number {
    // FNV-1a with a final shift; flat because it runs once per cell of the file.
    let hash = 0x811c9dc5;
    for (let p = start; p < end; p++) hash = Math.imul(hash ^ source[p], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.slots[slot] - 1;
      if (code < 0) return this.insert(source, start, end, hash, slot);
      if (this.hashes[code] === hash && this.isEntry(code, source, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  /** All entries as strings (UTF-8). */
  texts(): string[] {
    return Array.from({ length: this.size }, (_, code) =>
      this.bytes.toString("utf8", code === 0 ? 0 : this.ends[code - 1], this.ends[code]),
    );
  }

  private isEntry(code: number, source: Buffer, start: number, end: number): boolean {
    let q = code === 0 ? 0 : this.ends[code - 1];
    if (this.ends[code] - q !== end - start) return false;
    const bytes = this.bytes;
    for (let p = start; p < end; p++) if (source[p] !== bytes[q++]) return false;
    return true;
  }

  private insert(source: Buffer, start: number, end: number, hash: number, slot: number): number {
    const code = this.size++;
    this.slots[slot] = code + 1;
    if (code === this.ends.length) this.growEntries();
    this.reserve(end - start);
    source.copy(this.bytes, this.byteCount, start, end);
    this.byteCount += end - start;
    this.ends[code] = this.byteCount;
    this.hashes[code] = hash;
    if (this.size * 2 > this.slots.length) this.growSlots();
    return code;
  }

  private reserve(count: number): void {
    const needed = this.byteCount + count;
    if (needed <= this.bytes.length) return;
    if (needed > BYTE_LIMIT) {
      const expected = "must hold less than 2 GB of distinct text in a column";
      throw new HoldfastError({ code: "data.malformed", path: {}, expected, received: needed });
    }
    const larger = Buffer.allocUnsafe(Math.min(BYTE_LIMIT, Math.max(needed, this.bytes.length * 2)));
    this.bytes.copy(larger, 0, 0, this.byteCount);
    this.bytes = larger;
  }

  private growEntries(): void {
    const { ends, hashes } = this;
    this.ends = new Int32Array(ends.length * 2);
    this.ends.set(ends);
    this.hashes = new Int32Array(hashes.length * 2);
    this.hashes.set(hashes);
  }

  private growSlots(): void {
    const mask = this.slots.length * 4 - 1;
    this.slots = new Int32Array(mask + 1);
    for (let code = 0; code < this.size; code++) {
      let slot = this.hashes[code] & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = code + 1;
    }
  }
}
