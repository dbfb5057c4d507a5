// Runs before the first paint: a chosen theme must not flash the other one.
try {
  const { theme } = JSON.parse(localStorage.getItem('redoscope:settings') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
} catch {
  // Storage may be forbidden or damaged; the system's theme then applies.
}
