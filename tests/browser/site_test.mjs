/* Pages of a built site as their readers meet them: opened as files, light, dark, on a phone, without a
 * script. usage: node tests/browser/site_test.mjs AXE.JS SITE-FOLDER… */
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Chromium} from './chromium.mjs';

const looks = [
    {name: 'light', width: 1280, axe: true},
    {name: 'dark', width: 1280, dark: true, axe: true},
    {name: 'window', width: 1000},
    {name: 'tablet', width: 800},
    {name: 'phone', width: 360, height: 700, axe: true},
];

/* All pages at the root, and the first of each folder below: one kind a folder. */
function pagesOf(folder, isRoot = true) {
    const names = readdirSync(folder).sort();
    const pages = names.filter((name) => name.endsWith('.html')).map((name) => join(folder, name));
    const below = names.map((name) => join(folder, name)).filter((path) => statSync(path).isDirectory());
    const chosen = isRoot ? pages : pages.slice(0, 1);
    return chosen.concat(below.flatMap((path) => pagesOf(path, false)));
}

/* Wider than the window: then a phone scrolls sideways. Names what sticks out. */
const tooWide = `(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width)
        return [];
    return Array.from(document.querySelectorAll('body *'))
        .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll, .drawing, pre'))
        .map((e) => e.tagName + '.' + e.getAttribute('class')).slice(0, 5).concat('the page');
})()`;

/* Of a chart's drawings one is shown; what is written in it can be read, and all of it is there. */
const chartProblems = `Array.from(document.querySelectorAll('.chart .drawing')).flatMap((frame) => {
    const title = frame.closest('figure').querySelector('figcaption')?.textContent.trim();
    const shown = Array.from(frame.querySelectorAll('svg')).filter((svg) => svg.getClientRects().length);
    if (shown.length !== 1)
        return ['the chart "' + title + '" shows ' + shown.length + ' drawings'];
    const scale = shown[0].getBoundingClientRect().width / shown[0].viewBox.baseVal.width;
    const sizes = Array.from(shown[0].querySelectorAll('text'), (text) => scale * text.getAttribute('font-size'));
    const scrolls = frame.scrollWidth > frame.clientWidth && !frame.closest('.graph');
    return (Math.min(...sizes) < 11 ? ['the chart "' + title + '" has texts of ' + Math.min(...sizes).toFixed(1) + ' px'] : [])
        .concat(scrolls ? ['the chart "' + title + '" scrolls'] : []);
})`;

const axeProblems = `axe.run(document, {resultTypes: ['violations'], preload: false}).then((found) =>
    found.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) =>
        v.id + ': ' + v.help + ': ' + n.html.slice(0, 160) + ' (' + n.failureSummary.split('\\n').at(-1).trim() + ')')))`;

/* One list of problems for each look. */
async function problemsOf(browser, url, axe) {
    const tab = await browser.open(url, looks[0]);
    const found = [];
    for (const look of looks) {
        await tab.look(look);
        await tab.go(url);
        const problems = tab.problems.splice(0);
        for (const what of await tab.value(tooWide))
            problems.push('wider than ' + look.width + ' px: ' + what);
        problems.push(...await tab.value(chartProblems));
        await tab.value('document.querySelectorAll("details").forEach((d) => { d.open = true; })');
        await tab.frame();
        for (const what of await tab.value(tooWide))
            problems.push('wider than ' + look.width + ' px with its details: ' + what);
        if (look.axe) {
            await tab.value(axe);
            problems.push(...await tab.value(axeProblems));
        }
        problems.push(...tab.problems.splice(0));
        found.push(problems);
    }
    await tab.close();
    return found;
}

/* Without a script every row and text is there, and no tool that would do nothing. */
async function problemsWithoutScript(browser, url) {
    const tab = await browser.open(url, {script: false});
    const {root} = await tab.send('DOM.getDocument');
    const problems = [];
    const query = async (selector) =>
        (await tab.send('DOM.querySelectorAll', {nodeId: root.nodeId, selector})).nodeIds;
    for (const nodeId of await query('tr.more, main p, main li')) {
        const box = await tab.send('DOM.getBoxModel', {nodeId}).catch(() => null);
        const inDetails = (await query('details tr, details p, details li')).includes(nodeId);
        if (!box && !inDetails)
            problems.push('not shown without a script: ' + (await tab.send('DOM.getOuterHTML', {nodeId})).outerHTML.slice(0, 120));
    }
    for (const nodeId of await query('[data-search], [data-theme-switch]'))
        if (await tab.send('DOM.getBoxModel', {nodeId}).catch(() => null))
            problems.push('shown without a script, and does nothing: ' + nodeId);
    await tab.close();
    return problems;
}

const [axePath, ...folders] = process.argv.slice(2);
const axe = readFileSync(axePath, 'utf8');
const browser = new Chromium();
let passed = 0, failed = 0;

function report(page, look, problems) {
    if (!problems.length) {
        passed++;
        return;
    }
    failed++;
    console.log('FAIL ' + page + ' (' + look + ')');
    for (const problem of problems)
        console.log('    ' + problem);
}

for (const folder of folders)
    for (const page of pagesOf(folder)) {
        const url = pathToFileURL(resolve(page)).href;
        const found = await problemsOf(browser, url, axe);
        looks.forEach((look, i) => report(page, look.name, found[i]));
        report(page, 'without a script', await problemsWithoutScript(browser, url));
    }
await browser.close();
console.log(passed + ' passed, ' + failed + ' failed');
process.exit(failed > 0 || passed === 0 ? 1 : 0);
