import '@github/auto-complete-element';

// Everything on every page works without this file; it only saves a few steps.

// A list of mistakes is read out at once.
document.querySelector('[data-mistakes]')?.focus();

// A press that is on its way is not sent again; after five seconds it has come back or was stopped, and may be.
addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (Date.now() - form.dataset.sent < 5000) event.preventDefault();
  else form.dataset.sent = Date.now();
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

// Copying an address by hand is fiddly on a phone.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = 'Copied';
  });
}

// Near me: a browser asks first; what it answers is rounded to about a kilometre before it goes anywhere.
for (const button of document.querySelectorAll('[data-near-me]')) {
  const form = button.form;
  const near = form.elements.near;
  const put = (name, value) => {
    const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name }));
    field.value = value;
  };
  const said = Object.assign(document.createElement('p'), { className: 'hint', role: 'status' });
  if ('geolocation' in navigator) button.hidden = false;
  button.parentElement.append(said);
  button.addEventListener('click', () => {
    said.textContent = 'Asking where you are…';
    navigator.geolocation.getCurrentPosition(found, unknown, { timeout: 10_000, maximumAge: 600_000 });
  });
  const found = ({ coords }) => {
    near.value = '';
    put('lat', coords.latitude.toFixed(2));
    put('lon', coords.longitude.toFixed(2));
    form.requestSubmit();
  };
  const unknown = () => {
    said.textContent = 'Your browser does not say where you are. Please type a place.';
    near.focus();
  };
}

// Suggestions are there as long as their field has the focus: the element leaves them over what comes next.
for (const field of document.querySelectorAll('auto-complete')) {
  const close = () => {
    if (!field.matches(':focus-within, :active')) field.open = false;
  };
  field.addEventListener('focusout', () => setTimeout(close));
  field.addEventListener('loadend', close);
}

// Escape folds up what is open around the focus.
addEventListener('keydown', event => {
  const open = event.key === 'Escape' && !event.defaultPrevented && event.target.closest?.('.search > .sifting[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

// What was left empty need not stand in the address.
document.querySelector('[data-search]')?.addEventListener('formdata', event => {
  for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
});

// The map is fetched when somebody asks for it.
const mapButton = document.querySelector('[data-map-button]');
if (mapButton) {
  const box = document.getElementById(mapButton.getAttribute('aria-controls'));
  mapButton.hidden = false;
  mapButton.addEventListener('click', async () => {
    box.hidden = !box.hidden;
    mapButton.setAttribute('aria-expanded', String(!box.hidden));
    if (box.hidden || box.childElementCount > 0) return;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: box.dataset.style }));
    try {
      await (await import(box.dataset.map)).show(box);
    } catch (error) {
      console.info('No map.', error.message);
      box.replaceChildren(Object.assign(document.createElement('p'), { textContent: 'The map cannot be shown just now. The list has everyone.' }));
    }
  });
}
