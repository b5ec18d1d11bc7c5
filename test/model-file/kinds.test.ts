import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { saveModelFile } from "../../src/model-file/envelope.js";
import { loadModelOf } from "../../src/model-file/load.js";
import type { ModelKind } from "../../src/model-file/model-kind.js";
import { loadModel, MODEL_KINDS } from "../../src/model-kinds.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();

interface Half {
  readonly half: number;
}

/** A kind of models that this package does not have. */
const halves: ModelKind<Half, { predict(): number }> = {
  name: "halves",
  validate: async (content) =>
    typeof (content as Half).half === "number"
      ? { content: content as Half }
      : { problems: [{ at: "half", expected: "must be a number" }] },
  open: async ({ half }) => ({ predict: () => half }),
  checkParity: () => {},
};

async function saved(content: object): Promise<string> {
  const path = join(folder.path, "halves.model.json");
  await saveModelFile({ kind: "halves", content }, path);
  return path;
}

describe("a model file of another kind", () => {
  test("is loaded by a loader that knows the kind", async () => {
    const model = await loadModelOf(await saved({ half: 0.5 }), [halves]);
    expect(model.predict()).toBe(0.5);
  });

  test("is refused by a loader that does not know it, with the known kinds", async () => {
    const path = await saved({ half: 0.5 });
    for (const load of [loadModel, loadChurnModel]) {
      const { problems } = await thrownBy(() => load(path));
      expect(problems).toMatchObject([
        { code: "model.invalid", path: { argument: "kind" }, expected: "must be churn", received: "halves" },
      ]);
    }
  });

  test("is checked by its kind", async () => {
    const path = await saved({ half: "half" });
    const { problems } = await thrownBy(() => loadModelOf(path, [halves]));
    expect(problems).toMatchObject([
      { path: { file: path, argument: "half" }, expected: "must be a number" },
    ]);
  });
});

describe.each([...MODEL_KINDS])("the kind $name", (kind) => {
  test("has a unique name", () => {
    expect(MODEL_KINDS.filter(({ name }) => name === kind.name)).toHaveLength(1);
  });

  test.each([{}, null, [], 1, "text"])("names the problems of %j", async (content) => {
    const validated = await kind.validate(content, {});
    expect("problems" in validated && validated.problems.length).toBeGreaterThan(0);
  });
});
