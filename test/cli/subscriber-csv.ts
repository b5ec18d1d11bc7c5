import { createRandom } from "../../src/random.js";

const TARIFFS = ["basic", "plus", "max"];

/** 400 formula-made subscribers whose short tenure and dear tariff make them leave; the first has "basic". */
export function subscriberCsv(): string {
  const random = createRandom(11, "subscriber csv");
  const lines = ["id,tariff,tenure,charge,country,Churn"];
  for (let i = 1; i <= 400; i++) {
    const tariff = i === 1 ? 0 : random.integer(3);
    const tenure = random.integer(60);
    const charge = i % 37 === 0 ? " " : (20 + 15 * tariff + 5 * random.next()).toFixed(2);
    const churned = random.next() < 1 / (1 + Math.exp(1 + tenure / 15 - tariff));
    lines.push(
      `${String(i).padStart(5, "0")},${TARIFFS[tariff]},${tenure},${charge},CN,${churned ? "Yes" : "No"}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
