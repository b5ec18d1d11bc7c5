import { expect, test } from "vitest";
import { MarginWorkers } from "../../../src/scoring/batch/margin-workers.js";
import { scoringModel } from "../../support/scoring-model.js";
import { thrownBy } from "../../support/thrown.js";

const { classifier, content } = (await scoringModel()).scorer;
const BLOCK = { rowCount: 1, rows: new Float64Array(content.inputs.length), others: [] };

test("reasons are given block by block; a job that is aborted gives no more of them", async () => {
  const controller = new AbortController();
  let asked = 0;
  const here = {
    textsOf: () => {
      if (++asked === 5) controller.abort();
      return [[String(asked)]];
    },
  };
  const given = { here, content, options: {} } as never;
  const workers = new MarginWorkers(classifier, content, 1, { given, signal: controller.signal });
  expect(await workers.textsOf([BLOCK, BLOCK, BLOCK])).toEqual([["1"], ["2"], ["3"]]);
  const { code } = await thrownBy(() => workers.textsOf([BLOCK, BLOCK, BLOCK]));
  expect([code, asked]).toEqual(["aborted", 5]);
});
