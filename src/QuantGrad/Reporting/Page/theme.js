// Light, dark, or as the system says; kept where the browser lets a file keep something.
const key = 'quantgrad-theme';
const choices = ['auto', 'light', 'dark'];

function kept() {
  try { return localStorage.getItem(key) ?? 'auto'; } catch { return 'auto'; }
}

export function theme(changed) {
  const button = document.getElementById('theme');
  const apply = choice => {
    document.documentElement.dataset.theme = choice;
    button.textContent = `Theme: ${choice}`;
    try { localStorage.setItem(key, choice); } catch { /* a file opened from disk may not keep anything */ }
  };
  apply(choices.includes(kept()) ? kept() : 'auto');
  button.hidden = false;
  button.addEventListener('click', () => {
    apply(choices[(choices.indexOf(document.documentElement.dataset.theme) + 1) % choices.length]);
    changed();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}
