// Issues annotations through @actions/core, as an action on GitHub does. The first argument is the
// package's folder; standard input is a JSON list of {level, message, title, file, line, column}.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { main } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
const core = await import(pathToFileURL(`${folder}/${main}`).href);

for (const { level, message, title, file, line, column } of JSON.parse(readFileSync(0, "utf8"))) {
  core[level](message, { title, file, startLine: line, startColumn: column });
}
