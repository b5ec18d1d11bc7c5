import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The folder of the package. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The entry points of package.json: what is imported, and the source of it. */
export const ENTRY_POINTS: readonly { readonly specifier: string; readonly source: string }[] =
  Object.entries(
    (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { exports: Record<string, unknown> })
      .exports,
  )
    .filter(([path]) => path !== "./package.json")
    .map(([path, target]) => ({
      specifier: join("holdfast", path),
      source: join(
        ROOT,
        (target as { default: string }).default.replace("./dist/", "src/").replace(/\.js$/u, ".ts"),
      ),
    }));

/** The program of all entry points, with its checker. */
export function entryPointProgram(): ts.Program {
  const file = join(ROOT, "tsconfig.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram(
    ENTRY_POINTS.map(({ source }) => source),
    options,
  );
}

/** What a module exports, by name; re-exports are followed to where the name is declared. */
export function exportsOf(program: ts.Program, source: string): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(source) as ts.SourceFile);
  return new Map(
    checker.getExportsOfModule(module as ts.Symbol).map((each) => [each.name, resolved(checker, each)]),
  );
}

/**
 * The types of this package that a user of these names meets: those in their signatures and members, and in those of
 * such types. A local alias that its module does not export is followed, as no one can name it.
 */
export function typesMet(program: ts.Program, names: Iterable<ts.Symbol>): Set<ts.Symbol> {
  const checker = program.getTypeChecker();
  const met = new Set<ts.Symbol>();
  const queue = [...names];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const type of typesNamedBy(checker, next)) {
      if (met.has(type)) continue;
      met.add(type);
      queue.push(type);
    }
  }
  for (const type of met) if (!isExported(checker, type)) met.delete(type);
  return met;
}

/** Where a symbol is declared, as a path from the package's folder. */
export function placeOf(symbol: ts.Symbol): string {
  return relative(ROOT, declarationOf(symbol)?.getSourceFile().fileName ?? "");
}

/** Whether `@internal` leaves a declaration out of the package's declaration files. */
export function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal");
}

function typesNamedBy(checker: ts.TypeChecker, symbol: ts.Symbol): Set<ts.Symbol> {
  const found = new Set<ts.Symbol>();
  const add = (named: ts.Symbol | undefined) => {
    if (named === undefined) return;
    const type = resolved(checker, named);
    const file = declarationOf(type)?.getSourceFile().fileName ?? "";
    const isOfPackage = file.startsWith(join(ROOT, "src/"));
    if (isOfPackage && !(type.flags & ts.SymbolFlags.TypeParameter) && !type.name.startsWith("__"))
      found.add(type);
  };
  const addInferred = (type: ts.Type) => {
    add(type.aliasSymbol ?? type.symbol);
    for (const argument of type.aliasTypeArguments ?? []) addInferred(argument);
    if (checker.isArrayType(type) || (type as ts.TypeReference).target !== undefined) {
      for (const argument of checker.getTypeArguments(type as ts.TypeReference)) addInferred(argument);
    }
    if (type.isUnion() && type.aliasSymbol === undefined) for (const part of type.types) addInferred(part);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node) || isHidden(node)) return;
    if (ts.isTypeReferenceNode(node)) add(checker.getSymbolAtLocation(node.typeName));
    if (ts.isExpressionWithTypeArguments(node)) add(checker.getSymbolAtLocation(node.expression));
    if (ts.isFunctionLike(node) && node.type === undefined && !ts.isConstructorDeclaration(node)) {
      const signature = checker.getSignatureFromDeclaration(node);
      if (signature !== undefined) addInferred(checker.getReturnTypeOfSignature(signature));
    }
    if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node)) {
      if (node.type === undefined) addInferred(checker.getTypeAtLocation(node));
      ts.forEachChild(node, (child) => (child === node.initializer ? undefined : visit(child)));
      return;
    }
    ts.forEachChild(node, visit);
  };
  for (const declaration of symbol.declarations ?? []) visit(declaration);
  return found;
}

function isHidden(node: ts.Node): boolean {
  const isMember = ts.isClassElement(node) || ts.isTypeElement(node) || ts.isParameter(node);
  if (!isMember) return false;
  const isPrivate = (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Private) !== 0;
  return isPrivate || isInternal(node);
}

function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  return symbol.declarations?.[0];
}

function isExported(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const file = declarationOf(symbol)?.getSourceFile();
  const module = file && checker.getSymbolAtLocation(file);
  return module !== undefined && checker.getExportsOfModule(module).includes(symbol);
}
