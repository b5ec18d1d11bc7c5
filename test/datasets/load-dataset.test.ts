import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { listDatasets, loadDataset } from "../../src/datasets/index.js";
import { trainChurnModel } from "../../src/index.js";
import { findColumn } from "../../src/table/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
/** A cache in which nothing is. */
const cache = at("cache");

/** Rows with the columns of BankChurners.csv. */
function bankRows(count: number): string {
  const leak = (which: number) =>
    `Naive_Bayes_Classifier_Attrition_Flag_Card_Category_Contacts_Count_12_mon_Dependent_count_Education_Level_Months_Inactive_12_mon_${which}`;
  const header = `CLIENTNUM,Attrition_Flag,Customer_Age,Gender,Dependent_count,Education_Level,Marital_Status,Income_Category,Card_Category,Months_on_book,Total_Relationship_Count,Months_Inactive_12_mon,Contacts_Count_12_mon,Credit_Limit,Total_Revolving_Bal,Avg_Open_To_Buy,Total_Amt_Chng_Q4_Q1,Total_Trans_Amt,Total_Trans_Ct,Total_Ct_Chng_Q4_Q1,Avg_Utilization_Ratio,${leak(1)},${leak(2)}`;
  const rows = Array.from({ length: count }, (_, i) => {
    const left = (i * 7) % 11 < 2;
    const flag = left ? "Attrited Customer" : "Existing Customer";
    return `${7_000_000 + i},${flag},${30 + (i % 40)},${"MF"[i % 2]},${i % 4},Graduate,Single,$40K - $60K,Blue,36,${i % 6},${i % 7},${i % 3},${1000 + i},${i % 900},${100 + i},1.${i % 9},${500 + 7 * i},${20 + (i % 60)},0.${i % 8},0.${i % 10},${left ? 0.99 : 0.0001},${left ? 0.01 : 0.9999}`;
  });
  return `${[header, ...rows].join("\n")}\n`;
}

beforeEach(() => {
  vi.stubEnv("HOLDFAST_DATASETS", "");
});

