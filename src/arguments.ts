import { argumentProblem, HoldfastError, type Problem, type ProblemPath } from "./errors.js";
import { didYouMean, listOfNames } from "./nearest-name.js";

/** All options of a function by name, and whether they must be given; one that is missing here is a compile error. */
export type OptionNames<Options extends object> = {
  readonly [Name in keyof Options]-?: object extends Pick<Options, Name> ? "optional" : "required";
};

/** Options that mean the same wherever they are. */
const EVERYWHERE: Readonly<Record<string, { expected: string; isFine: (value: unknown) => boolean }>> = {
  onProgress: { expected: "must be a function", isFine: (value) => typeof value === "function" },
  signal: {
    expected: "must be the signal of an AbortController",
    isFine: (value) => value instanceof AbortSignal,
  },
};

/** What other libraries call an option that has another name here. Without dashes, underscores and capitals. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  nestimators: ["rounds", "trees"],
  numiterations: ["rounds"],
  numboostround: ["rounds"],
  iterations: ["rounds"],
  ntrees: ["trees", "rounds"],
  numleaves: ["maxLeaves"],
  eta: ["learningRate"],
  minchildsamples: ["minChildRows"],
  mindatainleaf: ["minChildRows"],
  minsamplesleaf: ["minChildRows"],
  reglambda: ["l2", "lambda"],
  regalpha: ["l1"],
  c: ["lambda"],
  penalty: ["l1Ratio", "lambda"],
  classweight: ["positiveWeight", "weights"],
  sampleweight: ["weights"],
  scaleposweight: ["positiveWeight"],
  randomstate: ["seed"],
  njobs: ["threads"],
  cpus: ["threads"],
  memory: ["memoryLimit"],
  mapping: ["columns"],
  rename: ["columns"],
  path: ["source"],
  file: ["source", "database"],
  sql: ["duckdb", "postgres"],
  cutoff: ["at"],
  cutoffs: ["at"],
  date: ["at"],
  window: ["observe"],
  lookback: ["observe"],
  lag: ["gap"],
  lead: ["gap"],
  customers: ["subscribers"],
  probabilities: ["score"],
  apikey: ["token"],
  bearer: ["token"],
  authorization: ["token"],
  numthreads: ["threads"],
  nfolds: ["folds"],
  nsplits: ["folds"],
  cv: ["folds"],
  target: ["label"],
  y: ["label"],
  outcome: ["label"],
  poslabel: ["positive"],
  drop: ["exclude"],
  ignore: ["exclude"],
  dtype: ["columns"],
  dtypes: ["columns"],
  schema: ["columns"],
  sep: ["delimiter"],
  separator: ["delimiter"],
  testsize: ["test"],
  bins: ["groupCount"],
  nbins: ["bins", "groupCount"],
  ngroups: ["groupCount"],
  quantiles: ["groupCount", "bins"],
  strategy: ["binning"],
  confidence: ["level"],
  confidencelevel: ["level"],
  clv: ["lifetimeValue"],
  nboot: ["replicates"],
  bootstrap: ["replicates"],
  nresamples: ["replicates"],
  verbose: ["onProgress"],
  callback: ["onProgress"],
};

/**
 * Makes sure that a public function was given an object of options that it knows, with those that it needs.
 * @param options what the caller passed; undefined is the same as no options.
 * @param argument where the caller passed it: `"options"`, or the option that holds these.
 * @param hintFor how what was passed in the place of an object of options is written as one.
 * @throws HoldfastError with every unknown and every missing option.
 */
export function checkOptions(
  functionName: string,
  options: unknown,
  names: Readonly<Record<string, "optional" | "required">>,
  argument = "options",
  hintFor?: (instead: unknown) => string | undefined,
): void {
  const problems = optionProblems(functionName, options, names, argument, hintFor);
  if (problems.length > 0) throw new HoldfastError(problems);
}

