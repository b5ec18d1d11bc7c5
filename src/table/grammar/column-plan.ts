import { argumentProblem, invalidArgument, Problems } from "../../errors.js";
import { kindHint } from "../checks/kind-hint.js";
import { columnName } from "../column-name.js";
import {
  CELL_FORMAT_OPTIONS,
  type CellFormat,
  formatBesideKind,
  formatOfKind,
  givenFormat,
  mergedFormats,
} from "./cell-format.js";
import { type CellGrammar, grammarOf } from "./cell-grammar.js";
import { cellFormatProblems } from "./check-cell-format.js";
import { DECLARED_KINDS, type DeclaredKind } from "./declared-kind.js";

export type { DeclaredKind };

/** How a column is to be read: its kind, and how its cells are written. */
export interface ColumnDeclaration extends CellFormat {
  /** Default: decided by all cells. */
  readonly kind?: DeclaredKind | undefined;
  /** Whether its numbers are 0 and 1 only, so that `yes` and `true` are 1 and their opposites 0. Default false. */
  readonly isFlag?: boolean | undefined;
}

/** A declared kind, or a kind together with how cells are written. */
export type DeclaredColumn = DeclaredKind | ColumnDeclaration;

/** How columns are to be read: options of a whole source, and of columns by name, which override them. */
export interface ReadingPlan extends CellFormat {
  readonly columns?: Readonly<Record<string, DeclaredColumn>> | undefined;
}

/** How one column is to be read. */
export interface ColumnPlan {
  /** Undefined: decided by all cells. */
  readonly kind: DeclaredKind | undefined;
  readonly grammar: CellGrammar;
}

/** A column of which nothing is declared. */
export const UNDECLARED: ColumnPlan = { kind: undefined, grammar: grammarOf() };

/** A plan whose names are composed (Unicode NFC), as those of tables are; other options are kept. */
export function withComposedNames<
  Plan extends ReadingPlan & { readonly exclude?: readonly string[] | undefined },
>(plan: Plan): Plan {
  const { columns, exclude } = plan;
  const declared = Object.entries(columns ?? {}).map(([name, column]) => [columnName(name), column]);
  return {
    ...plan,
    ...(columns === undefined ? {} : { columns: Object.fromEntries(declared) }),
    ...(exclude === undefined ? {} : { exclude: exclude.map(columnName) }),
  };
}

/** Plans of columns by name. @param plan options that {@link checkReadingPlan} has nothing against. */
export function columnPlans(plan: ReadingPlan): (name: string) => ColumnPlan {
  const ofFile = givenFormat(plan);
  const undeclared = ofFile === undefined ? UNDECLARED : { kind: undefined, grammar: grammarOf(ofFile) };
  const declared = plan.columns ?? {};
  return (name) => {
    if (!Object.hasOwn(declared, name)) return undeclared;
    return planOf(declared[name], ofFile);
  };
}

/** The plan of a declared column. */
export function planOf(declared: DeclaredColumn | undefined, ofFile?: CellFormat): ColumnPlan {
  if (declared === undefined && ofFile === undefined) return UNDECLARED;
  const { kind, isFlag, ...own }: ColumnDeclaration =
    typeof declared === "object" ? declared : { kind: declared };
  const format = mergedFormats(ofFile, givenFormat(own));
  return { kind: kind ?? kindOfFormat(own), grammar: grammarOf(format, { isFlag }) };
}

/** A column whose dates or numbers are described holds them. */
function kindOfFormat({
  dateFormat,
  decimal,
  thousands,
  currency,
  percent,
}: CellFormat): DeclaredKind | undefined {
  if (dateFormat !== undefined) return "date";
  return [decimal, thousands, currency, percent].some((each) => each !== undefined) ? "numeric" : undefined;
}

/** The declared kind, where there is one. */
export function kindOfDeclared(declared: DeclaredColumn | undefined): DeclaredKind | undefined {
  return declared === undefined ? undefined : planOf(declared).kind;
}

/** A column as it is declared again: its kind alone where its cells are plain. */
export function declaredAs(
  kind: DeclaredKind,
  format: CellFormat | undefined,
  isFlag = false,
): DeclaredColumn {
  if (format === undefined && !isFlag) return kind;
  return { kind, ...(isFlag ? { isFlag } : {}), ...format };
}

