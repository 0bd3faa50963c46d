/** Lines of newline-delimited JSON that go in one request. @internal */
export interface Chunk {
  /** How many jobs. */
  count: number;
  /** Their text, a line each. */
  text: string;
}

const MOST_CHARACTERS = 8 * 1024 * 1024;

/** Cuts job texts into requests of at most `size` jobs and about 8 MiB. @internal */
export async function* chunks(texts: AsyncIterable<string> | Iterable<string>, size: number): AsyncGenerator<Chunk> {
  let lines: string[] = [];
  let characters = 0;
  for await (const text of texts) {
    if (lines.length > 0 && (lines.length === size || characters + text.length > MOST_CHARACTERS)) {
      yield chunkOf(lines);
      lines = [];
      characters = 0;
    }
    lines.push(text);
    characters += text.length + 1;
  }
  if (lines.length > 0) yield chunkOf(lines);
}

function chunkOf(lines: string[]): Chunk {
  return { count: lines.length, text: `${lines.join("\n")}\n` };
}
