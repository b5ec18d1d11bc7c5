// The peer of the service: a bare fastify route that parses a request and answers the JSON that it was started with.
import { fastify } from "fastify";

const answer = JSON.parse(process.argv[2]) as object;
const app = fastify();
app.post("/v1/predict", (_, reply) => {
  reply.send(answer);
});
const url = await app.listen({ port: 0 });
process.stdout.write(`{"msg":"listening","url":"${url}"}\n`);
