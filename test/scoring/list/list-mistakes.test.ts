import { PassThrough } from "node:stream";
import { describe } from "vitest";
import { scoreFile } from "../../../src/scoring/index.js";
import { type Mistake, testMistakes } from "../../mistakes/mistake.js";
import { of, wrong } from "../../mistakes/of.js";
import { modelWithoutId } from "../../support/scoring-model.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const model = await modelWithoutId();
const files = temporaryFolder();

const job = (
  name: string,
  argument: string,
  says: RegExp,
  given: { input?: unknown; output?: unknown; options: unknown },
): Mistake =>
  of(
    "scoreFile",
    name,
    argument,
    () => {
      const { input = "datasets/simulated/usage.csv", output = `${files.path}/list.csv`, options } = given;
      return scoreFile(model, wrong(input), wrong(output), wrong(options));
    },
    says,
  );
const withOptions = (name: string, argument: string, options: object, says: RegExp): Mistake =>
  job(name, argument, says, { options });

describe("scoreFile with capacity", () => {
  testMistakes([
    withOptions(
      "with capacity as number",
      "capacity",
      { capacity: 300 },
      /must be capacities, such as "call=300/u,
    ),
    withOptions(
      "with limits as capacity",
      "capacity",
      { capacity: "call>=0.5" },
      /must read like call=300,watch=20%/u,
    ),
    withOptions(
      "with capacities in a list",
      "capacity",
      { capacity: [{ name: "call", top: 3 }] },
      /must be capacities/u,
    ),
    withOptions(
      "with tiers by probability as capacity",
      "capacity",
      { capacity: model.training.evaluation },
      /by: "capacity"/u,
    ),
    withOptions("with one name only", "capacity", { capacity: "call" }, /must read like/u),
    withOptions(
      "with a tier twice",
      "capacity.tiers[1].name",
      { capacity: "call=300,call=20%" },
      /must be a name that no other entry has, received "call"/u,
    ),
    withOptions(
      "with the name of the rest in use",
      "capacity",
      { capacity: "rest=300,call=20%" },
      /must name its last tier.*write rest=300,call=20%,others/u,
    ),
    withOptions(
      "with the percentage as share",
      "capacity.tiers",
      { capacity: { by: "capacity", tiers: [{ name: "call", share: 20 }] } },
      /at most 1.*above 0 and below 1/su,
    ),
    withOptions("with shares of more than all", "capacity.tiers", { capacity: "a=60%,b=50%" }, /at most 1/u),
    withOptions(
      "with room for none",
      "capacity.tiers[0].top",
      { capacity: "call=0" },
      /whole number above 0/u,
    ),
    job(
      "of a list from a stream",
      "capacity",
      /must be left out where rows come from a stream.*to a file first/u,
      {
        input: { stream: new PassThrough(), format: "csv" },
        options: { capacity: "call=300" },
      },
    ),
    job(
      "of a list into a stream",
      "capacity",
      /must be left out where scores go to a stream.*a file, a folder/u,
      {
        output: { stream: new PassThrough(), format: "csv" },
        options: { capacity: "call=300" },
      },
    ),
    withOptions("with top", "top", { top: 300 }, /must be an option of scoreFile/u),
  ]);
});
