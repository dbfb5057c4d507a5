// Runs before the first paint: a chosen theme or palette must not flash another one.
try {
  const { theme, palette } = JSON.parse(localStorage.getItem('redoscope:settings') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  if (typeof palette === 'string') document.documentElement.dataset['palette'] = palette;
} catch {
  // Storage may be forbidden or damaged; the system's theme then applies.
}
