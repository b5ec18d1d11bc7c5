// @ts-check
import { createApp } from "./app.js";

const app = await createApp("churn.model.json");
const address = await app.listen({ port: Number(process.env.PORT ?? 8080) });
console.log(`POST ${address}/predict {"rows": [{"tenure_months": 3, "tariff": "basic", …}]}`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => app.close());
