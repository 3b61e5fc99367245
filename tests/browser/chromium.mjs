/* A headless Chromium, driven over its debugging pipe: no driver, no package. */
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-extensions', '--hide-scrollbars', '--remote-debugging-pipe'];

/* Messages are JSON, each ended by a NUL: to fd 3, from fd 4. */
export class Chromium {
    constructor() {
        this.folder = mkdtempSync(join(tmpdir(), 'salesbook-browser-'));
        this.child = spawn(process.env.CHROMIUM || 'chromium', [...flags, '--user-data-dir=' + this.folder, 'about:blank'],
            {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
        this.waiting = new Map();
        this.listeners = new Map();
        this.next = 1;
        this.child.on('error', (error) => this.fail(error));
        this.child.on('exit', () => this.fail(new Error('Chromium has ended')));
        let rest = Buffer.alloc(0);
        this.child.stdio[4].on('data', (chunk) => {
            rest = Buffer.concat([rest, chunk]);
            for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1))
                this.receive(JSON.parse(rest.subarray(0, end).toString()));
        });
    }

    receive(message) {
        const asked = this.waiting.get(message.id);
        if (asked) {
            this.waiting.delete(message.id);
            if (message.error)
                asked.reject(new Error(asked.method + ': ' + message.error.message));
            else
                asked.resolve(message.result);
        } else if (this.listeners.has(message.sessionId)) {
            this.listeners.get(message.sessionId)(message.method, message.params);
        }
    }

    fail(error) {
        for (const asked of this.waiting.values())
            asked.reject(error);
        this.waiting.clear();
    }

    send(method, params, sessionId) {
        const id = this.next++;
        return new Promise((resolve, reject) => {
            this.waiting.set(id, {resolve, reject, method});
            this.child.stdio[3].write(JSON.stringify({id, method, params: params || {}, sessionId}) + '\0');
        });
    }

    async close() {
        this.child.removeAllListeners('exit');
        const ended = new Promise((resolve) => this.child.on('exit', resolve));
        await this.send('Browser.close').catch(() => this.child.kill());
        await ended;
        rmSync(this.folder, {recursive: true, force: true, maxRetries: 3});
    }

    /* A new tab of its own profile. look: {width, height, dark, script: false, downloads: folder} */
    async open(url, look) {
        const {browserContextId} = await this.send('Target.createBrowserContext');
        const {targetId} = await this.send('Target.createTarget', {url: 'about:blank', browserContextId});
        const {sessionId} = await this.send('Target.attachToTarget', {targetId, flatten: true});
        const tab = new Tab(this, sessionId, browserContextId);
        await tab.prepare(look);
        await tab.go(url);
        return tab;
    }
}

class Tab {
    constructor(browser, sessionId, browserContextId) {
        this.browser = browser;
        this.sessionId = sessionId;
        this.browserContextId = browserContextId;
        this.problems = [];
        this.loaded = null;
        browser.listeners.set(sessionId, (method, params) => this.note(method, params));
    }

    send(method, params) {
        return this.browser.send(method, params, this.sessionId);
    }

    /* Whatever the browser complains of, and every request that leaves the folder. */
    note(method, params) {
        if (method === 'Page.loadEventFired' && this.loaded)
            this.loaded();
        else if (method === 'Runtime.exceptionThrown')
            this.problems.push('exception: ' + params.exceptionDetails.exception?.description);
        else if (method === 'Runtime.consoleAPICalled')
            this.problems.push('console: ' + params.args.map((arg) => arg.value).join(' '));
        else if (method === 'Log.entryAdded')
            this.problems.push('log: ' + params.entry.text + ' ' + (params.entry.url || ''));
        else if (method === 'Network.loadingFailed')
            this.problems.push('a request failed: ' + params.errorText);
        else if (method === 'Network.requestWillBeSent' && !/^(file|data|blob):/.test(params.request.url))
            this.problems.push('a request left the folder: ' + params.request.url);
    }

    async look({width = 1280, height = 900, dark = false}) {
        await this.send('Emulation.setDeviceMetricsOverride',
            {width, height, deviceScaleFactor: 1, mobile: width < 600});
        await this.send('Emulation.setEmulatedMedia',
            {features: [{name: 'prefers-color-scheme', value: dark ? 'dark' : 'light'}]});
    }

    async prepare({script = true, downloads, ...look}) {
        for (const domain of ['Page', 'Runtime', 'Log', 'Network'])
            await this.send(domain + '.enable');
        await this.look(look);
        if (!script)
            await this.send('Emulation.setScriptExecutionDisabled', {value: true});
        if (downloads)
            await this.browser.send('Browser.setDownloadBehavior',
                {behavior: 'allow', browserContextId: this.browserContextId, downloadPath: downloads});
    }

    async go(url) {
        const loaded = new Promise((resolve) => {
            this.loaded = resolve;
        });
        const {errorText} = await this.send('Page.navigate', {url});
        if (errorText)
            throw new Error(url + ': ' + errorText);
        await loaded;
    }

    /* The value of an expression in the page; a promise is awaited. */
    async value(expression) {
        const {result, exceptionDetails} = await this.send('Runtime.evaluate',
            {expression, awaitPromise: true, returnByValue: true});
        if (exceptionDetails)
            throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
        return result.value;
    }

    /* Waits until the expression is true, for what loads or animates; at most 3 s. */
    async until(expression) {
        for (let i = 0; i < 60; i++) {
            if (await this.value(expression))
                return;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error('never true: ' + expression);
    }

    /* Until what has changed is drawn, and those who watch sizes and scrolling have been told. */
    frame() {
        return this.value('new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))');
    }

    async type(text) {
        await this.send('Input.insertText', {text});
    }

    async press(key) {
        const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
        await this.send('Input.dispatchKeyEvent', {type: 'keyDown', key, text});
        await this.send('Input.dispatchKeyEvent', {type: 'keyUp', key});
    }

    async point(x, y) {
        await this.send('Input.dispatchMouseEvent', {type: 'mouseMoved', x, y});
    }

    async close() {
        this.browser.listeners.delete(this.sessionId);
        await this.browser.send('Target.disposeBrowserContext', {browserContextId: this.browserContextId});
    }
}
