// The little that a form alone cannot do: rules are dragged, and a choice that changes what else is asked for is sent at once.
// Without it every page works all the same, by its buttons.
(() => {
  'use strict';

  // A choice that other fields depend on presses the form's button for it.
  document.addEventListener('change', event => {
    const value = event.target.dataset?.submit;
    if (value)
      event.target.form?.querySelector(`button[name="Do"][value="${CSS.escape(value)}"]`)?.click();
  });

  // Dragging: where the rule is let go is sent as the place that it is to have.
  let dragged = null;

  const ruleOf = node => node instanceof Element ? node.closest('[data-place]') : null;

  const unmark = () => document.querySelectorAll('.before, .after').forEach(rule => rule.classList.remove('before', 'after'));

  const isBelow = (event, rule) => {
    const box = rule.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  };

  document.addEventListener('dragstart', event => {
    if (!(event.target instanceof Element) || !event.target.closest('.grip'))
      return;
    dragged = ruleOf(event.target);
    dragged.classList.add('dragged');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
    event.dataTransfer.setDragImage(dragged, 20, 20);
  });

  document.addEventListener('dragover', event => {
    const rule = ruleOf(event.target);
    if (!dragged || !rule)
      return;
    event.preventDefault();
    unmark();
    rule.classList.add(isBelow(event, rule) ? 'after' : 'before');
  });

  document.addEventListener('drop', event => {
    const rule = ruleOf(event.target);
    if (!dragged || !rule)
      return;
    event.preventDefault();
    const from = Number(dragged.dataset.place);
    const gap = Number(rule.dataset.place) + (isBelow(event, rule) ? 1 : 0);
    const to = gap > from ? gap - 1 : gap;
    const form = rule.closest('form');
    if (to === from)
      return;
    form.querySelector('[data-reorder-from]').value = from;
    form.querySelector('[data-reorder-to]').value = to;
    form.querySelector('[data-reorder-do]').click();
  });

  document.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged');
    dragged = null;
    unmark();
  });

  // A page that takes the place of another begins at its top, and the keyboard at its content, as with a whole new page. On a page that
  // stays, what it has to say is brought into sight, but where what was done can be seen itself.
  let path = location.pathname;
  let isBack = false;
  window.addEventListener('popstate', () => { isBack = true; });
  const arrived = () => {
    if (location.pathname === path) {
      if (!document.activeElement?.closest('.rules'))
        document.querySelector('main > .notice')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    path = location.pathname;
    if (!location.hash) {
      document.getElementById('content')?.focus({ preventScroll: true });
      if (!isBack)
        window.scrollTo(0, 0);
    }
    isBack = false;
  };
  document.addEventListener('DOMContentLoaded', () => window.Blazor?.addEventListener('enhancedload', arrived));
})();
