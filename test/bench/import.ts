import { execFileSync } from "node:child_process";
import { median } from "simple-statistics";
import { type Bench, type BenchFlags, type BenchResult, result } from "./result.js";

const PAIRS = 25;
const ENTRY_POINTS = { holdfast: "index.js", "holdfast/predict": "predict/index.js" };

/** What a fresh Node spends on `import "holdfast"` and `import "holdfast/predict"`, in turns with a program that does nothing. */
export const importBench: Bench = {
  name: "import",
  about:
    "CPU time of a Node that only imports holdfast (the built package), against one that imports nothing",
  async run({ pairs = PAIRS }: BenchFlags): Promise<BenchResult[]> {
    const names = Object.keys(ENTRY_POINTS) as (keyof typeof ENTRY_POINTS)[];
    const empty: number[] = [];
    const times = names.map((): number[] => []);
    const ratios = names.map((): number[] => []);
    for (let pair = 0; pair < pairs; pair++) {
      const nothing = cpuOf("");
      empty.push(nothing);
      names.forEach((name, index) => {
        const entry = new URL(`../../dist/${ENTRY_POINTS[name]}`, import.meta.url).href;
        const time = cpuOf(`await import(${JSON.stringify(entry)});`);
        times[index].push(time);
        ratios[index].push(time / nothing);
      });
    }
    return names.map((name, index) => ({
      ...result("import", `import "${name}", CPU, median of ${pairs} pairs`, median(times[index]), "ms", {
        name: "an empty program",
        value: median(empty),
      }),
      ratio: median(ratios[index]),
    }));
  },
};

/** CPU milliseconds of a fresh Node from its start until a script has run. */
function cpuOf(script: string): number {
  const code = `${script}\nconst { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
}
