/** Makes the committed data set anew; an argument names another file to write to. */
import { fileURLToPath } from "node:url";
import { simulateOperator } from "../src/simulator/operator.js";
import { operatorSnapshots } from "../src/simulator/snapshots.js";
import { writeTable } from "../src/table/write-table.js";

const committed = fileURLToPath(new URL("../datasets/simulated/snapshots.csv", import.meta.url));
const operator = simulateOperator({ subscribers: 3000, months: 18, start: "2024-08-01", seed: 1 });
// Four months apart, the gap and horizon of a label: none is still open at the next cutoff.
const table = operatorSnapshots(operator, { cutoffs: ["2025-02-01", "2025-06-01", "2025-10-01"] });
await writeTable(table, process.argv[2] ?? committed);
