import { HoldfastError } from "../errors.js";

const PAGE = 65_536;
/** What 32-bit addresses reach: 4 GiB. */
const MOST_PAGES = 65_536;
export const MOST_MEMORY_BYTES = PAGE * MOST_PAGES;

/** Whether threads can share memory here. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== "undefined";
}

/** What to reduce when there is not enough memory, as a sentence. */
export type MemoryHint = string;

/**
 * Memory of a kernel, with the views through which JavaScript reads and writes it. Views are recreated when it grows.
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  private views: Views | undefined;

  /** @throws HoldfastError `resource.memory` that says how much was needed. */
  constructor(
    bytes: number,
    isShared: boolean,
    private readonly hint: MemoryHint,
  ) {
    const initial = Math.ceil(bytes / PAGE);
    this.memory = this.tryTo(bytes, () => {
      if (initial > MOST_PAGES) throw new RangeError("beyond 32-bit addresses");
      return new WebAssembly.Memory({ initial, maximum: MOST_PAGES, shared: isShared });
    });
  }

  /** Makes it at least this large. @throws HoldfastError `resource.memory`. */
  reserve(bytes: number): void {
    const more = Math.ceil((bytes - this.memory.buffer.byteLength) / PAGE);
    if (more > 0) this.tryTo(bytes, () => this.memory.grow(more));
  }

  get bytes(): Uint8Array {
    return this.viewsNow().bytes;
  }
  get words(): Int32Array {
    return this.viewsNow().words;
  }
  get numbers(): Float64Array {
    return this.viewsNow().numbers;
  }
  get floats(): Float32Array {
    return this.viewsNow().floats;
  }

  private viewsNow(): Views {
    const { buffer } = this.memory;
    if (this.views?.buffer !== buffer) this.views = viewsOf(buffer);
    return this.views;
  }

  private tryTo<Value>(bytes: number, work: () => Value): Value {
    try {
      return work();
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new HoldfastError({
        code: "resource.memory",
        path: {},
        expected: `${gibibytes(bytes)} GiB of memory are not available`,
        received: undefined,
        hint: this.hint,
      });
    }
  }
}

interface Views {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly numbers: Float64Array;
  readonly floats: Float32Array;
}

function viewsOf(buffer: ArrayBuffer | SharedArrayBuffer): Views {
  return {
    buffer,
    bytes: new Uint8Array(buffer),
    words: new Int32Array(buffer),
    numbers: new Float64Array(buffer),
    floats: new Float32Array(buffer),
  };
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(bytes < 2 ** 30 ? 2 : 1);
}

/** Hands out addresses one after the other, each at a multiple of 64, the size of a cache line. */
export class AddressBook {
  constructor(private next = 64) {}

  take(bytes: number): number {
    const address = this.next;
    this.next = Math.ceil((address + bytes) / 64) * 64;
    return address;
  }

  get end(): number {
    return this.next;
  }
}
