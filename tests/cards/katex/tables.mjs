// Writes engine/content/katex/tables.json: what KaTeX knows, for the checker in Python.
//
//   npm install --prefix DIR katex@0.16.47        (any folder DIR; the version in Streamlit's rehype-katex chunk)
//   node tests/cards/katex/tables.mjs DIR/node_modules/katex/dist/katex.mjs
//
// KaTeX does not export its tables; the module is read with an export of them appended.
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const names = ["symbols", "functions", "macros", "environments", "delimiters", "implicitCommands",
    "uSubsAndSups", "unicodeSubRegEx", "unicodeAccents", "unicodeSymbols"];
const copy = join(mkdtempSync(join(tmpdir(), "katex-")), "katex.mjs");
writeFileSync(copy, readFileSync(process.argv[2], "utf8") +
    `\nexport const tables = {${names.join(", ")}};\n`);
const {tables: katex, version} = await import(pathToFileURL(copy));

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => a < b ? -1 : 1));
const symbols = (mode) => sorted(Object.entries(katex.symbols[mode]).map(([k, v]) => [k, v.group]));
const takes = ({type, numArgs, numOptionalArgs = 0, argTypes = [], ...rest}) => {
    const flags = ["allowedInArgument", "allowedInText", "infix", "primitive"]
        .filter((flag) => rest[flag]);
    if (rest.allowedInMath === false) { flags.push("notInMath"); }
    return [type, numArgs, numOptionalArgs, argTypes.map((kind) => kind ?? ""), flags];
};
const scripts = (sub) => sorted(Object.entries(katex.uSubsAndSups)
    .filter(([sign]) => katex.unicodeSubRegEx.test(sign) === sub));

const out = {
    version,
    licence: "Names from KaTeX, copyright Khan Academy and contributors, MIT licence",
    math: symbols("math"),
    text: symbols("text"),
    functions: sorted(Object.entries(katex.functions).map(([k, v]) => [k, takes(v)])),
    environments: sorted(Object.entries(katex.environments).map(([k, v]) => [k, takes(v)])),
    // Macros that are programs are written again in expander.py.
    macros: sorted(Object.entries(katex.macros).filter(([, v]) => typeof v === "string")),
    programs: Object.keys(katex.macros).filter((k) => typeof katex.macros[k] !== "string").sort(),
    delimiters: [...katex.delimiters].sort(),
    implicit: Object.keys(katex.implicitCommands).sort(),
    subscripts: scripts(true),
    superscripts: scripts(false),
    accents: Object.keys(katex.unicodeAccents).sort(),
    accented: sorted(Object.entries(katex.unicodeSymbols)),
};
const here = dirname(fileURLToPath(import.meta.url));
writeFileSync(join(here, "../../../engine/content/katex/tables.json"),
    JSON.stringify(out, null, 0).replace(/("(?:math|text|functions|environments|macros|programs|delimiters|implicit|subscripts|superscripts|accents|accented)":)/g, "\n$1") + "\n");
