import { describe, expect, test } from "vitest";
import { didYouMean, listOfNames, nearestName } from "../src/nearest-name.js";

const NAMES = [
  "customer_id",
  "tenure",
  "Contract",
  "MonthlyCharges",
  "churn",
  "流失",
  "套餐名称",
  "入网日期",
  "c3",
];

describe("nearestName", () => {
  test.each([
    ["Tenure", "tenure"],
    ["customerId", "customer_id"],
    ["monthly charges", "MonthlyCharges"],
    ["tenuer", "tenure"],
    ["tenur", "tenure"],
    ["tennure", "tenure"],
    ["churned", "churn"],
    ["contact", "Contract"],
    ["monthlyCharge", "MonthlyCharges"],
    ["入网时期", "入网日期"],
    ["套餐", "套餐名称"],
    ["是否流失", "流失"],
    ["customer", "customer_id"],
  ])("takes %s for %s", (name, nearest) => {
    expect(nearestName(name, NAMES)).toBe(nearest);
  });

  test.each(["region", "x", "c4", "价格", "", " "])("finds nothing near %j", (name) => {
    expect(nearestName(name, NAMES)).toBeUndefined();
  });

  test("prefers what differs in case only, then fewer typing errors, then the first", () => {
    expect(nearestName("LINE_", ["lines", "line"])).toBe("line");
    expect(nearestName("monthslats", ["monthspast", "months_last"])).toBe("months_last");
    expect(nearestName("plan_x", ["plan_a", "plan_b"])).toBe("plan_a");
  });
});

test("didYouMean asks, or says nothing", () => {
  expect(didYouMean("churnd", NAMES)).toBe('did you mean "churn"?');
  expect(didYouMean("region", NAMES)).toBeUndefined();
});

test("listOfNames cuts long lists", () => {
  expect(listOfNames(["a", "b"])).toBe("a, b");
  const names = Array.from({ length: 22 }, (_, i) => `c${i + 1}`);
  expect(listOfNames(names)).toBe(`${names.slice(0, 20).join(", ")} and 2 more`);
});
