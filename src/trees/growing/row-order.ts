import type { ShardLayout } from "../../kernel/shard-layout.js";
import type { BinnedData, Shard } from "../binning/binned-data.js";
import type { Leaf } from "./leaf-rows.js";

/*
 * The order of rows in memory. The model does not depend on it, as sums are of whole numbers and whether a row is drawn
 * depends on its number in the input; speed does. A new order is first listed in the memory of the gradients, which
 * are recomputed before every tree.
 */

/**
 * Puts the rows that are trained on before the held-out ones, so that the rows of a root are contiguous.
 * @returns how many rows each shard trains on.
 */
export async function sortHeldOutLast(
  data: BinnedData,
  folds: Uint8Array | undefined,
  heldOutFold: number,
): Promise<Int32Array> {
  if (folds === undefined || heldOutFold < 0) {
    return Int32Array.from(data.shards, ({ layout }) => layout.rowCount);
  }
  const counts = Int32Array.from(data.shards, ({ layout, memory: { words } }) => {
    const { ids, gradients, rowCount } = layout;
    let to = gradients / 4;
    for (const isHeldOut of [false, true]) {
      for (let row = 0; row < rowCount; row++) {
        if ((folds[words[ids / 4 + row]] === heldOutFold) === isHeldOut) words[to++] = row;
      }
    }
    let heldOut = 0;
    for (let row = 0; row < rowCount; row++) if (folds[words[ids / 4 + row]] === heldOutFold) heldOut++;
    return rowCount - heldOut;
  });
  await reorder(data, ["ids"]);
  return counts;
}

/**
 * Brings rows into the order of a tree's leaves. Trees of one run divide rows similarly, so the rows of a later leaf
 * are then mostly adjacent, and reading them is several times faster than gathering them from all over memory.
 * @param trainedOn leaves of the lists of rows that are trained on: each leaf's rows of all lists become adjacent.
 */
export async function sortByLeaf(
  data: BinnedData,
  trainedOn: readonly (readonly Leaf[])[],
  heldOut: readonly Leaf[],
): Promise<void> {
  data.shards.forEach((shard, k) => {
    let to = shard.layout.gradients / 4;
    for (const l of trainedOn[0].keys()) {
      for (const leaves of trainedOn) to = copyLeaf(shard, leaves[l], k, to);
    }
    for (const leaf of heldOut) to = copyLeaf(shard, leaf, k, to);
  });
  await reorder(data, ["labels", "weights", "ids", "margins"]);
}

function copyLeaf({ layout, memory }: Shard, { begins, counts }: Leaf, k: number, to: number): number {
  const from = layout.order / 4 + begins[k];
  memory.words.copyWithin(to, from, from + counts[k]);
  return to + counts[k];
}

type PerRow = "labels" | "weights" | "ids" | "margins";

/** Moves bins and the named numbers of all rows into the listed order. */
async function reorder(data: BinnedData, numbers: readonly PerRow[]): Promise<void> {
  const move = (name: string, addressOf: (layout: ShardLayout) => number) =>
    data.team.run(name, (k) => {
      const { layout } = data.shards[k];
      const address = addressOf(layout);
      return address === 0 ? undefined : [address, layout.gradients, layout.rowCount, layout.spare];
    });
  for (let column = 0; column < data.columnCount; column++) {
    await move("copyBytesInOrder", (layout) => layout.columnBytes + column * layout.capacity);
  }
  for (const name of numbers) await move("copyWordsInOrder", (layout) => layout[name]);
  await data.interleave();
}