/** What {@link checkOptions} would throw. */
export function optionProblems(
  functionName: string,
  options: unknown,
  names: Readonly<Record<string, "optional" | "required">>,
  argument = "options",
  hintFor: (instead: unknown) => string | undefined = () => undefined,
): Problem[] {
  const known = Object.keys(names);
  const inside = (name: string) => (argument === "options" ? name : `${argument}.${name}`);
  if (options !== undefined && !isPlainObject(options)) {
    const [first] = known.filter((name) => names[name] === "required");
    const example = `{ ${first ?? known[0]}: … }`;
    const expected = `must be an object such as ${example}`;
    return [argumentProblem(functionName, argument, expected, shownInstead(options), hintFor(options))];
  }
  const given = (options ?? {}) as Record<string, unknown>;
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(names, name));
  const missing = known.filter((name) => names[name] === "required" && given[name] === undefined);
  return [
    ...unknown.map((name) =>
      argumentProblem(
        functionName,
        inside(name),
        `must be an option of ${functionName}: ${listOfNames(known)}`,
        given[name],
        suggestion(name, known),
      ),
    ),
    ...Object.entries(EVERYWHERE)
      .filter(
        ([name, { isFine }]) =>
          Object.hasOwn(names, name) && given[name] !== undefined && !isFine(given[name]),
      )
      .map(([name, { expected }]) => argumentProblem(functionName, inside(name), expected, given[name])),
    ...missing.map((name): Problem => {
      const path: ProblemPath = { function: functionName, argument: inside(name) };
      return { code: "argument.missing", path, expected: "must be given", received: undefined };
    }),
  ];
}

/** Makes sure that an argument is a list of texts. @throws HoldfastError; the hint makes a list of a single text. */
export function checkTexts(functionName: string, argument: string, texts: unknown): void {
  const problem = textsProblem(functionName, argument, texts);
  if (problem !== undefined) throw new HoldfastError(problem);
}

/** The hint for a single text in the place of a list. */
export function listHint(text: string): string {
  return `put it into a list: [${JSON.stringify(text)}]`;
}

/** What {@link checkTexts} would throw, or undefined. */
export function textsProblem(functionName: string, argument: string, texts: unknown): Problem | undefined {
  if (Array.isArray(texts) && texts.every((text) => typeof text === "string")) return undefined;
  const hint = typeof texts === "string" ? listHint(texts) : undefined;
  return argumentProblem(functionName, argument, "must be a list of texts", texts, hint);
}

/**
 * Calls what a public function is made of, so that the errors of inner functions name the function that the caller wrote.
 * @param placeOf where the caller passed what a problem of an inner function is about.
 */
export function namedErrors<Result>(
  functionName: string,
  call: () => Result,
  placeOf: (path: ProblemPath) => ProblemPath = (path) => path,
): Result {
  const rethrow = (error: unknown): never => {
    throw error instanceof HoldfastError && error.code !== "aborted"
      ? renamed(error, functionName, placeOf)
      : error;
  };
  try {
    const result = call();
    return result instanceof Promise ? (result.catch(rethrow) as Result) : result;
  } catch (error) {
    return rethrow(error);
  }
}

function renamed(
  error: HoldfastError,
  functionName: string,
  placeOf: (path: ProblemPath) => ProblemPath,
): HoldfastError {
  const problems = error.problems.map((problem): Problem => {
    // The caller ended the work: that is about no argument.
    if (problem.code === "aborted") return problem;
    return { ...problem, path: { ...placeOf(problem.path), function: functionName } };
  });
  return new HoldfastError(problems, error.problemCount, { cause: error.cause });
}

function suggestion(name: string, known: readonly string[]): string | undefined {
  const elsewhere = ELSEWHERE[name.toLowerCase().replace(/[_-]/gu, "")] ?? [];
  const here = elsewhere.find((each) => known.includes(each));
  return here === undefined ? didYouMean(name, known) : `did you mean ${JSON.stringify(here)}?`;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return !Array.isArray(value) && !ArrayBuffer.isView(value) && !(value instanceof Promise);
}

function shownInstead(value: unknown): unknown {
  return value instanceof Promise ? "a promise" : value;
}
