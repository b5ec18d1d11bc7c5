import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Bench, median, result } from "./result.js";

const RUNS = 15;
const ENTRY = fileURLToPath(new URL("../../dist/index.js", import.meta.url));
const SCRIPT = `const start = performance.now(); await import(${JSON.stringify(ENTRY)}); console.log(performance.now() - start)`;

/** What a fresh Node spends on `import "holdfast"`. */
export const importBench: Bench = {
  name: "import",
  about: 'wall time of import "holdfast" in a fresh Node (the built package)',
  async run() {
    const times = Array.from({ length: RUNS }, () =>
      Number(execFileSync(process.execPath, ["--input-type=module", "-e", SCRIPT], { encoding: "utf8" })),
    );
    return [result("import", `import, median of ${RUNS}`, median(times), "ms")];
  },
};