/**
 * Declared columns, with how cells of a file and of its columns are written; what is given for a column counts first, then
 * what is given for the file, then what was declared.
 */
export function declaredWith(
  declared: Readonly<Record<string, DeclaredColumn>>,
  ofFile: CellFormat,
  ofColumns: Readonly<Record<string, CellFormat>> = {},
): Record<string, DeclaredColumn> {
  const names = [...new Set([...Object.keys(declared), ...Object.keys(ofColumns)])];
  return Object.fromEntries(
    names.map((name): [string, DeclaredColumn] => {
      const known = Object.hasOwn(declared, name) ? declared[name] : {};
      const { kind, isFlag, ...own }: ColumnDeclaration = typeof known === "string" ? { kind: known } : known;
      const given = Object.hasOwn(ofColumns, name) ? ofColumns[name] : undefined;
      // What is given for the file says nothing about the kind of a column; it applies to it anyway.
      const under = kind === undefined ? own : formatToKeep(mergedFormats(own, givenFormat(ofFile)), kind);
      const whole = mergedFormats(under, given);
      return [name, kind === undefined ? { ...whole } : declaredAs(kind, whole, isFlag)];
    }),
  );
}

/** What of a format says how cells of a kind are read; that nothing is missing is something to say too. */
function formatToKeep(format: CellFormat | undefined, kind: DeclaredKind): CellFormat | undefined {
  if (format?.missing === undefined) return formatOfKind(format, kind);
  return { ...formatOfKind(format, kind), missing: format.missing };
}

/** @throws HoldfastError with all problems of options that say how cells are written, and of declared columns. */
export function checkReadingPlan(functionName: string, plan: ReadingPlan, within = ""): void {
  const problems = new Problems();
  const argument = within === "" ? "columns" : `${within}.columns`;
  problems.add(...cellFormatProblems(functionName, within, plan));
  const { columns = {} } = plan;
  const kinds = DECLARED_KINDS.join(", ");
  if (typeof columns !== "object" || columns === null || Array.isArray(columns)) {
    const example = `{ tariff: "categorical" }`;
    invalidArgument(
      functionName,
      argument,
      `must be an object of kinds by column such as ${example}`,
      columns,
    );
  }
  for (const [name, declared] of Object.entries(columns)) {
    const place = `${argument}[${JSON.stringify(name)}]`;
    if (typeof declared === "string" && DECLARED_KINDS.includes(declared)) continue;
    if (typeof declared !== "object" || declared === null || Array.isArray(declared)) {
      const hint = kindHint(declared, DECLARED_KINDS);
      problems.add(argumentProblem(functionName, place, `must be one of ${kinds}`, declared, hint));
      continue;
    }
    const { kind } = declared;
    if (kind !== undefined && !DECLARED_KINDS.includes(kind)) {
      const hint = kindHint(kind, DECLARED_KINDS);
      problems.add(argumentProblem(functionName, `${place}.kind`, `must be one of ${kinds}`, kind, hint));
    }
    if (declared.isFlag !== undefined && typeof declared.isFlag !== "boolean") {
      const received: unknown = declared.isFlag;
      problems.add(argumentProblem(functionName, `${place}.isFlag`, "must be true or false", received));
    }
    if (kind !== undefined && DECLARED_KINDS.includes(kind)) {
      for (const member of formatBesideKind(declared, kind)) {
        const expected = `must be left out, a column of kind ${kind} has no such form`;
        problems.add(argumentProblem(functionName, `${place}.${member}`, expected, declared[member]));
      }
    }
    const known = ["kind", "isFlag", ...Object.keys(CELL_FORMAT_OPTIONS)];
    for (const key of Object.keys(declared)) {
      if (known.includes(key)) continue;
      const expected = `must be left out: a column has ${known.join(", ")}`;
      problems.add(argumentProblem(functionName, `${place}.${key}`, expected, undefined));
    }
    problems.add(...cellFormatProblems(functionName, place, mergedWithFile(plan, declared)));
  }
  problems.throwIfAny();
}

/** A column's own format, with what it takes from the file where it changes one of two signs that must differ. */
function mergedWithFile({ decimal, thousands }: ReadingPlan, own: CellFormat): CellFormat {
  if (own.decimal === undefined && own.thousands === undefined) return own;
  return { ...own, decimal: own.decimal ?? decimal, thousands: own.thousands ?? thousands };
}
