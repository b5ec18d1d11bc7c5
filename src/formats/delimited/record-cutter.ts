import * as delimitedKernel from "../../kernel/generated/delimited.js";
import { instantiate, moduleOf } from "../../kernel/instantiate.js";
import { AddressBook, KernelMemory } from "../../kernel/memory.js";
import { BATCH_ROWS } from "../../rows/row-source.js";
import type { CutRecords, RecordCutter } from "./batches.js";

/** Most bytes that are cut at a time. More are only there when a record is as long as that, which the scanner handles. */
const MOST_BYTES = 1 << 19;
/** Bytes behind the text that a vector register may read. */
const SLACK = 16;
const POWERS = 16;

type Kernel = Readonly<Record<"cutRecords" | "readNumbers", (...args: readonly number[]) => number>>;

/** Cuts records and reads numbers in WebAssembly; undefined where that is not available. */
export function recordCutter(): RecordCutter | undefined {
  try {
    return new KernelCutter();
  } catch {
    // A processor without vector instructions, Node without WebAssembly, no memory: the scanner needs none of them.
    return undefined;
  }
}

/** Bytes of text from which on memory for the kernel is worth taking. */
const LEAST_BYTES = 1 << 16;

/** A cutter that leaves short text to the scanner, so that a file of few rows does not pay for the kernel's memory. */
export function cutterOfLongText(): RecordCutter {
  let cutter: RecordCutter | undefined | null = null;
  return {
    cut(bytes, from, to, delimiter, width) {
      if (to - from < LEAST_BYTES) return undefined;
      if (cutter === null) cutter = recordCutter();
      return cutter?.cut(bytes, from, to, delimiter, width);
    },
  };
}

class KernelCutter implements RecordCutter {
  private readonly kernel: Kernel;
  private readonly memory: KernelMemory;
  private readonly text: number;
  private readonly starts: number;
  private readonly ends: number;
  private readonly stop: number;
  private readonly powers: number;
  private readonly numbers: number;
  private readonly odd: number;

  constructor() {
    const book = new AddressBook();
    this.text = book.take(MOST_BYTES + SLACK);
    // A field has at least one byte: the delimiter or line end behind it.
    this.starts = book.take(4 * MOST_BYTES + SLACK);
    this.ends = book.take(4 * MOST_BYTES + SLACK);
    this.stop = book.take(4);
    this.powers = book.take(8 * POWERS);
    this.numbers = book.take(8 * BATCH_ROWS);
    this.odd = book.take(4 * BATCH_ROWS);
    this.memory = new KernelMemory(book.end, false, "read it as Parquet");
    this.kernel = instantiate(moduleOf(delimitedKernel, false), this.memory.memory) as unknown as Kernel;
    for (let power = 0; power < POWERS; power++) this.memory.numbers[this.powers / 8 + power] = 10 ** power;
  }

  cut(bytes: Buffer, from: number, to: number, delimiter: number, width: number): CutRecords | undefined {
    if (to > MOST_BYTES || width > MOST_BYTES) return undefined;
    const { memory, kernel, text, starts, ends, stop } = this;
    memory.bytes.set(bytes.subarray(from, to), text + from);
    const most = Math.floor(MOST_BYTES / width);
    const recordCount = kernel.cutRecords(text, from, to, delimiter, width, most, starts, ends, stop);
    if (recordCount === 0) return undefined;
    const fields = recordCount * width;
    return {
      recordCount,
      end: memory.words[stop / 4],
      starts: memory.words.subarray(starts / 4, starts / 4 + fields),
      ends: memory.words.subarray(ends / 4, ends / 4 + fields),
      readNumbers: (field, first, last, target, at) =>
        this.readNumbers(width, field, first, last, target, at),
    };
  }

  private readNumbers(
    width: number,
    field: number,
    from: number,
    to: number,
    target: Float64Array,
    at: number,
  ): Uint32Array {
    const { memory, kernel, text, starts, ends, powers, numbers, odd } = this;
    const odds = kernel.readNumbers(text, starts, ends, width, field, from, to, powers, numbers, odd);
    target.set(memory.numbers.subarray(numbers / 8, numbers / 8 + to - from), at);
    return Uint32Array.from(memory.words.subarray(odd / 4, odd / 4 + odds));
  }
}