describe("loadDataset", () => {
  test("reads a file of the folder, with the kinds of the schema, and training follows directly", async () => {
    mkdirSync(at("bank"));
    folder.file("bank/BankChurners.csv", bankRows(400));
    const { table, train, dataset, path } = await loadDataset("bank-churners", { folder: at("bank") });
    expect(path).toBe(at("bank", "BankChurners.csv"));
    expect(table.source).toBe(path);
    expect(findColumn(table, "CLIENTNUM")?.kind).toBe("text");
    expect(train).toEqual({
      label: "Attrition_Flag",
      positive: "Attrited Customer",
      id: "CLIENTNUM",
      exclude: dataset.exclude,
    });
    const model = await trainChurnModel(table, {
      ...train,
      classifier: "logistic",
      replicates: 5,
      repeats: 1,
    });
    expect(model.inputs.map(({ name }) => name).filter((name) => name.startsWith("Naive"))).toEqual([]);
    expect(model.label.positive).toBe("Attrited Customer");
  });

  test("a copy from which the leaking columns were removed is read too", async () => {
    mkdirSync(at("cleaned"));
    const lines = bankRows(60).trimEnd().split("\n");
    folder.file(
      "cleaned/BankChurners.csv",
      `${lines.map((line) => line.split(",").slice(0, -2).join(",")).join("\n")}\n`,
    );
    const { table, train } = await loadDataset("bank-churners", { folder: at("cleaned") });
    expect([table.columns.length, train.exclude]).toEqual([21, []]);
  });

  test("a file with other columns is an error that names all that are missing", async () => {
    mkdirSync(at("other"));
    folder.file("other/Churn_Modelling.csv", "CustomerId,Exited\n7,1\n8,0\n");
    const error = await thrownBy(() => loadDataset("bank-modelling", { folder: at("other") }));
    expect([error.path.function, error.path.file]).toEqual([
      "loadDataset",
      at("other", "Churn_Modelling.csv"),
    ]);
    expect(error.problems.map(({ path }) => path.column)).toContain("CreditScore");
    expect(error.problemCount).toBe(10);
  });

  test("finds it in HOLDFAST_DATASETS where the caller names no folder, and in the cache", async () => {
    vi.stubEnv("HOLDFAST_DATASETS", at("bank"));
    expect((await loadDataset("bank-churners", { cache })).path).toBe(at("bank", "BankChurners.csv"));
    vi.stubEnv("HOLDFAST_DATASETS", "");
    expect((await loadDataset("bank-churners", { cache: at("bank") })).table.rowCount).toBe(400);
  });

  test("joins rows with the labels of a second file, which has no header", async () => {
    mkdirSync(at("kdd"));
    const names = Array.from({ length: 230 }, (_, i) => `Var${i + 1}`);
    const row = (i: number) => names.map((_, c) => (c === 7 ? "" : c < 190 ? i : `c${i % 3}`)).join("\t");
    const rows = [names.join("\t"), ...Array.from({ length: 30 }, (_, i) => row(i))];
    folder.file("kdd/orange_small_train.data.gz", gzipSync(`${rows.join("\n")}\n`));
    folder.file(
      "kdd/orange_small_train_churn.labels.txt",
      Array.from({ length: 30 }, (_, i) => `${i % 4 === 0 ? 1 : -1}\n`).join(""),
    );
    const { table, train } = await loadDataset("kdd-cup-2009", { folder: at("kdd"), verify: false });
    expect([table.rowCount, table.columns.length]).toEqual([30, 231]);
    const churn = findColumn(table, "churn");
    expect(churn?.kind === "categorical" && [churn.categories, churn.codes.slice(0, 5)]).toEqual([
      ["1", "-1"],
      Int32Array.of(0, 1, 1, 1, 0),
    ]);
    expect(train).toEqual({ label: "churn", positive: "1", exclude: [] });
  });

  test("another hash is an error that names both, the file and what to do; `verify: false` reads it", async () => {
    mkdirSync(at("edited"));
    folder.file("edited/telco.csv", "customerID,Churn\na,Yes\n");
    const error = await thrownBy(() => loadDataset("telco", { folder: at("edited"), cache }));
    expect([error.code, error.path.file]).toEqual(["data.hash", at("edited", "telco.csv")]);
    expect(error.expected).toMatch(/^must have the SHA-256 16320c9c[0-9a-f]{56}$/u);
    expect(error.received).toMatch(/^[0-9a-f]{64}$/u);
    expect(error.hint).toContain("verify: false");
    // These are not its columns, which is found next.
    const next = await thrownBy(() => loadDataset("telco", { folder: at("edited"), cache, verify: false }));
    expect(next.code).not.toBe("data.hash");
  });

  test("what needs an account is not tried: the error says where from and where to, with full paths", async () => {
    const offline = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("no network in this test"));
    const error = await thrownBy(() => loadDataset("cell2cell", { cache }));
    expect(offline).not.toHaveBeenCalled();
    offline.mockRestore();
    expect(error.code).toBe("data.unreadable");
    expect(error.message).toBe(
      `loadDataset: name: must be at hand: cell2cell can be had only by hand, such as with an account at its source, received "cell2cell" (download it from https://www.kaggle.com/datasets/jpacse/datasets-for-churn-telecom and save it as ${join(cache, "cell2cell.csv.gz")}, or as ${join(cache, "cell2celltrain.csv")})`,
    );
    mkdirSync(at("mine"));
    const own = await thrownBy(() => loadDataset("cell2cell", { folder: at("mine"), cache }));
    expect(own.hint).toContain(`save it as ${at("mine", "cell2cell.csv.gz")}`);
  });

  test("the simulated operator is several tables, and is opened as a history", async () => {
    const error = await thrownBy(() => loadDataset("simulated"));
    expect(error.code).toBe("argument.invalid");
    expect(error.hint).toMatch(/^open it: openHistory\(".*simulated"\)$/u);
  });

  test("an unknown name is an error with the nearest one", async () => {
    const error = await thrownBy(() => loadDataset("iranian_churn"));
    expect([error.code, error.hint]).toEqual(["argument.invalid", 'did you mean "iranian-churn"?']);
    expect(error.expected).toContain("telco, bigml");
    expect((await thrownBy(() => loadDataset(7 as never))).code).toBe("argument.invalid");
    expect((await thrownBy(() => loadDataset("telco", { dir: "x" } as never))).message).toContain("dir");
    expect((await thrownBy(() => loadDataset("telco", { folder: at("none") }))).message).toContain(
      `folder: must be a folder that exists, received "${at("none")}"`,
    );
  });
});

test("listDatasets says what is at hand, and makes nothing", () => {
  const found = listDatasets({ folder: at("bank"), cache });
  expect(found.filter(({ path }) => path !== null).map(({ name }) => name)).toEqual([
    "bank-churners",
    "simulated",
  ]);
  expect(found.find(({ name }) => name === "bank-churners")).toEqual({
    name: "bank-churners",
    rows: 10_127,
    label: "Attrition_Flag",
    licence: "CC0 1.0, as far as known",
    sha256: null,
    path: at("bank", "BankChurners.csv"),
  });
  expect(readdirSync(folder.path)).not.toContain("cache");
});
