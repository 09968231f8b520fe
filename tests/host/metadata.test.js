/** The connector in the Console: its languages, its form, its logo. */

import { strict as assert } from 'node:assert';
import { cp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { TemplateType } from '@logto/connector-kit';
import { builtInLanguages } from '@logto/phrases';
import { officialConfig, ourFactory } from './support/connectors.js';
import {
  addConnector,
  createInstance,
  installedPackage,
  removeInstance,
} from './support/logto-instance.js';
import { tarball } from './support/tarball.js';

const { metadata } = ourFactory;

test('the name and the description exist in every language of the Console', () => {
  for (const phrases of [metadata.name, metadata.description]) {
    assert.deepEqual(Object.keys(phrases).sort(), [...builtInLanguages].sort());
    for (const [language, phrase] of Object.entries(phrases)) {
      assert.match(phrase, /^\S.*\S$/, language);
      assert.equal(phrase.normalize('NFC'), phrase, language);
    }
  }
  const descriptions = Object.values(metadata.description);
  assert.equal(new Set(descriptions).size, descriptions.length, 'one is not translated');
});

test('an old language kit gets only the languages that it knows', async () => {
  const instance = await createInstance();
  after(() => removeInstance(instance));
  const kit = await putOldKits(instance);
  await addConnector(instance, tarball);
  const ours = join(instance, 'packages/core/connectors/connector-tencent-sms-wasm');
  const { metadata } = await import(pathToFileURL(join(ours, 'lib/metadata.js')).href);

  // With one unknown language, Logto lists no connectors at all.
  const all = Object.fromEntries(builtInLanguages.map((language) => [language, 'x']));
  assert.equal(kit.i18nPhrasesGuard.safeParse(all).success, false, 'this kit is not old enough');

  const { name, description } = kit.connectorMetadataGuard.parse(metadata);
  for (const phrases of [name, description]) {
    const missing = builtInLanguages.filter((language) => !(language in phrases));
    assert.deepEqual(missing, ['ar', 'th']);
  }
});

test('the form can be saved with only the required fields', () => {
  const items = metadata.formItems ?? [];
  // The Console fills a field of JSON with its default, and refuses to save the field without one.
  const json = items.filter(({ type }) => type === 'Json');
  assert.equal(json.length, 3);
  for (const { key, defaultValue } of json) {
    assert.equal(typeof JSON.stringify(defaultValue), 'string', key);
  }
  const { accessKeyId, accessKeySecret, sdkAppId, templates } = officialConfig;
  assert.deepEqual(
    items.filter((item) => item.required).map(({ key }) => key),
    ['sdkAppId', 'templates'],
  );
  const required = { accessKeyId, accessKeySecret, sdkAppId, templates };
  const defaults = Object.fromEntries(items.map(({ key, defaultValue }) => [key, defaultValue]));
  const issues = (/** @type {object} */ filledIn) => {
    const sent = JSON.parse(JSON.stringify({ ...defaults, ...filledIn }));
    return ourFactory.configGuard.safeParse(sent).error?.issues;
  };
  const overseasOnly = [{ usageType: 'Generic', templateCode: { overseas: '2220' } }];
  assert.equal(issues({ ...required, templates: overseasOnly }), undefined);
  assert.equal(issues({ ...required, signName: officialConfig.signName }), undefined);
  assert.deepEqual(
    issues(required)?.map(({ path }) => path.join('.')),
    ['signName'],
  );
});

test('the editor of the templates begins with the one that is required', () => {
  const templates = (metadata.formItems ?? []).find(({ key }) => key === 'templates');
  const entries = /** @type {{ usageType: string, templateCode: string }[]} */ (
    templates?.defaultValue
  );
  const usageTypes = entries.map(({ usageType }) => usageType);
  assert.deepEqual(entries[0], { usageType: 'Generic', templateCode: '<template-code>' });
  assert.deepEqual([...usageTypes].sort(), Object.values(TemplateType).sort());
  // Only the first entry has to be filled in.
  const filledIn = entries.with(0, { usageType: 'Generic', templateCode: '1100001' });
  assert.ok(ourFactory.configGuard.safeParse({ ...officialConfig, templates: filledIn }).success);
});

test("an error names the field's label, next to the key that the Console shows", () => {
  const items = metadata.formItems ?? [];
  const wrong = Object.fromEntries(items.map(({ key }) => [key, key === 'overseas' ? 'x' : [[]]]));
  const issues = issuesOf({ ...wrong, templates: 'x' });
  assert.deepEqual(issues.map(([key]) => key).sort(), items.map(({ key }) => key).sort());
  for (const [key = '', message = ''] of issues) {
    // The label in the form adds a Chinese term in brackets.
    const [label] = items.find((item) => item.key === key)?.label.split(' (') ?? [];
    const isOther = label?.toLowerCase() !== key.toLowerCase();
    assert.ok(message.startsWith(isOther ? `${label} must ` : 'must '), message);
  }

  const templates = [{ usageType: 'Generic', templateCode: '<template-code>' }];
  assert.deepEqual(issuesOf({ ...officialConfig, templates }), [
    [
      'templates.0.templateCode',
      'The template code for Generic is still the placeholder: enter the ID of an approved template',
    ],
  ]);
});

/**
 * Returns the path and the message of each issue of a config.
 *
 * @param {object} config
 */
function issuesOf(config) {
  const { error } = ourFactory.configGuard.safeParse(config);
  return error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];
}

test('the logo is one small picture, without references, for light and dark', () => {
  assert.equal(metadata.logoDark, null);
  const [, base64 = ''] = metadata.logo.split(',');
  const svg = Buffer.from(base64, 'base64').toString();
  assert.match(svg, /^<svg [^>]*viewBox="0 0 48 48"/);
  // An <img> loads nothing else, and the styles of the page do not apply in it.
  assert.doesNotMatch(svg, /href|url\(|currentColor|<script|<text/);
  assert.ok(svg.length < 1024);
});

/**
 * Puts the oldest kit that the manifest accepts into an instance, with a language kit of the same age. The
 * installed language kit is newer than any that Logto combined with that kit.
 *
 * @param {string} instance
 */
async function putOldKits(instance) {
  const modules = join(instance, 'packages/core/node_modules');
  const kit = join(modules, '@logto/connector-kit');
  await rm(kit);
  await cp(installedPackage('connector-kit-4'), kit, { recursive: true });
  await symlink(installedPackage('language-kit-1.1'), join(modules, '@logto/language-kit'));
  await symlink(installedPackage('zod'), join(modules, 'zod'));
  return import(pathToFileURL(join(kit, 'lib/index.js')).href);
}
