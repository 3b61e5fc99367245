/* The colours of the theme: texts and marks stand out from both grounds, and the series are told apart
 * by those who do not see red, green or blue. usage: node tests/browser/palette_test.mjs SITE.CSS */
import {readFileSync} from 'node:fs';

const css = readFileSync(process.argv[2], 'utf8');
const pairs = Array.from(css.matchAll(/--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g));
let passed = 0, failed = 0;

function check(holds, what) {
    holds ? passed++ : failed++;
    if (!holds)
        console.log('FAIL ' + what);
}

/* Linear light, 0 … 1, of #rrggbb. */
function light(colour) {
    return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
        .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
}

/* Contrast of two colours, 1 … 21: WCAG 2.2. */
function contrast(a, b) {
    const [low, high] = [a, b].map(light).map(([r, g, blue]) => 0.2126 * r + 0.7152 * g + 0.0722 * blue)
        .sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
}

/* What is seen without one kind of cones: Machado, Oliveira, Fernandes, IEEE TVCG 15, 2009. */
const sights = {
    all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    'no red': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    'no green': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    'no blue': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/* CIE L*a*b* (D65) of linear light. */
function lab([r, g, b]) {
    const [x, y, z] = [
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    ].map((t) => t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(colour, matrix) {
    const v = light(colour);
    return lab(matrix.map((row) => Math.min(1, Math.max(0, row[0] * v[0] + row[1] * v[1] + row[2] * v[2]))));
}

function difference(a, b, matrix) {
    const [p, q] = [seen(a, matrix), seen(b, matrix)];
    return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

for (const [ground, index] of [['light', 2], ['dark', 3]]) {
    const colour = Object.fromEntries(pairs.map((pair) => [pair[1], pair[index]]));
    const series = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
    for (const text of ['ink', 'muted', 'link', 'good', 'bad', 'warn'])
        for (const behind of ['ground', 'raised'])
            check(contrast(colour[text], colour[behind]) >= 4.5, `${ground}: ${text} on ${behind} has a contrast of ` +
                contrast(colour[text], colour[behind]).toFixed(2) + ', not 4.5');
    for (const mark of [...series, 'actual', 'before', 'target', 'forecast', 'heat'])
        check(contrast(colour[mark], colour.ground) >= 3, `${ground}: ${mark} has a contrast of ` +
            contrast(colour[mark], colour.ground).toFixed(2) + ', not 3');
    for (const [sight, matrix] of Object.entries(sights)) {
        for (const a of series)
            for (const b of series.slice(series.indexOf(a) + 1))
                check(difference(colour[a], colour[b], matrix) >= 19, `${ground}, ${sight}: ${a} and ${b} differ by ` +
                    difference(colour[a], colour[b], matrix).toFixed(0) + ', not 19');
        check(difference(colour.good, colour.bad, matrix) >= 30, `${ground}, ${sight}: good and bad are alike`);
    }
}
console.log(passed + ' passed, ' + failed + ' failed');
process.exit(failed > 0 || passed === 0 ? 1 : 0);
