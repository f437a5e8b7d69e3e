// What a visitor does, by keyboard where that is natural: finds, rates, is recommended, registers, trains.

const same = (fault, what, found, expected) => (found === expected ? null : fault(what, `found ${found}, expected ${expected}`));

// Types into a combobox and takes the first thing found by the keyboard.
async function find(page, label, words) {
  const box = page.getByRole('combobox', { name: label });
  await box.fill(words);
  await page.locator('[role="listbox"]:visible [role="option"]').first().waitFor();
  await box.press('ArrowDown');
  await box.press('Enter');
}

async function movies(page, server, settled, fault) {
  await page.goto(`${server}/`);
  await settled(page);
  const title = (await page.locator('.vertex.movie').first().getAttribute('aria-label')).replace(/ \(\d+\)$/, '');
  await find(page, 'Find a movie', title);
  await page.waitForFunction(() => location.hash.startsWith('#/movie/'));
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByLabel('Compared by').selectOption('embedding');
  await page.waitForFunction(() => location.hash.endsWith('?by=embedding'));
  await settled(page);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'From ratings to recommendations' }).waitFor();
  await page.goto(`${server}/#/browse`);
  await page.locator('.card:not(.empty)').first().waitFor();
  const before = await page.locator('.card').count();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.waitForFunction((number) => document.querySelectorAll('.card').length > number, before);
  const first = await page.locator('.card').first().elementHandle();
  await page.locator('.card a').nth(before + 2).click();
  await page.waitForFunction(() => location.hash.startsWith('#/movie/'));
  await page.goBack();
  await page.waitForFunction((number) => document.querySelectorAll('.card:not(.empty)').length > number, before);
  if (await first.evaluate((node) => node.isConnected)) fault('browse', 'an old list is still there');
}

async function recommendations(page, server, settled, fault) {
  await page.goto(`${server}/#/recommendations`);
  await page.getByText('Rate a movie or two').waitFor();
  await find(page, 'Rate a movie', 'the');
  await page.locator('.recommendation:not(.empty)').first().waitFor();
  await settled(page);
  same(fault, 'a list', await page.locator('.recommendation').count(), 20);
  const kept = await page.locator('.recommendation').first().elementHandle();
  await page.locator('.recommendation .why summary').first().click();
  await page.locator('.reasons').first().waitFor();
  const slider = page.getByRole('slider', { name: 'Popularity' });
  await slider.focus();
  await slider.press('ArrowRight');
  await page.waitForFunction(() => location.hash.includes('mixture='));
  await settled(page);
  if (!(await kept.evaluate((node) => node.isConnected || !document.querySelector('.reasons')))) fault('a list', 'movies that stay are made anew');
  await page.getByRole('slider', { name: 'Diversity' }).press('End');
  await page.waitForFunction(() => location.hash.includes('diversity=1'));
  await settled(page);
  await page.locator('.recommendation .rating label').first().click();
  await page.locator('aside .rating').nth(1).waitFor();
  await page.getByRole('button', { name: 'A user' }).click();
  await find(page, /another one, by id/, '1');
  await page.getByRole('heading', { name: /rated$/ }).waitFor();
}

async function account(page, server, settled, fault) {
  await page.goto(`${server}/#/account`);
  await page.getByRole('heading', { name: 'Your ratings (2)' }).waitFor();
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Register' }) });
  await form.getByLabel('Name').fill('ann');
  await form.getByLabel('Password').fill('short');
  await form.getByLabel('Password').press('Enter');
  await form.getByRole('alert').waitFor();
  same(fault, 'the wrong field', await form.getByLabel('Password').getAttribute('aria-invalid'), 'true');
  await form.getByLabel('Password').fill('a longer password, by far');
  await form.getByLabel('Password').press('Enter');
  await page.getByRole('heading', { name: 'ann' }).waitFor();
  await page.getByRole('heading', { name: 'Your ratings (2)' }).waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.getByRole('heading', { name: 'Your ratings (0)' }).waitFor();
}

async function training(page, server, settled, fault) {
  await page.goto(`${server}/#/training`);
  await page.getByLabel('Columns').fill('0');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('alert').waitFor();
  same(fault, 'the wrong field', await page.getByLabel('Columns').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Columns').fill('8');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('4');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByText(/is done; its model is served/).waitFor();
  await page.getByText(/Epoch 4 of 4/).waitFor();
}

async function map(page, server, settled, fault) {
  await page.goto(`${server}/#/insights`);
  const heading = page.getByRole('heading', { name: /in view/ });
  await heading.waitFor();
  const all = await heading.textContent();
  await page.locator('canvas').focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('+');
  await page.waitForFunction((text) => ![...document.querySelectorAll('h3')].some((node) => node.textContent === text), all);
  await page.keyboard.press('0');
  await page.getByRole('heading', { name: all }).waitFor();
  await page.getByText('How good the lists are').click();
  await page.getByRole('region', { name: 'Segments' }).waitFor();
}

export async function visit(page, server, settled, fault) {
  for (const act of [movies, recommendations, account, training, map]) await act(page, server, settled, fault);
  await page.context().close();
}
