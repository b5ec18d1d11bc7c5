import type { AddressBook } from "../../kernel/memory.js";

/** Gathers the content of a kernel's memory after the addresses that an address book has assigned so far. */
export class ImageWriter {
  private readonly imageAddress: number;
  private readonly parts: { readonly address: number; readonly bytes: Uint8Array }[] = [];

  constructor(private readonly book: AddressBook) {
    this.imageAddress = book.end;
  }

  /** The address that the values will have. */
  put({ buffer, byteOffset, byteLength }: Int32Array | Float64Array | Uint8Array): number {
    const address = this.book.take(byteLength);
    this.parts.push({ address, bytes: new Uint8Array(buffer, byteOffset, byteLength) });
    return address;
  }

  /** Puts other values of the same length in the place of some; for those that hold their own addresses. */
  replace(address: number, { buffer, byteOffset, byteLength }: Int32Array): void {
    const part = this.parts.findIndex((each) => each.address === address);
    this.parts[part] = { address, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
  }

  finish() {
    const { imageAddress, parts } = this;
    const memoryBytes = this.book.end;
    const image = new Uint8Array(memoryBytes - imageAddress);
    for (const { address, bytes } of parts) image.set(bytes, address - imageAddress);
    return { image, imageAddress, memoryBytes };
  }
}
