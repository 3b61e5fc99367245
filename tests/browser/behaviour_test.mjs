/* What the script of the site does, on the pages of tests/browser/book.
 * usage: node tests/browser/behaviour_test.mjs SITE-FOLDER [NAME-PART] */
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Chromium} from './chromium.mjs';

const [folder, only] = process.argv.slice(2);
const stock = pathToFileURL(resolve(join(folder, 'stock.html'))).href;
const downloads = mkdtempSync(join(tmpdir(), 'salesbook-downloads-'));
const browser = new Chromium();
const tests = {};

/* In the page: the big table, and the texts of a column of the rows that are seen. */
const helpers = `
    var table = document.querySelector('table[data-table]');
    var block = table.closest('.block');
    function seen() {
        return Array.from(table.tBodies[0].rows).filter((row) => row.offsetParent !== null);
    }
    function column(i) {
        return seen().map((row) => row.cells[i].textContent.trim());
    }
    /* Numbers of a column as they are, unknown ones as null. */
    function numbers(i) {
        return seen().map((row) => row.cells[i].dataset.value ?? row.cells[i].textContent.trim())
            .map((text) => text === '' ? null : Number(text.replace(',', '')));
    }
    function head(i) {
        return table.tHead.rows[0].cells[i];
    }
    function button(text) {
        return Array.from(block.querySelectorAll('button')).find((b) => b.textContent.startsWith(text));
    }`;

function equal(expected, got) {
    if (JSON.stringify(expected) !== JSON.stringify(got))
        throw new Error('expected ' + JSON.stringify(expected) + ', got ' + JSON.stringify(got));
}

