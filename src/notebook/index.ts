/**
 * What notebooks need: `show`.
 *
 * Tables, models, evaluations, leaderboards and tier tables know how a notebook shows them; `show` also draws plots, lists of
 * rows and intervals, and waits until the kernel has taken them. The tutorials in `notebooks/` are written with it. They run
 * in the Jupyter kernel of Deno; in a script `show` prints text.
 *
 * @example
 * import { tableFromRows } from "holdfast/table";
 * import { show } from "holdfast/notebook";
 *
 * await show(tableFromRows([{ id: "a", tenure: 3, plan: "basic" }]));
 * @packageDocumentation
 */

export { show } from "./show.js";
