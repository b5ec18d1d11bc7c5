import { argumentProblem, type Problems } from "../../errors.js";
import { addRowProblems, listProblem } from "../sample/number-list.js";

/** Rows cut by a column: tenure bands, tariffs, regions, groups … */
export interface Segmentation {
  /** What the rows are cut by. */
  readonly name: string;
  /** For each row its place in `segments`; −1 is missing, which is a separate segment. */
  readonly codes: ArrayLike<number>;
  readonly segments: readonly string[];
}

const EXAMPLE = `{ name: "tariff", codes: [0, 1, 0], segments: ["S", "L"] }`;

/** Adds what is wrong with segmentations. @param rows how many there should be. */
export function addSegmentationProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  segmentations: unknown,
): void {
  if (!Array.isArray(segmentations)) {
    const hint =
      typeof segmentations === "object" && segmentations !== null ? hintFor(segmentations) : undefined;
    const expected = `must be a list of segmentations such as [${EXAMPLE}]`;
    problems.add(argumentProblem(functionName, "segmentations", expected, segmentations, hint));
    return;
  }
  segmentations.forEach((segmentation: unknown, s) => {
    const argument = `segmentations[${s}]`;
    const { name, codes, segments } = (segmentation ?? {}) as Partial<Segmentation>;
    if (typeof name !== "string" || !Array.isArray(segments) || codes === undefined) {
      const hint =
        typeof segmentation === "object" && segmentation !== null ? hintFor(segmentation) : undefined;
      problems.add(
        argumentProblem(
          functionName,
          argument,
          `must be a segmentation such as ${EXAMPLE}`,
          segmentation,
          hint,
        ),
      );
      return;
    }
    addCodeProblems(problems, functionName, rows, `${argument}.codes`, codes, segments.length);
  });
}

function addCodeProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  argument: string,
  codes: ArrayLike<number>,
  segmentCount: number,
): void {
  const problem = listProblem(functionName, argument, codes);
  if (problem !== undefined) {
    problems.add(problem);
    return;
  }
  if (codes.length !== rows) {
    const expected = `must have the length of labels, ${rows}`;
    problems.add(argumentProblem(functionName, argument, expected, codes.length));
  }
  addRowProblems(problems, functionName, argument, codes, {
    expected: `must be a whole number from −1 to ${segmentCount - 1}`,
    isRight: (code) => Number.isInteger(code) && (code as number) >= -1 && (code as number) < segmentCount,
  });
}

/** What makes a segmentation of a categorical column, and a list of a single segmentation. */
function hintFor(given: object): string | undefined {
  if ("categories" in given) {
    return "of a column: [{ name: column.name, codes: column.codes, segments: column.categories }]";
  }
  return "codes" in given && "segments" in given ? "write [segmentation]" : undefined;
}
