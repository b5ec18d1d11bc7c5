import type { MediaBundle } from "../printing/rich-output.js";
import { bundleOf } from "./bundle-of.js";

/** What the kernel of Deno offers to the cells of a notebook. */
interface Kernel {
  display(value: unknown, options: { readonly raw: true }): Promise<void>;
}

/**
 * Shows values in a notebook, one below the other: tables, models, evaluations, leaderboards and tier tables as tables, plots
 * as pictures, lists of row objects as a table of their first 20 rows. Promises are awaited. Outside of a notebook it
 * prints them as text.
 *
 * Awaited, nothing is lost: kernels drop some results of last expressions, and outputs that follow each other at once.
 * @param values anything; what has a `Symbol.for("Jupyter.display")` says itself how it is shown.
 * @example await show(model, rocPlot(model.evaluate(test, { curves: true })))
 */
export async function show(...values: readonly unknown[]): Promise<void> {
  const kernel = kernelOfCell();
  for (const given of values) {
    const bundle = bundleOf(await given);
    if (kernel === undefined) console.log(bundle["text/plain"]);
    else await displayed(kernel, bundle);
  }
}

/** In milliseconds. Without a pause Deno's kernel (2.9.6) lost 5 of 360 single outputs, and 121 of 1,080 among which were pictures; with 30 none of these. */
const PAUSE = 40;

async function displayed(kernel: Kernel, bundle: MediaBundle): Promise<void> {
  await kernel.display(bundle, { raw: true });
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
}

function kernelOfCell(): Kernel | undefined {
  try {
    return (globalThis as { readonly Deno?: { readonly jupyter?: Kernel } }).Deno?.jupyter;
  } catch {
    // Deno refuses to say it in a script.
    return undefined;
  }
}
