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
  await page.shifts('a list that was longer');
}

// Arrow keys pass the lower ratings; the one that is left is given, and the focus goes on to the next movie, or stays in the list of ratings.
async function rateByKeyboard(page, fault) {
  const radio = page.locator('.recommendation').nth(1).getByRole('radio').first();
  const title = await page.locator('.recommendation h3').nth(1).textContent();
  await radio.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  const own = page.locator('aside li').filter({ has: page.getByText(title, { exact: true }) });
  await own.locator('output').getByText('4', { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement.closest('.recommendation'));
  const other = await page.evaluate(() => document.activeElement.closest('.recommendation').querySelector('h3').textContent);
  if (other === title) fault('the focus', 'is on a movie that has left the list');
  await own.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((words) => document.activeElement.closest('aside li')?.textContent.includes(words) && document.activeElement.value === '3', title);
  await own.getByRole('button', { name: 'Take back' }).press('Enter');
  await own.waitFor({ state: 'detached' });
}

// What was pressed before the pointer does not come after it.
async function rateByBoth(page, settled, fault) {
  const own = page.locator('aside li').first();
  const title = await own.locator('a').last().textContent();
  const kept = page.locator('aside li').filter({ has: page.getByText(title, { exact: true }) });
  const rating = async () => (await (await page.request.get(new URL('/ratings', page.url()).href)).json()).ratings.find((one) => one.title === title)?.rating;
  await kept.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await kept.getByRole('button', { name: 'Take back' }).click();
  await kept.waitFor({ state: 'detached' });
  await page.waitForTimeout(1000);
  same(fault, 'a rating that was taken back', await rating(), undefined);
  await page.locator('.recommendation .rating label').first().click();
  await page.locator('aside .rating').nth(1).waitFor();
  await settled(page);
  const other = page.locator('aside li').first().locator('output');
  await page.locator('aside li').first().getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  const request = page.waitForRequest((one) => one.method() === 'PUT', { timeout: 500 });
  await page.evaluate(() => document.activeElement.blur());
  await request.catch(() => fault('a rating', 'is not sent when the focus leaves it'));
  await settled(page);
  same(fault, 'a rating by keys', await other.textContent(), '2');
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
  await settled(page);
  await rateByKeyboard(page, fault);
  await settled(page);
  await rateByBoth(page, settled, fault);
  const opened = page.locator('.recommendation h3 a').nth(3);
  const title = await opened.textContent();
  await opened.click();
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  await page.goBack();
  await page.locator('.recommendation h3 a').getByText(title, { exact: true }).waitFor(); // it is there to be rated
  await page.shifts('a list that was left and is there again');
  await page.getByRole('button', { name: 'A user' }).click();
  await find(page, /another one, by id/, '1');
  await page.getByRole('heading', { name: /rated$/ }).waitFor();
}

// A token is shown once, is the visitor's, and is nobody's when it is revoked.
async function tokens(page, server, fault) {
  const summary = page.getByText('Tokens for programs');
  await summary.focus();
  await summary.press('Enter');
  await page.getByText('There is none.').waitFor();
  await page.getByLabel('What it is for').fill('a script');
  await page.getByLabel('What it is for').press('Enter');
  const token = await page.getByLabel('The token a script').inputValue();
  const ratings = () => fetch(`${server}/ratings`, { headers: { Authorization: `Bearer ${token}` } });
  same(fault, 'ratings by token', (await (await ratings()).json()).ratings?.length, 2);
  await page.getByRole('button', { name: 'Revoke a script' }).press('Enter');
  await page.getByText('There is none.').waitFor();
  same(fault, 'a token that is revoked', (await ratings()).status, 401);
  same(fault, 'a token that is revoked is shown', await page.getByLabel('The token a script').count(), 0);
}

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGP4zwAE/xlQKAA+1gX7XtdWVQAAAABJRU5ErkJggg==', 'base64');

// A movie is added with a picture, looked at, and deleted: first the picture, then all of it.
async function addedMovie(page, fault) {
  await page.getByLabel('Title', { exact: true }).fill('A film of ann');
  await page.getByLabel('Year', { exact: true }).fill('2020');
  await page.getByLabel('Picture', { exact: true }).setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PICTURE });
  await page.getByRole('button', { name: 'Add the movie' }).press('Enter');
  await page.getByText('PNG, 2 × 3').waitFor();
  await page.locator('.added').getByRole('link', { name: 'A film of ann' }).click();
  await page.getByRole('heading', { level: 1, name: 'A film of ann' }).waitFor();
  await page.getByText('A visitor has added this movie.').waitFor();
  await page.locator('main .rating label').last().click();
  await page.goBack();
  await page.getByRole('heading', { name: 'Your ratings (3)' }).waitFor();
  await page.getByRole('button', { name: 'Delete picture of A film of ann' }).press('Enter');
  await page.getByText('no picture').waitFor();
  await page.getByRole('button', { name: 'Delete movie of A film of ann' }).press('Enter');
  await page.getByRole('heading', { name: 'Your ratings (2)' }).waitFor();
  await page.locator('.added').waitFor({ state: 'detached' });
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
  page.on('dialog', (dialog) => dialog.accept());
  await tokens(page, server, fault);
  await addedMovie(page, fault);
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
