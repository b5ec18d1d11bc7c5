import type { Tree } from "../tree.js";
import { type CodeColumn, leftPlaces } from "./plane-columns.js";
import type { PlaneTest } from "./plane-tree.js";

/** A tree's plane and its tests of categories. */
export interface CategoryTests {
  readonly tree: Tree;
  /** The tests, and the number of the column that each reads. */
  readonly tests: readonly { readonly test: PlaneTest; readonly column: number }[];
}

/** What up to eight planes keep by the code of one feature: 8 bytes per place, one for each plane. */
export interface Mask {
  readonly column: number;
  readonly table: Uint8Array;
}

export interface GroupMasks {
  readonly masks: readonly Mask[];
  /** For every plane, the bytes that it takes: 8 · mask + byte. */
  readonly bytesOf: readonly (readonly number[])[];
}

const PLANES = 8;

/** Joins, per plane and feature, the leaves that the nodes remove, and packs eight such bytes into a mask. */
export function groupMasks(
  planes: readonly CategoryTests[],
  columnOf: (column: number) => CodeColumn,
): GroupMasks {
  const masks: Mask[] = [];
  const bytesOf = planes.map((): number[] => []);
  /** By column: the mask being filled, and how many of its bytes are taken. */
  const open = new Map<number, { readonly mask: number; taken: number }>();
  planes.forEach(({ tree, tests }, plane) => {
    const byteOf = new Map<number, number>();
    for (const { test, column } of tests) {
      const asked = columnOf(column);
      let byte = byteOf.get(column);
      if (byte === undefined) {
        let filling = open.get(column);
        if (filling === undefined || filling.taken === PLANES) {
          filling = { mask: masks.length, taken: 0 };
          open.set(column, filling);
          masks.push({ column, table: new Uint8Array((asked.beyond + 2) * PLANES).fill(255) });
        }
        byte = PLANES * filling.mask + filling.taken++;
        byteOf.set(column, byte);
        bytesOf[plane].push(byte);
      }
      takeAway(
        masks[Math.floor(byte / PLANES)].table,
        byte % PLANES,
        test,
        leftPlaces(tree, test.node, asked),
      );
    }
  });
  return { masks, bytesOf };
}

/** Removes a test's leaves at every place where it is true. */
function takeAway(table: Uint8Array, byte: number, { onRight, bits }: PlaneTest, left: Uint8Array): void {
  const onLeft = onRight ? 0 : 1;
  for (let place = 0; place < left.length; place++) {
    if (left[place] === onLeft) table[place * PLANES + byte] &= ~bits;
  }
}
