// Bundles one script with what it imports into one file that stands in a page: node bundle.mjs ENTRY OUTPUT
// The licence texts of what is bundled stay in it. The file is written beside its place and renamed.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const [entry, output] = process.argv.slice(2);
const result = buildSync({
  entryPoints: [entry], bundle: true, minify: true, write: false, format: 'iife', target: 'es2022', charset: 'ascii', legalComments: 'inline',
  nodePaths: [join(dirname(fileURLToPath(import.meta.url)), 'node_modules')], logLevel: 'error',
});
mkdirSync(dirname(output), { recursive: true });
const beside = `${output}.${process.pid}.partial`;
writeFileSync(beside, result.outputFiles[0].contents);
renameSync(beside, output);
