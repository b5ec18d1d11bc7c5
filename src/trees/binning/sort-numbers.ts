import * as trainingKernel from "../../kernel/generated/training.js";
import { instantiate, moduleOf } from "../../kernel/instantiate.js";
import { AddressBook, KernelMemory } from "../../kernel/memory.js";

const COUNTS_BYTES = 8 * 256 * 4;

/**
 * A function that sorts up to `most` numbers, none of them NaN, and returns them in an internal array that the
 * next call overwrites.
 */
export function numberSorter(most: number): (numbers: Float64Array) => Float64Array {
  const book = new AddressBook();
  const at = book.take(most * 8);
  const spare = book.take(most * 8);
  const counts = book.take(COUNTS_BYTES);
  const memory = new KernelMemory(book.end, false, "leave out columns");
  const { sortNumbers } = instantiate(moduleOf(trainingKernel, false), memory.memory);
  return (numbers) => {
    const sorted = memory.numbers.subarray(at / 8, at / 8 + numbers.length);
    sorted.set(numbers);
    sortNumbers(at, numbers.length, spare, counts);
    return sorted;
  };
}
