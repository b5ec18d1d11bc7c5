import type { Data } from "apache-arrow";

/** Whether the value of a row is there, by the validity bitmap: a bit for each row, from the first of the buffer. */
export function validityOf({ nullBitmap, nullCount, offset }: Data): (row: number) => boolean {
  if (nullCount === 0 || nullBitmap === null || nullBitmap === undefined || nullBitmap.length === 0)
    return () => true;
  return (row) => {
    const bit = offset + row;
    return (nullBitmap[bit >> 3] & (1 << (bit & 7))) !== 0;
  };
}
