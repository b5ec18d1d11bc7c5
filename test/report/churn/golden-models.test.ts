import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadChurnModel } from "../../../src/predict/load.js";
import type { Row } from "../../../src/predict/row-reader.js";
import { churnReport } from "../../../src/report/churn/churn-report.js";
import { modelCard, reportHtml } from "../../../src/report/churn/write-report.js";
import { tableFromRows } from "../../../src/table/rows.js";

const golden = (name: string) => fileURLToPath(new URL(`../../golden/${name}`, import.meta.url));

// Of models that earlier versions wrote: what they do not hold is left out of their reports, with the reason.
describe.each([
  ["v1", ".json", ["drift", "evaluation", "examples"]],
  ["v1-families", ".json", ["drift", "examples"]],
  ["v1-beta", ".json.gz", ["evaluation"]],
  ["v2-explained", ".json.gz", ["evaluation"]],
])("the golden model %s", (name, extension, missing) => {
  test("has a report of the rows of its day", async () => {
    const model = await loadChurnModel(golden(`${name}.model${extension}`));
    const rows = JSON.parse(readFileSync(golden(`${name}.predictions.json`), "utf8")) as { row: Row }[];
    const table = tableFromRows(
      rows.map(({ row }) => row),
      { columns: model.columnKinds },
    );
    const report = await churnReport(model, table);
    expect([...new Set(report.missing.map(({ part }) => part))].sort()).toEqual(missing);
    for (const locale of ["en", "zh"] as const)
      expect(reportHtml(report, { locale }).html).toContain(report.model.contentHash);
    expect(modelCard(report)).toContain("# Model card");
  });
});
