export interface PageButton {
  label: string;
  press: () => void;
}

/** Every button of the page that can be pressed now, by its name, so that the palette knows every action there is without anybody listing it. Rows of a list have theirs in the table of keys. */
export function pageButtons(page: Element | null = document.getElementById('main')): PageButton[] {
  const buttons = [...(page?.querySelectorAll<HTMLElement>('button:not(:disabled), [role="tab"]') ?? [])];
  const named = buttons
    .filter((button) => !button.closest('[role="listbox"], article') && button.checkVisibility())
    .map((button) => ({ label: (button.ariaLabel ?? button.textContent).trim().replace(/\s+/g, ' '), button }))
    .filter(({ label }) => label !== '' && label.length <= 80);
  // Of several of one name nobody could say which is meant.
  const counts = Map.groupBy(named, ({ label }) => label);
  return named
    .filter(({ label }) => counts.get(label)?.length === 1)
    .map(({ label, button }) => ({
      label,
      press: () => {
        button.focus();
        button.click();
      },
    }));
}
