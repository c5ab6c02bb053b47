// Installs what package-lock.json pins into node_modules, without running any package's scripts.
// It installs beside the target and renames, so that builds which run at the same moment cannot meet a half-written folder.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'node_modules');
const stamp = join('node_modules', '.installed-lock.json');
const wanted = readFileSync(join(here, 'package-lock.json'), 'utf8');
const installed = () => existsSync(join(here, stamp)) && readFileSync(join(here, stamp), 'utf8') === wanted;

if (!installed()) {
  const work = mkdtempSync(join(here, 'install.partial-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(here, name), join(work, name));
    const npm = spawnSync('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error', { cwd: work, shell: true, stdio: 'inherit' });
    if (npm.status !== 0) {
      console.error('npm could not install what the build needs (its own words are above): is the npm registry reachable?');
      process.exitCode = 1;
    } else {
      writeFileSync(join(work, stamp), wanted);
      publish(work);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function publish(work) {
  for (let attempt = 0; !installed() && attempt < 50; attempt++) {
    try {
      if (existsSync(target)) renameSync(target, join(work, `old-${attempt}`));
      renameSync(join(work, 'node_modules'), target);
    } catch (error) {
      if (attempt === 49) throw error; // another build renames at the same moment: look again
    }
  }
}
