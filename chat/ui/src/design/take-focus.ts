/** As the `ref` of a field: it gets the focus when it appears. Browsers heed `autofocus` in dialogs only. */
export const takeFocus = (field: HTMLElement | null) => field?.focus();
