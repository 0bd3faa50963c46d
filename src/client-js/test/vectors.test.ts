import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NullLogger } from "@microsoft/signalr";
import { WorkerHubProtocol } from "../src/worker/hub-protocol.js";

/** One message of the protocol, as `src/Protocol/vectors` writes it down for both SDKs. */
interface Vector {
  name: string;
  direction: string;
  message: unknown;
}

const folder = join(import.meta.dirname ?? "", "../../../../Protocol/vectors");
const END = "\u001e";

function vectorsOf(file: string): Vector[] {
  const content: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
  return Array.isArray(content) ? content : [content as Vector];
}

const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

test("vectors", { skip: files.length === 0 ? "there are no vectors in src/Protocol/vectors" : false }, async (t) => {
  for (const vector of files.flatMap(vectorsOf)) {
    await t.test(`${vector.direction}: ${vector.name}`, () => {
      const protocol = new WorkerHubProtocol();
      const text = JSON.stringify(vector.message) + END;
      const [parsed] = protocol.parseMessages(text, NullLogger.instance);
      const written = JSON.parse(protocol.writeMessage(parsed!).slice(0, -1));
      if (typeof written.error === "string") written.error = written.error.replace(/^\u0001/, ""); // the mark of an error that the server answered
      assert.deepEqual(written, vector.message);
    });
  }
});
