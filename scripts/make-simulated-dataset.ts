/** Regenerates the committed data set; an argument names another folder to write to. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { writeOperator } from "../src/simulator/output/write-operator.js";

const folder = process.argv[2] ?? fileURLToPath(new URL("../datasets/simulated", import.meta.url));
await mkdir(folder, { recursive: true });
await writeOperator(folder, {
  subscribers: 2000,
  months: 18,
  start: "2024-08-01",
  seed: 1,
  format: "csv",
  truth: false,
});
