// The form that adds a citizen: with a number, or known by user name only.

export function watchForm(dialog, opener, create, done) {
  const form = dialog.querySelector('form');
  const field = dialog.querySelector('#username-field');
  const problem = dialog.querySelector('.problem');
  const byUsername = () => form.elements.kind.value === 'username';

  function show() {
    field.hidden = !byUsername();
    form.elements.username.required = byUsername();
    form.elements.username.disabled = !byUsername();
  }

  opener.addEventListener('click', () => {
    form.reset();
    problem.hidden = true;
    show();
    dialog.showModal();
  });
  form.addEventListener('change', show);
  dialog.querySelector('[value=cancel]').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const phone = {name: form.elements.name.value.trim()};
    if (byUsername()) phone.username = form.elements.username.value;
    try {
      const {id} = await create(phone);
      dialog.close();
      done(id);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
}
