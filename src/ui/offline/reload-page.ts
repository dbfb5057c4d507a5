/** Loads the page anew; whatever waits to take over shows after it. */
export async function reloadPage(): Promise<void> {
  try {
    const { reloadNewest } = await import('./keep-offline.ts');
    await reloadNewest();
  } catch {
    // Without its code, or where the browser keeps nothing, the network has the newest.
    location.reload();
  }
}
