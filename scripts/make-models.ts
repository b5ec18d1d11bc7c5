// Makes the reference models again, with their cards and reports: the simulated operator's by `npm start`, and that of the public
// telco data where HOLDFAST_DATASETS names the folder that holds them.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { listDatasets } from "../src/datasets/index.js";
import { readTable, splitRandom, trainChurnModel } from "../src/index.js";
import { churnReport, modelCard, writeReport } from "../src/report/index.js";
import { createTable } from "../src/table/table.js";

const FOLDER = join("models", "telco");
const COMMAND = "HOLDFAST_DATASETS=folder npm run models";

const { status } = spawnSync(process.execPath, [join("dist", "cli", "main.js"), "demo"], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

const path = listDatasets().find(({ name }) => name === "telco")?.path;
if (path) await makeTelco(path);
else console.log("The model of telco was not made: its data are not at hand (npx holdfast datasets telco).");

async function makeTelco(file: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const { columns } = await readTable(file);
  // Named without its folder, which differs from one machine to the other.
  const table = createTable(columns, basename(file));
  const { train, test } = splitRandom(table, { test: 0.3, stratify: "Churn", seed: 1 });
  const model = await trainChurnModel(train, { label: "Churn", id: "customerID", value: "MonthlyCharges" });
  await model.save(join(FOLDER, "model.json"));
  const report = await churnReport(model, test, {
    name: "models/telco/model.json",
    definition: "the customer left within the last month",
    segments: ["Contract", "InternetService", "PaymentMethod", "tenure"],
    // The page is kept in the repository, and names no one.
    examples: 0,
    command: COMMAND,
  });
  writeFileSync(join(FOLDER, "MODEL_CARD.md"), modelCard(report));
  const title = "IBM's sample telecom customers, 30% set aside";
  for (const name of ["report.md", "report.html", "report.json"]) {
    const [written] = await writeReport(report, join(FOLDER, name), { title });
    console.log(`Wrote ${written}`);
  }
}
