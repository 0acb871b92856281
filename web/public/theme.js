// Runs before the first paint so that a chosen theme or language never flashes; a file of its own because the policy forbids inline scripts.
try {
  const theme = localStorage.getItem('nahbar.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const locale = localStorage.getItem('nahbar.locale');
  if (locale) document.documentElement.lang = locale;
} catch {}
