import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type NumericColumn, readTable, trainChurnModel } from "../src/index.js";
import { findColumn } from "../src/table/table.js";
import { readLabels } from "../src/vectors/column-roles/labels.js";
import { runCli } from "./cli/run-cli.js";
import { DATASETS, isThere } from "./support/shared-data.js";
import { temporaryFolder } from "./support/temporary-folder.js";

describe.skipIf(!isThere(DATASETS, "tests on real data"))("real data", () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(DATASETS, name);

  test("telco: TotalCharges is numeric with its 11 blanks missing, customerID is text", async () => {
    const table = await readTable(at("telco.csv"));
    expect(table.rowCount).toBe(7043);
    const charges = findColumn(table, "TotalCharges") as NumericColumn;
    expect(charges.kind).toBe("numeric");
    expect(charges.values.filter(Number.isNaN)).toHaveLength(11);
    expect(findColumn(table, "customerID")?.kind).toBe("text");
  });

  test("bigml: a label of FALSE, TRUE, False and True has two values", async () => {
    const table = await readTable(at("bigml.csv"));
    const labels = readLabels(table, "Churn");
    expect([labels.positive, labels.positives, table.rowCount]).toEqual(["true", 481, 3328]);
  });

  test("cell2cell: CustomerID is left out as id-like, HandsetPrice with its Unknown is categorical", async () => {
    const table = await readTable(at("cell2cell.csv.gz"));
    expect(table.rowCount).toBe(51047);
    expect(findColumn(table, "HandsetPrice")?.kind).toBe("categorical");
    const { training } = await trainChurnModel(table, {
      label: "Churn",
      exclude: table.columns
        .map(({ name }) => name)
        .filter((name) => !/Churn|CustomerID|Months|Revenue/.test(name)),
      classifier: "logistic",
      replicates: 10,
    });
    expect(training.leftOut).toContainEqual({
      name: "CustomerID",
      reason: expect.stringContaining("id-like"),
    });
  });

  test("telco, from the command line: train, then 7,043 scores with id, probability and tier", async () => {
    const train = [
      "train",
      at("telco.csv"),
      "--label",
      "Churn",
      "--id",
      "customerID",
      "--out",
      "telco.model.json",
    ];
    expect((await runCli([...train, "--classifier", "logistic"], folder.path)).code).toBe(0);
    const score = ["score", "telco.model.json", at("telco.csv"), "--out", "scores.csv"];
    expect((await runCli(score, folder.path)).code).toBe(0);
    const lines = (await readFile(join(folder.path, "scores.csv"), "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(7044);
    expect(lines[1]).toMatch(/^7590-VHVEG,0\.\d+,(high|medium|low)$/);
  });
});
