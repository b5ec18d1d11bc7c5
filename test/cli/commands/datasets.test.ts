import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
// Whatever the machine that tests has in its own folders stays out.
const run = (...args: string[]) => runCli(["datasets", ...args, "--cache", "cache"], folder.path);

beforeAll(async () => {
  process.env.HOLDFAST_DATASETS = "";
  await mkdir(at("data"));
  await writeFile(at("data", "Customer Churn.csv"), "Call  Failure,Churn\n1,0\n");
});

describe("holdfast datasets", () => {
  test("lists the catalogue, and what of it is at hand", async () => {
    const { code, stdout, stderr } = await run("--folder", "data");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^name +rows +label +at hand +licence\n─/u);
    expect(stdout).toMatch(/\niranian-churn +3,150 +Churn +yes +CC BY 4\.0\n/u);
    expect(stdout).toMatch(/\nhillstrom +64,000 +– +no +published for a challenge/u);
  });

  test("--json prints { datasets: [{ name, rows, label, licence, sha256, path }] } and nothing else", async () => {
    const { code, stdout } = await run("--folder", "data", "--json");
    const printed = JSON.parse(stdout);
    expect([code, Object.keys(printed)]).toEqual([0, ["datasets"]]);
    for (const each of printed.datasets) {
      expect(Object.keys(each)).toEqual(["name", "rows", "label", "licence", "sha256", "path"]);
    }
    expect(printed.datasets[0]).toMatchObject({
      name: "telco",
      rows: 7043,
      label: "Churn",
      sha256: "16320c9c1ec72448db59aa0a26a0b95401046bef5d02fd3aeb906448e3055e91",
      path: null,
    });
    const found = printed.datasets.find((each: { name: string }) => each.name === "iranian-churn");
    expect(found).toMatchObject({ sha256: null, path: join("data", "Customer Churn.csv") });
  });

  test("NAME prints the whole card: source, licence, schema, traps, where to put the file", async () => {
    const { code, stdout } = await run("bank-churners");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Credit card customers \(BankChurners\) \(bank-churners\)\n/u);
    expect(stdout).toContain("Rows       10,127, 1,627 churned (16.1%), as its sources say\n");
    expect(stdout).toContain("Label      Attrition_Flag = Attrited Customer\n");
    expect(stdout).toMatch(/\nLeave out {2}Naive_Bayes_Classifier_\w+_1, Naive_Bayes_Classifier_\w+_2\n/u);
    expect(stdout).toContain(`save it as ${join("cache", "BankChurners.csv")}\n`);
    expect(stdout).toMatch(/\nCustomer_Age +numeric +years\n/u);
    expect(stdout).toContain("\nTo mind\n- The last two columns");
  });

  test("NAME --json prints it as data", async () => {
    const { stdout } = await run("telco", "--json");
    const card = JSON.parse(stdout);
    expect(card).toMatchObject({ name: "telco", positive: "Yes", positives: 1869, path: null });
    expect(card.columns).toHaveLength(21);
  });

  test("says what it would download, and where to; without --download it does not", async () => {
    const { stdout } = await run("telco");
    expect(stdout).toContain(
      'Not at hand: loadDataset("telco") or --download downloads it once into cache\n',
    );
    expect(await readdir(folder.path)).not.toContain("cache");
  });

  test("--download checks a file that is there; --no-verify accepts it", async () => {
    await mkdir(at("edited"));
    await writeFile(at("edited", "mlc_churn.csv"), "churn\nyes\n");
    const edited = await run("mlc-churn", "--folder", "edited", "--download");
    expect([edited.code, edited.stderr]).toEqual([
      3,
      expect.stringContaining("must have the SHA-256 58f21b63"),
    ]);
    expect(edited.stderr).toContain("--no-verify");
    const accepted = await run("mlc-churn", "--folder", "edited", "--download", "--no-verify");
    expect(accepted.stderr).not.toContain("SHA-256");
  });

  test("what needs an account is bad data, an unknown name and --download without one wrong usage", async () => {
    const unavailable = await run("cell2cell", "--download");
    expect([unavailable.code, unavailable.stderr]).toEqual([
      3,
      expect.stringContaining(`save it as ${join("cache", "cell2cell.csv.gz")}`),
    ]);
    const unknown = await run("iranien-churn");
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean "iranian-churn"?'),
    ]);
    expect((await run("--download")).code).toBe(2);
    expect((await run("--folder", "none")).stderr).toContain("must be a folder that exists");
  });
});