async function saved(name) {
    for (let i = 0; i < 60; i++) {
        if (readdirSync(downloads).includes(name))
            return readFileSync(join(downloads, name), 'utf8');
        await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error('nothing was saved as ' + name + ': ' + readdirSync(downloads).join(', '));
}

/* ---- tables ---- */

tests['a long table is folded and unfolds'] = async (tab) => {
    equal(10, await tab.value('seen().length'));
    equal('false', await tab.value('button("Show all 30").getAttribute("aria-expanded")'));
    await tab.value('button("Show all 30").click()');
    equal(30, await tab.value('seen().length'));
    await tab.value('button("Show the first 10").click()');
    equal(10, await tab.value('seen().length'));
};

tests['on paper a folded table says how many rows it has, and nothing stands in a grid that tears'] = async (tab) => {
    await tab.send('Emulation.setEmulatedMedia', {media: 'print'});
    equal('"10 of 30 rows"', await tab.value('getComputedStyle(button("Show all 30"), "::after").content'));
    equal('block', await tab.value('getComputedStyle(block.closest(".grid")).display'));
    await tab.value('button("Show all 30").click()');
    equal('none', await tab.value('getComputedStyle(button("Show the first 10")).display'));
    await tab.send('Emulation.setEmulatedMedia', {media: ''});
};

tests['a column of numbers sorts by value, largest first, unknown ones last'] = async (tab) => {
    await tab.value('button("Show all").click(), head(2).querySelector("button").click()');
    equal('descending', await tab.value('head(2).getAttribute("aria-sort")'));
    const falling = await tab.value('numbers(2)');
    equal([97.19, null], [falling[0], falling.at(-1)]);
    equal(falling.slice(0, -1).sort((a, b) => b - a), falling.slice(0, -1));
    await tab.value('head(2).querySelector("button").click()');
    const rising = await tab.value('numbers(2)');
    equal([-84.05, null], [rising[0], rising.at(-1)]);
    equal(rising.slice(0, -1).sort((a, b) => a - b), rising.slice(0, -1));
};

tests['dates sort as days, not as words'] = async (tab) => {
    await tab.value('button("Show all").click(), head(3).querySelector("button").click()');
    const days = await tab.value('seen().map((row) => row.cells[3].dataset.value)');
    equal(days.slice().sort(), days);
};

tests['the fold keeps its size when the order changes'] = async (tab) => {
    await tab.value('head(2).querySelector("button").click()');
    const first = await tab.value('numbers(2)');
    equal(10, first.length);
    await tab.value('button("Show all").click()');
    equal((await tab.value('numbers(2)')).slice(0, 10), first);
};

tests['a filter keeps the rows that hold all its words, without accents, and hides the total'] = async (tab) => {
    await tab.value('block.querySelector("input").focus()');
    await tab.type('zoe LOWER');
    equal(['Zoë'], await tab.value('column(0)'));
    equal(true, await tab.value('table.tFoot.hidden'));
    equal('1 of 30 rows', await tab.value('document.querySelector("[role=status]").textContent'));
    await tab.value('block.querySelector("input").value = "", block.querySelector("input").dispatchEvent(new Event("input"))');
    equal(10, await tab.value('seen().length'));
    equal(false, await tab.value('table.tFoot.hidden'));
};

tests['a table is saved as CSV, exact and harmless, folded rows too'] = async (tab) => {
    const name = await tab.value('block.id') + '.csv';
    await tab.value('button("Save as CSV").click()');
    const lines = (await saved(name)).split('\r\n');
    equal('\ufeffItem,Shelf,Amount EUR,Since', lines[0].replace(/Amount.*EUR/, 'Amount EUR'));
    equal('Zoë,lower,0.00,2026-01-01', lines[1]);
    equal("'=1+1,upper,37.01,2026-02-02", lines[2]);
    equal('"""Quoted"", with comma",lower,74.02,2026-03-03', lines[3]);
    equal('<b>Bold</b>,upper,-84.05,2026-06-06', lines[6]);
    equal('A,lower,,2026-07-07', lines[7]);
    equal(32, lines.length);
};

tests['what a filter hides is not saved'] = async (tab) => {
    await tab.value('block.querySelector("input").focus()');
    await tab.type('王小明');
    await tab.value('button("Save as CSV").click()');
    const lines = (await saved(await tab.value('block.id') + '.csv')).split('\r\n');
    equal(3, lines.length);
    equal(true, lines[1].startsWith('王小明,'));
};

tests['a download needs no script'] = async () => {
    const tab = await browser.open(stock, {script: false, downloads});
    const {root} = await tab.send('DOM.getDocument');
    const {nodeId} = await tab.send('DOM.querySelector', {nodeId: root.nodeId, selector: 'a.save'});
    await tab.send('DOM.scrollIntoViewIfNeeded', {nodeId});
    const {model} = await tab.send('DOM.getBoxModel', {nodeId});
    const at = {x: model.content[0] + 4, y: model.content[1] + 4, button: 'left', clickCount: 1};
    await tab.send('Input.dispatchMouseEvent', {type: 'mousePressed', ...at});
    await tab.send('Input.dispatchMouseEvent', {type: 'mouseReleased', ...at});
    const lines = (await saved('stocktaking.csv')).split('\r\n');
    equal('name,amount,since', lines[0]);
    equal("\"'=1+1\",37.01,2026-02-02", lines[2]);
    await tab.close();
};

/* ---- search ---- */

const names = 'Array.from(document.querySelectorAll("#search_list li"), (li) => li.firstChild.textContent)';

tests['a slash opens the search, arrows choose, enter goes there'] = async (tab) => {
    await tab.press('/');
    equal('search_field', await tab.value('document.activeElement.id'));
    await tab.type('item 1');
    await tab.until(names + '.length > 1');
    equal('true', await tab.value('document.activeElement.getAttribute("aria-expanded")'));
    await tab.press('ArrowDown');
    const chosen = await tab.value(
        'document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).firstChild.textContent');
    equal(await tab.value(names + '[1]'), chosen);
    await tab.press('Enter');
    await tab.until('document.querySelector("h1") && document.querySelector("h1").textContent === ' + JSON.stringify(chosen));
};

tests['what has no page of its own, and a figure, lead to the page where they stand'] = async (tab) => {
    await tab.go(stock.replace('stock.html', 'index.html'));
    await tab.press('/');
    await tab.type('shelf low');
    await tab.until(names + '.length === 1');
    equal(['Shelf 架子 lower'], await tab.value(names));
    equal('shelf, Stock', await tab.value('document.querySelector("#search_list .kind").textContent'));
    await tab.press('Enter');
    await tab.until('document.readyState === "complete" && document.querySelector("h1").textContent === "Stock"');
    await tab.press('/');
    await tab.type('worth');
    await tab.until(names + '.length === 1');
    equal('figure, Stock', await tab.value('document.querySelector("#search_list .kind").textContent'));
};

tests['what has a page of its own is found once'] = async (tab) => {
    await tab.press('/');
    await tab.type('twice');
    await tab.until('window.searchIndex');
    await tab.frame();
    equal([], await tab.value(names));
};

tests['Chinese is found by pairs of characters, in any place'] = async (tab) => {
    await tab.press('/');
    await tab.type('公安');
    await tab.until(names + '.length === 1');
    equal(['北京市公安局'], await tab.value(names));
    await tab.value('document.activeElement.value = ""');
    await tab.type('北京公安局'); /* 北京, 京公: the second pair is nowhere */
    equal([], await tab.value(names));
};

tests['names are found without their accents, and shown as text'] = async (tab) => {
    await tab.press('/');
    await tab.type('zoe');
    await tab.until(names + '.includes("Zoë")');
    await tab.value('document.activeElement.value = ""');
    await tab.type('bold');
    equal(['<b>Bold</b>'], await tab.value(names));
};

tests['escape closes the search'] = async (tab) => {
    await tab.press('/');
    await tab.type('item');
    await tab.until(names + '.length > 1');
    await tab.press('Escape');
    equal(true, await tab.value('document.querySelector("#search_list").hidden'));
};

/* ---- theme, tips ---- */

tests['the chosen theme is remembered on the next page'] = async (tab) => {
    const ground = 'getComputedStyle(document.body).backgroundColor';
    const light = await tab.value(ground);
    equal('Dark', await tab.value('document.querySelector("[data-theme-switch]").textContent'));
    await tab.value('document.querySelector("[data-theme-switch]").click()');
    const dark = await tab.value(ground);
    equal(true, light !== dark);
    await tab.go(stock.replace('stock.html', 'index.html'));
    equal(dark, await tab.value(ground));
    equal('Light', await tab.value('document.querySelector("[data-theme-switch]").textContent'));
};

tests['a point of a chart shows its tip under the pointer and by keyboard'] = async (tab) => {
    await tab.value('document.querySelector(".drawing").scrollIntoView()');
    await tab.frame();
    const at = await tab.value(`(() => {
        const box = document.querySelector('.drawing [data-tip]').getBoundingClientRect();
        return {x: box.x + box.width / 2, y: box.y + box.height / 2};
    })()`);
    await tab.point(at.x, at.y);
    await tab.until('!document.querySelector(".tip").hidden');
    const first = await tab.value('document.querySelector(".tip").textContent');
    equal(true, first.length > 0);
    equal(0, await tab.value('document.querySelectorAll(".pointed > title").length'));
    await tab.press('Escape');
    equal(true, await tab.value('document.querySelector(".tip").hidden'));
    await tab.value('document.querySelector(".drawing").focus()');
    await tab.press('ArrowRight');
    equal(first, await tab.value('document.querySelector(".tip").textContent'));
    await tab.press('ArrowRight');
    const second = await tab.value('document.querySelector(".tip").textContent');
    equal(true, first !== second);
    equal(second, await tab.value('document.querySelector("[role=status]").textContent'));
};

tests['a word is explained by keyboard too'] = async (tab) => {
    await tab.value('document.querySelector(".kpi .label").focus()');
    await tab.until('!document.querySelector(".tip").hidden');
    equal('What all items are worth', await tab.value('document.querySelector(".tip").textContent'));
    equal(true, await tab.value('document.getElementById(document.activeElement.getAttribute("aria-describedby")).className === "tip"'));
};

tests['the menu of a phone opens and closes'] = async (tab) => {
    await tab.look({width: 390, height: 800});
    const shown = 'document.querySelector("#menu").offsetParent !== null || getComputedStyle(document.querySelector("#menu")).display !== "none"';
    equal(false, await tab.value(shown));
    await tab.value('document.querySelector(".open-menu").click()');
    await tab.until(shown);
    await tab.value('document.querySelector("#menu .close").click()');
    await tab.until('!(' + shown + ')');
};

tests['under fingers nothing outside of running text is lower or narrower than 24 px'] = async (tab) => {
    await tab.send('Emulation.setTouchEmulationEnabled', {enabled: true});
    await tab.look({width: 390, height: 800});
    equal([], await tab.value(`Array.from(document.querySelectorAll('a, button, summary, input'))
        .filter((e) => e.getClientRects().length && !e.closest('p, td, tbody th, svg'))
        .filter((e) => Math.min(e.offsetWidth, e.offsetHeight) < 24).map((e) => e.textContent.trim())`));
};

let passed = 0, failed = 0;
for (const name of Object.keys(tests)) {
    if (only && !name.includes(only))
        continue;
    for (const file of readdirSync(downloads))
        rmSync(join(downloads, file));
    const tab = await browser.open(stock, {downloads});
    try {
        await tab.value(helpers);
        await tests[name](tab);
        equal([], tab.problems);
        passed++;
    } catch (error) {
        failed++;
        console.log('FAIL ' + name + ': ' + error.message);
    }
    await tab.close();
}
await browser.close();
rmSync(downloads, {recursive: true});
console.log(passed + ' passed, ' + failed + ' failed');
process.exit(failed > 0 || passed === 0 ? 1 : 0);
