/** A `Float64Array` that grows as numbers are appended. */
export class GrowingFloat64 {
  private values = new Float64Array(1024);
  length = 0;

  /** The array itself, with room for `count` more numbers from `length` on; the caller that writes them raises `length`. */
  reserve(count: number): Float64Array {
    if (this.length + count > this.values.length) {
      const larger = new Float64Array(Math.max(this.length + count, this.values.length * 2));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    return this.values;
  }

  push(value: number): void {
    this.reserve(1)[this.length++] = value;
  }

  finish(): Float64Array {
    return this.values.slice(0, this.length);
  }
}

/** An `Int32Array` that grows as whole numbers are appended. */
export class GrowingInt32 {
  private values = new Int32Array(1024);
  length = 0;

  /** The array itself, with room for `count` more numbers from `length` on; the caller that writes them raises `length`. */
  reserve(count: number): Int32Array {
    if (this.length + count > this.values.length) {
      const larger = new Int32Array(Math.max(this.length + count, this.values.length * 2));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    return this.values;
  }

  push(value: number): void {
    this.reserve(1)[this.length++] = value;
  }

  finish(): Int32Array {
    return this.values.slice(0, this.length);
  }
}
