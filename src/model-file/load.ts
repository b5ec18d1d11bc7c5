import { HoldfastError } from "../errors.js";
import { readModelFile } from "./envelope.js";
import { checkExtensions, type Extensions } from "./extensions.js";
import type { ModelKind } from "./model-kind.js";

/** What is checked of a model beyond its content. */
export interface LoadChecks {
  /** Whether it must predict the same for its parity rows as when it was trained. Default false. */
  readonly parity?: boolean | undefined;
}

/**
 * The model of a file, of one of the given kinds. The file is data: it is validated as a whole and nothing in it runs.
 * @throws HoldfastError when the file can't be read, is not JSON or not a model, has a newer format, was edited (its
 * SHA-256 differs), is of another kind, or has invalid content, with all places; and for extensions that are not
 * families or calibrators, or whose names are taken.
 */
export async function loadModelOf<Model>(
  path: string,
  kinds: readonly ModelKind<object, Model>[],
  extensions: Extensions = {},
  checks: LoadChecks = {},
): Promise<Model> {
  checkExtensions("loadChurnModel", extensions);
  return (await loadWithContent(path, kinds, extensions, checks)).model;
}

/** As {@link loadModelOf}, with the content as it is after validation. */
export async function loadWithContent<Content extends object, Model>(
  path: string,
  kinds: readonly ModelKind<Content, Model>[],
  extensions: Extensions,
  { parity = false }: LoadChecks,
): Promise<{ readonly model: Model; readonly content: Content }> {
  const { kind: name, content } = await readModelFile(path);
  const kind = kinds.find((each) => each.name === name);
  if (kind === undefined) {
    const names = kinds.map((each) => each.name).join(", ");
    const hint = "this version of holdfast, or this command, does not support such models";
    throw new HoldfastError({
      code: "model.invalid",
      path: { file: path, argument: "kind" },
      expected: `must be ${names}`,
      received: name,
      hint,
    });
  }
  const validated = await kind.validate(content, extensions);
  if ("content" in validated) {
    const model = await kind.open(validated.content, extensions);
    if (parity) kind.checkParity(model, path);
    return { model, content: validated.content };
  }
  throw new HoldfastError(
    validated.problems.map(({ at, expected }) => ({
      code: "model.invalid",
      path: { file: path, argument: at },
      expected,
      received: undefined,
    })),
  );
}
