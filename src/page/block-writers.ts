import type { Block } from "./page.js";

/** How blocks of one kind are written. */
type BlockWriter<Is extends Block["is"], Context, Result> = (
  block: Extract<Block, { readonly is: Is }>,
  context: Context,
) => Result;

/** How blocks of every kind are written: a kind that is missing here is a compile error. */
export type BlockWriters<Context, Result> = {
  readonly [Is in Block["is"]]: BlockWriter<Is, Context, Result>;
};

/** Writes a block by the writer of its kind. */
export function writeBlock<Context, Result>(
  writers: BlockWriters<Context, Result>,
  block: Block,
  context: Context,
): Result {
  return (writers[block.is] as (block: Block, context: Context) => Result)(block, context);
}
