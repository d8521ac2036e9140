// Calls every operation of a document through a client that hey-api made, beside which it has to lie.
// `tsx other_client.ts URL SAMPLES`: the server's URL, and a file with a call for each operation. Prints a line of
// JSON for each: its id, status, and problem.

import { readFileSync } from "node:fs";
import { client } from "./client/client.gen";
import * as operations from "./client/sdk.gen";

type Call = {
  id: string;
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  header: Record<string, unknown>;
  cookie: Record<string, unknown>;
  body: unknown;
  media: string;
  credentials: Record<string, string>;
};

const plain = (name: string) => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
const [url, samples] = process.argv.slice(2);
const functions = new Map(Object.entries(operations).map(([name, call]) => [plain(name), call as Function]));
client.setConfig({ baseUrl: url });

// What JSON cannot hold: files of a multipart body.
const files = (body: unknown, media: string) =>
  media.startsWith("multipart/") && body && typeof body === "object"
    ? { ...body, file: new File(["%PDF-"], "paper.pdf", { type: "application/pdf" }) }
    : body;

for (const call of JSON.parse(readFileSync(samples, "utf-8")) as Call[]) {
  const { id, path, query, header, body, media, credentials } = call;
  try {
    const found = functions.get(plain(id));
    if (!found) throw new Error("the client has no such function");
    const headers = { ...credentials, ...header };
    const result = await found({ path, query, headers, ...(body === null ? {} : { body: files(body, media) }) });
    const status = result.response?.status ?? 200; // a stream of events has no response of its own
    if (result.stream) for await (const _ of result.stream) break;
    const problem = result.error ? JSON.stringify(result.error) : "";
    console.log(JSON.stringify({ id, status, problem }));
  } catch (problem) {
    console.log(JSON.stringify({ id, status: 0, problem: String(problem) }));
  }
}
process.exit(0);
