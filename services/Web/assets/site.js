import '@github/auto-complete-element';

// Everything on every page works without this file; it only saves a few steps.

// A list of mistakes is read out at once.
document.querySelector('[data-mistakes]')?.focus();

// A press that is on its way is not sent again.
addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// A page that waits for something asks quietly and moves on when it is there.
const waiting = document.querySelector('[data-waits-for]');
if (waiting) {
  const started = Date.now();
  const ask = async () => {
    try {
      const answer = await fetch(waiting.dataset.waitsFor, { headers: { Accept: 'application/json' } });
      if (answer.ok && (await answer.json()).settled) return location.reload();
    } catch (error) {
      console.info('No answer yet.', error.message);
    }
    if (Date.now() - started < 180_000) setTimeout(ask, 1000);
  };
  setTimeout(ask, 600);
}
